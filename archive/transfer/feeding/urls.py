"""Addresses of feeds. Any listing has one at its own address; AO3's, of a tag by its number, leads to the same."""

from django.urls import path

from archive.transfer.feeding import views

urlpatterns = [
    path("works/<int:pk>/feed.atom", views.work_feed, name="work_feed"),
    path("tags/<int:pk>/feed.atom", views.tag_feed, name="tag_feed"),
    path("users/<str:username>/bookmarks/feed.atom", views.bookmark_feed, name="bookmark_feed"),
    path("<path:listing>/feed.atom", views.listing_feed, name="listing_feed"),
]
