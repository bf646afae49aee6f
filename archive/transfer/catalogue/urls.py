"""Addresses of the catalogue. Clients differ over the slash at the end of its first, and none of them is sent elsewhere."""

from django.urls import path

from archive.transfer.catalogue import views

urlpatterns = [
    path("opds", views.beginning, name="opds"),
    path("opds/", views.beginning),
    path("opds/fandoms", views.fandoms, name="opds_fandoms"),
    path("opds/media", views.media, name="opds_media"),
    path("opds/media/<str:name>", views.medium, name="opds_medium"),
    path("opds/series", views.series, name="opds_series"),
    path("opds/languages", views.languages, name="opds_languages"),
    path("opds/search", views.search, name="opds_search"),
    path("opds/search.xml", views.describe, name="opds_description"),
    path("opds/authentication", views.authentication, name="opds_authentication"),
    path("opds/marked", views.marked, name="opds_marked"),
    path("opds/followed", views.followed, name="opds_followed"),
    path("opds/bookmarks", views.bookmarked, name="opds_bookmarks"),
    path("opds/cover.png", views.cover_of_nothing, name="opds_cover"),
    path("opds/<path:listing>", views.listing, name="opds_listing"),
    path("works/<int:pk>/cover.png", views.cover, name="work_cover"),
]
