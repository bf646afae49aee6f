"""How long a request may be. Django has one limit for all views; posting views need a larger one than the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

CONTENT_TOO_LARGE = 413


def takes_long_texts[View: Callable[..., HttpResponse]](view: View) -> View:
    """Mark a view that may be sent a chapter of full length in any script, and all notes with it."""
    view.takes_long_texts = True  # type: ignore[attr-defined] # a mark on a function
    return view


class RequestLimits:
    """Refuses requests that are too long for their view before anything reads them.

    `DATA_UPLOAD_MAX_MEMORY_SIZE` is as large as the posting views need; every other view keeps to Django's own limit,
    `ORDINARY_REQUEST`. It stands before the form protection, which is the first to read a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Answer 413 where the request is longer than its view takes."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        takes_long = getattr(view, "takes_long_texts", False)
        longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if takes_long else settings.ORDINARY_REQUEST
        if length.isdecimal() and int(length) > longest:
            return HttpResponse(render_to_string("413.html", request=request), status=CONTENT_TOO_LARGE)
        return None
