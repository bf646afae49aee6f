"""Every address, slice by slice. The addresses are AO3's wherever we have the thing at all (facts: paths)."""

from django.urls import include, path

handler400 = "archive.ops.views.bad_request"
handler403 = "archive.ops.views.forbidden"
handler404 = "archive.ops.views.not_found"
handler500 = "archive.ops.views.server_error"

urlpatterns = [
    path("", include("archive.ops.urls")),
    path("", include("archive.transfer.bringing.urls")),
    path("", include("archive.works.urls")),
    path("", include("archive.works.people_urls")),
    path("", include("archive.warnings.urls")),
    path("", include("archive.reading.urls")),
    path("", include("archive.community.urls")),
    path("", include("archive.people.urls")),
    path("", include("archive.wrangling.urls")),
    path("", include("archive.search.urls")),
    path("", include("archive.transfer.taking.urls")),
    path("", include("archive.transfer.answering.urls")),
    path("", include("archive.transfer.presenting.urls")),
    path("", include("archive.transfer.keeping.urls")),
    path("", include("archive.transfer.feeding.urls")),
    path("", include("archive.transfer.catalogue.urls")),
]
