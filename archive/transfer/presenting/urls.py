"""Addresses that machines of others know."""

from django.urls import path

from archive.transfer.presenting import views

urlpatterns = [
    path("oembed", views.oembed, name="oembed"),
    path("robots.txt", views.robots_txt, name="robots"),
]
