"""Addresses of the pages that list works, and of those that search."""

from django.urls import path

from archive.search import bookmark_views, filter_views, gift_views, search_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("works", views.works_index, name="works_index"),
    path("works/search", search_views.works_search, name="works_search"),
    path("search", search_views.search, name="search"),
    path("works/<int:pk>/alike", views.work_alike, name="work_alike"),
    path("media", views.media_index, name="media_index"),
    path("media/<str:name>/fandoms", views.media_fandoms, name="media_fandoms"),
    path("fandoms/<str:name>", views.fandom_show, name="fandom_show"),
    path("tags/search", search_views.tags_search, name="tags_search"),
    path("tags/<str:name>", views.tag_show, name="tag_show"),
    path("tags/<str:name>/works", views.tag_works, name="tag_works"),
    path("people/search", search_views.people_search, name="people_search"),
    path("languages", views.languages_index, name="languages_index"),
    path("languages/<str:code>/works", views.language_works, name="language_works"),
    path("autocomplete/<slug:method>", views.autocomplete, name="autocomplete"),
    path("filters", filter_views.saved_filters, name="saved_filters"),
    path("filters/new", filter_views.saved_filter_new, name="saved_filter_new"),
    path("filters/<int:pk>/name", filter_views.saved_filter_name, name="saved_filter_name"),
    path("filters/<int:pk>/default", filter_views.saved_filter_default, name="saved_filter_default"),
    path("filters/<int:pk>/deletion", filter_views.saved_filter_deletion, name="saved_filter_deletion"),
    path("series/<int:pk>", views.series_show, name="series_show"),
    path("users/<str:username>", views.user_show, name="user_show"),
    path("users/<str:username>/gifts", gift_views.user_gifts, name="user_gifts"),
    path("bookmarks", bookmark_views.bookmarks_index, name="bookmarks_index"),
    path("bookmarks/<int:pk>", bookmark_views.bookmark_show, name="bookmark_show"),
    path("works/<int:pk>/bookmarks", bookmark_views.work_bookmarks, name="work_bookmarks"),
    path("series/<int:pk>/bookmarks", bookmark_views.series_bookmarks, name="series_bookmarks"),
    path("users/<str:username>/bookmarks", bookmark_views.user_bookmarks, name="user_bookmarks"),
    path("users/<str:username>/pseuds/<str:name>/bookmarks", bookmark_views.pseud_bookmarks, name="pseud_bookmarks"),
    path("gifts", gift_views.gifts, name="gifts"),
    path("users/<str:username>/works", views.user_works, name="user_works"),
    path("users/<str:username>/pseuds/<str:name>", views.pseud_works, name="pseud_show"),
    path("users/<str:username>/pseuds/<str:name>/works", views.pseud_works, name="pseud_works"),
]
