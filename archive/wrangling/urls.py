"""Addresses of the pages for wranglers, as AO3 has them."""

from django.urls import path

from archive.wrangling import bin_views, tag_views, views

urlpatterns = [
    path("wrangling", views.wrangling_home, name="wrangling_home"),
    path("wrangling/tags", bin_views.bins_index, name="bins_index"),
    path("wrangling/log", views.wrangling_log, name="wrangling_log"),
    path("wrangling/log/<int:pk>/undoing", views.act_undo, name="act_undo"),
    path("tags/<str:name>/wrangle", bin_views.tag_wrangle, name="tag_wrangle"),
    path("tags/<str:name>/taking", views.fandom_take, name="fandom_take"),
    path("tags/<str:name>/leaving", views.fandom_leave, name="fandom_leave"),
    path("tags/<str:name>/edit", tag_views.tag_edit, name="tag_edit"),
    path("tags/<str:name>/merging", tag_views.tag_merge, name="tag_merge"),
]
