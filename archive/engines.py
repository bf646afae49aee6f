"""What search engines are told of a page: that they are to leave it out, in its head and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http import HTTPStatus

    from django.http import HttpRequest, HttpResponse

LEAVE_OUT = "noindex"


def answer(
    request: HttpRequest, template: str, context: Mapping[str, object], *, avoids: bool, status: HTTPStatus | None = None
) -> HttpResponse:
    """Draw a page of somebody's who wants search engines to leave it out (`avoids`), or who does not mind."""
    response = render(request, template, {**context, "avoids_search_engines": avoids}, status=status)
    if avoids:
        response.headers["X-Robots-Tag"] = LEAVE_OUT
    return response
