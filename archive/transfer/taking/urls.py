"""Addresses of files, as AO3 has them; the name in them is for people, and anything may stand there."""

from django.urls import path

from archive.transfer.taking import views

urlpatterns = [
    path("downloads/series/<int:pk>/<str:file_name>.<slug:extension>.zip", views.series_download, name="series_download"),
    path("downloads/<int:pk>/<str:file_name>.<slug:extension>", views.work_download, name="work_download"),
]
