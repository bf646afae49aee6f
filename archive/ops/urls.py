"""Addresses of the archive as a whole: founding it, its settings, what it says of itself, whether it is well."""

from django.contrib import admin
from django.urls import path

from archive.ops import views

urlpatterns = [
    path("setup/<slug:token>", views.setup, name="setup"),
    path("settings", views.settings_edit, name="settings_edit"),
    path("about", views.about, name="about"),
    path("policy", views.policy, name="policy"),
    path("health/", views.health, name="health"),
    path("admin/", admin.site.urls),
]
