"""Addresses of what is a member's own in the catalogue. They come before those of its listings."""

from django.urls import path

from archive.transfer.catalogue import own_views

urlpatterns = [path("opds/bookmarks", own_views.bookmarks, name="opds_bookmarks")]
