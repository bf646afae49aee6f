"""Addresses that machines of others know."""

from django.urls import path

from archive.transfer.presenting import views

urlpatterns = [
    path("works/<int:pk>/share", views.work_share, name="work_share"),
    path("oembed", views.oembed, name="oembed"),
    path("robots.txt", views.robots_txt, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
]
