"""Addresses of the pages for wranglers, as AO3 has them."""

from django.urls import path

from archive.wrangling import bin_views, tag_views, views, wrangler_views

urlpatterns = [
    path("wrangling", views.wrangling_home, name="wrangling_home"),
    path("wrangling/tags", bin_views.bins_index, name="bins_index"),
    path("wrangling/log", views.wrangling_log, name="wrangling_log"),
    path("wrangling/log/<int:pk>/undoing", views.act_undo, name="act_undo"),
    path("wrangling/wranglers", wrangler_views.wranglers_index, name="wranglers_index"),
    # Not wranglers/new: that is the page of a wrangler called "new".
    path("wrangling/new-wrangler", wrangler_views.wrangler_new, name="wrangler_new"),
    path("wrangling/wranglers/<str:username>", wrangler_views.wrangler_edit, name="wrangler_edit"),
    path("wrangling/wranglers/<str:username>/dismissal", wrangler_views.wrangler_dismiss, name="wrangler_dismiss"),
    path("tags/<str:name>/wrangle", bin_views.tag_wrangle, name="tag_wrangle"),
    path("tags/<str:name>/taking", views.fandom_take, name="fandom_take"),
    path("tags/<str:name>/leaving", views.fandom_leave, name="fandom_leave"),
    path("tags/<str:name>/edit", tag_views.tag_edit, name="tag_edit"),
    path("tags/<str:name>/merging", tag_views.tag_merge, name="tag_merge"),
]
