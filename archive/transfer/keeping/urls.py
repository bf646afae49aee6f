"""Addresses of what readers keep on their own devices."""

from django.urls import path

from archive.transfer.keeping import views

urlpatterns = [
    path("works/<int:pk>/offline", views.work_offline, name="work_offline"),
    path("works/<int:pk>/offline/text", views.work_offline_text, name="work_offline_text"),
    path("works/<int:pk>/offline/about", views.work_offline_about, name="work_offline_about"),
    path("offline", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
