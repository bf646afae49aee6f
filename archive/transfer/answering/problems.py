"""What went wrong, as programs read it: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _

from archive.transfer.answering import scripts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

CONTENT_TYPE = "application/problem+json"
PREFIX = "/api/"


class Problem(Exception):  # of the archive's refusals the same
    """An answer that is a problem."""

    def __init__(self, status: HTTPStatus, detail: str, **beside: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.beside = status, detail, beside


def answer(status: HTTPStatus, detail: str, *, headers: Mapping[str, str] | None = None, **beside: Any) -> HttpResponse:
    """Answer a problem: what kind of thing it is, a sentence, and whatever else helps. Scripts of any site may read it."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, **beside}
    response = HttpResponse(orjson.dumps(said, default=str), status=status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    response.setdefault("Cache-Control", "no-store")
    return scripts.allowed(response)


def wants(request: HttpRequest) -> bool:
    """Whether a request came to the API, so that what goes wrong on its way there is told as a problem too."""
    return request.path_info.startswith(PREFIX)


def not_there() -> Problem:
    """Answer the problem that is the same for all that is not there for whoever asks, whatever the reason."""
    return Problem(HTTPStatus.NOT_FOUND, _("There is nothing here, or nothing that you may read."))
