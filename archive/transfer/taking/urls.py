"""Addresses of files, as AO3 has them; the name in them is for people, and anything may stand there."""

from django.urls import path, re_path

from archive.transfer.taking import views

urlpatterns = [
    path("downloads/series/<int:pk>/<str:file_name>.<slug:extension>.zip", views.series_download, name="series_download"),
    path("downloads/marked/<str:file_name>.<slug:extension>.zip", views.marked_download, name="marked_download"),
    path("downloads/bookmarks/<str:file_name>.<slug:extension>.zip", views.bookmarked_download, name="bookmarked_download"),
    path("downloads/<int:pk>/<str:file_name>.<slug:extension>", views.work_download, name="work_download"),
    # The most copied library puts the host and a slash before an address that begins with one.
    re_path(
        r"^(?:/)downloads/(?P<pk>[0-9]{1,18})/(?P<file_name>[^/]+)\.(?P<extension>[a-z0-9]+)$",
        views.DownloadElsewhere.as_view(),
    ),
]
