"""Addresses of the reading pages."""

from django.urls import path

from archive.reading import follow_views, keeping_views, setting_views, views

urlpatterns = [
    path("works/<int:pk>", views.work_show, name="work_show"),
    path("works/<int:work_pk>/chapters/<int:pk>", views.chapter_show, name="chapter_show"),
    path("works/<int:pk>/navigate", views.work_navigate, name="work_navigate"),
    path("works/<int:pk>/mark_for_later", keeping_views.mark_for_later, name="mark_for_later"),
    path("works/<int:pk>/mark_as_read", keeping_views.mark_as_read, name="mark_as_read"),
    path("works/<int:pk>/stop", keeping_views.work_stop, name="work_stop"),
    path("preferences/history", keeping_views.history_preferences, name="history_preferences"),
    path("users/<slug:username>/subscriptions/<int:pk>", follow_views.subscription, name="subscription"),
    path("chapters/<int:pk>", views.chapter_short, name="chapter_short"),
    path("theme", setting_views.theme, name="theme"),
    path("skins/<int:pk>/choice", setting_views.skin_choice, name="skin_choice"),
    path("preferences/reading", setting_views.reading_preferences, name="reading_preferences"),
]
