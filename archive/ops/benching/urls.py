"""The archive's addresses and the bare page's. Only `bench` uses them; no web server ever does."""

from django.urls import include, path

from archive.ops.benching import bare
from archive.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/bare/<int:pk>", bare.bare, name="bare"),
    path("", include("archive.urls")),
]
