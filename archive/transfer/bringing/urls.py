"""Addresses of bringing files along."""

from django.urls import path

from archive.transfer.bringing import views

urlpatterns = [
    path("works/import", views.files_import, name="files_import"),
    path("works/import/<int:pk>", views.batch_show, name="batch_show"),
    path("works/import/<int:pk>/publication", views.batch_posting, name="batch_posting"),
    path("works/import/<int:pk>/delete", views.batch_delete, name="batch_delete"),
    path("works/import/files/<int:pk>/decision", views.file_decision, name="file_decision"),
]
