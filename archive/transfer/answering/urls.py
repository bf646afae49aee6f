"""The addresses of the API."""

from typing import Any

from django.urls import URLPattern, include, path

from archive.transfer.answering.api import answering, api, document, nowhere


def answered() -> list[Any]:
    """Answer the addresses of the API's parts, each answering as all do."""
    patterns, _app, _namespace = api.urls
    return [
        URLPattern(one.pattern, answering(one.callback), one.default_args, one.name)
        for one in patterns
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


parts = [
    *answered(),
    path("openapi.json", answering(document), name="openapi"),
    path("<path:rest>", answering(nowhere), name="nowhere"),
    path("", answering(nowhere), name="root"),
]

urlpatterns = [path("api/v1/", include((parts, "answering")))]
