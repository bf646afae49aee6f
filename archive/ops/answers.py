"""What every answer says to browsers and to whatever stands between: who may keep it, who may embed it, what it is for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_cache_control

from archive.charter.context import charter_of_late

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

TRY_AGAIN_SECONDS = "60"  # what the page says too; the limits that are reached by hand are counted by the minute


class PrivateAnswers:
    """Keeps pages out of shared caches, and those of members out of every cache.

    It stands before all that sets cookies. Whether somebody is signed in is told by the cookie alone, so that a guest's
    request touches no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and mark its answer."""
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        charter = charter_of_late.last  # every page asks for it, so it is no older than the last page of this process
        if charter is None or charter.keeps_ai_out:
            response.setdefault("Content-Usage", "train-ai=n")
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.setdefault("Retry-After", TRY_AGAIN_SECONDS)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and "Cache-Control" not in response:
            is_members = settings.SESSION_COOKIE_NAME in request.COOKIES
            response["Cache-Control"] = "private, no-store" if is_members else "private"
        elif response.cookies:
            keep_from_shared_caches(response)
        return response


class HeadersAlone:
    """Answers HEAD without a body. The server would drop one, and write a line to the log each time.

    E-readers ask so before everything that they fetch. It stands before all that measures, packs or makes bodies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on and leave the body of its answer away."""
        response = self.get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            response.content = b""
        return response


def keep_from_shared_caches(response: HttpResponse) -> None:
    """Make an answer private, whatever it said before: a cookie on it is for one person."""
    kept = [part.strip() for part in response.get("Cache-Control", "").split(",")]
    response["Cache-Control"] = ", ".join(part for part in kept if part and not part.startswith(("public", "s-maxage")))
    if "no-store" not in response["Cache-Control"]:
        patch_cache_control(response, private=True)
