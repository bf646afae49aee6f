"""Addresses of the pages that list works."""

from django.urls import path

from archive.search import views

urlpatterns = [
    path("", views.home, name="home"),
    path("works", views.works_index, name="works_index"),
    path("media", views.media_index, name="media_index"),
    path("media/<str:name>/fandoms", views.media_fandoms, name="media_fandoms"),
    path("fandoms/<str:name>", views.fandom_show, name="fandom_show"),
    path("tags/<str:name>", views.tag_show, name="tag_show"),
    path("tags/<str:name>/works", views.tag_works, name="tag_works"),
    path("languages", views.languages_index, name="languages_index"),
    path("languages/<str:code>/works", views.language_works, name="language_works"),
    path("autocomplete/<slug:method>", views.autocomplete, name="autocomplete"),
    path("series/<int:pk>", views.series_show, name="series_show"),
    path("users/<str:username>", views.user_show, name="user_show"),
    path("users/<str:username>/works", views.user_works, name="user_works"),
    path("users/<str:username>/pseuds/<str:name>", views.pseud_works, name="pseud_show"),
    path("users/<str:username>/pseuds/<str:name>/works", views.pseud_works, name="pseud_works"),
]
