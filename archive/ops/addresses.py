"""Addresses that can be asked for at all. PostgreSQL has no character NUL, so nothing can have it in its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

NUL = "\0"


class ReadableAddresses:
    """Answers 404 to a NUL in a path and 400 to one in a query or a cookie, before anything looks it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what can be read."""
        if NUL in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", "") or any(NUL in value for value in request.COOKIES.values()):
            raise BadRequest
        return self.get_response(request)
