"""Addresses of feeds. Any listing has one at its own address; AO3's, of a tag by its number, leads to the same."""

from django.urls import path

from archive.transfer.feeding import own_views, views

urlpatterns = [
    path("feeds", own_views.feeds, name="feeds"),
    path("feeds/renewal", own_views.feeds_renewal, name="feeds_renewal"),
    path("feeds/removal", own_views.feeds_removal, name="feeds_removal"),
    path("feeds/<slug:key>/subscriptions.atom", own_views.subscriptions_feed, name="subscriptions_feed"),
    path("feeds/<slug:key>/marked.atom", own_views.marked_feed, name="marked_feed"),
    path("works/<int:pk>/feed.atom", views.work_feed, name="work_feed"),
    path("tags/<int:pk>/feed.atom", views.tag_feed, name="tag_feed"),
    path("users/<str:username>/bookmarks/feed.atom", views.bookmark_feed, name="bookmark_feed"),
    path("<path:listing>/feed.atom", views.listing_feed, name="listing_feed"),
]
