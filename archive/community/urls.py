"""Addresses of making and changing bookmarks; AO3's, where the thing is the same."""

from django.urls import path

from archive.community import views

urlpatterns = [
    path("works/<int:pk>/bookmarks/new", views.work_bookmark_new, name="work_bookmark_new"),
    path("series/<int:pk>/bookmarks/new", views.series_bookmark_new, name="series_bookmark_new"),
    path("bookmarks/<int:pk>/edit", views.bookmark_edit, name="bookmark_edit"),
    path("bookmarks/<int:pk>/confirm_delete", views.bookmark_delete, name="bookmark_delete"),
]
