"""Addresses of what readers say about warnings."""

from django.urls import path

from archive.warnings import views

urlpatterns = [
    path("works/<int:pk>/consent", views.work_consent, name="work_consent"),
    path("preferences/warnings", views.warning_preferences, name="warning_preferences"),
]
