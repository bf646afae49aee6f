"""Addresses of the reading pages."""

from django.urls import path

from archive.reading import setting_views, views

urlpatterns = [
    path("works/<int:pk>", views.work_show, name="work_show"),
    path("works/<int:work_pk>/chapters/<int:pk>", views.chapter_show, name="chapter_show"),
    path("works/<int:pk>/navigate", views.work_navigate, name="work_navigate"),
    path("chapters/<int:pk>", views.chapter_short, name="chapter_short"),
    path("theme", setting_views.theme, name="theme"),
    path("preferences/reading", setting_views.reading_preferences, name="reading_preferences"),
]
