"""Addresses of the archive as a whole: founding it, its settings, what it says of itself, whether it is well."""

from django.contrib import admin
from django.urls import path

from archive.ops import kind_views, views

urlpatterns = [
    path("setup/<slug:token>", views.setup, name="setup"),
    path("settings", views.settings_edit, name="settings_edit"),
    path("settings/machines", views.machines_edit, name="machines_edit"),
    path("settings/kinds", kind_views.kinds_index, name="kinds_index"),
    # Not kinds/new: that is the page of a kind with the code "new".
    path("settings/new-kind", kind_views.kind_new, name="kind_new"),
    path("settings/kinds/<slug:code>", kind_views.kind_edit, name="kind_edit"),
    path("settings/kinds/<slug:code>/values", kind_views.values_index, name="values_index"),
    path("settings/kinds/<slug:code>/values/<int:pk>", kind_views.value_edit, name="value_edit"),
    path("settings/kinds/<slug:code>/values/<int:pk>/retirement", kind_views.value_retire, name="value_retire"),
    path("settings/kinds/<slug:code>/values/<int:pk>/return", kind_views.value_bring_back, name="value_bring_back"),
    path("about", views.about, name="about"),
    path("policy", views.policy, name="policy"),
    path("health/", views.health, name="health"),
    path("admin/", admin.site.urls),
]
