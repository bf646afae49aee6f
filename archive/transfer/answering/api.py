"""The API as a whole: its parts, what goes wrong in it, what every answer says, and the document that describes it."""

from __future__ import annotations

from functools import update_wrapper
from hashlib import blake2b
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer

from archive.people import passing
from archive.transfer.answering import describing, entering, own, places, problems, works

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from archive.transfer.answering.limits import Rate

SECONDS_OF_PREFLIGHT = 86_400
SAID_TO_SCRIPTS = "ETag, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate"
METHODS = "GET, HEAD, OPTIONS"


class Renderer(BaseRenderer):
    """Writes JSON."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 # ninja's signature
        """Write it."""
        return orjson.dumps(data)


api = NinjaAPI(
    title=describing.TITLE,
    version="1",
    description=describing.DESCRIPTION,
    urls_namespace="answering",
    openapi_url=None,
    docs_url=None,
    auth=entering.reading,
    renderer=Renderer(),
)
api.add_router("", works.router)
api.add_router("", places.router)
api.add_router("", own.router)


@api.exception_handler(problems.Problem)
def _problem(_request: HttpRequest, problem: problems.Problem) -> HttpResponse:
    return problems.answer(problem.status, problem.detail, **problem.beside)


@api.exception_handler(passing.Refused)
def _refused(_request: HttpRequest, refusal: passing.Refused) -> HttpResponse:
    asked = {"WWW-Authenticate": passing.BEARER} if refusal.status is HTTPStatus.UNAUTHORIZED else {}
    return problems.answer(refusal.status, str(refusal), headers={**refusal.headers, **asked})


@api.exception_handler(Http404)
def _not_there(_request: HttpRequest, _nothing: Http404) -> HttpResponse:
    problem = problems.not_there()
    return problems.answer(problem.status, problem.detail)


@api.exception_handler(ValidationError)
def _unreadable(_request: HttpRequest, mistake: ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for one in mistake.errors:
        errors.setdefault(str(one["loc"][-1]), []).append(str(one["msg"]))
    return problems.answer(HTTPStatus.UNPROCESSABLE_ENTITY, _("Not all of this can be read."), errors=errors)


def document(_request: HttpRequest) -> HttpResponse:
    """The document of the API, in OpenAPI 3.1."""
    return HttpResponse(orjson.dumps(describing.document_of(api)), content_type="application/json")


def nowhere(_request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001 # whatever it was
    """What has no address here."""
    return _not_there(_request, Http404())


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have a view of the API answer as all of them do: scripts of any site may read it, and nothing is asked for twice."""

    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return allowed(HttpResponse(status=HTTPStatus.NO_CONTENT))
        if request.method not in {"GET", "HEAD"}:
            said = _("This only reads.")
            return allowed(problems.answer(HTTPStatus.METHOD_NOT_ALLOWED, said, headers={"Allow": METHODS}))
        method, request.method = request.method, "GET"  # what a HEAD is answered has the headers of a GET
        response = view(request, *args, **kwargs)
        request.method = method
        return told(request, allowed(response))

    update_wrapper(answered, view)
    answered.__module__ = __name__  # ours: no session counts here, and a tool's is not kept out for having one
    answered.csrf_exempt = True  # type: ignore[attr-defined] # no cookie counts here, so no other site can use one
    return answered


def allowed(response: HttpResponseBase) -> HttpResponseBase:
    """Let scripts of any site read an answer: no cookie counts, so it is what they would be answered anywhere."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Authorization, If-None-Match"
    response["Access-Control-Expose-Headers"] = SAID_TO_SCRIPTS
    response["Access-Control-Max-Age"] = str(SECONDS_OF_PREFLIGHT)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Say who may keep an answer, what is left to ask, and answer 304 to whoever has it already."""
    rate: Rate | None = getattr(request, "rate", None)
    if rate:
        rate.tell(response)
    response["Cache-Control"] = "private, no-cache" if response.status_code < HTTPStatus.BAD_REQUEST else "no-store"
    patch_vary_headers(response, ["Authorization"])
    response.cookies.clear()
    if not isinstance(response, HttpResponse) or response.status_code != HTTPStatus.OK:
        return response
    etag = quote_etag(blake2b(response.content, digest_size=16).hexdigest())
    response["ETag"] = etag
    unchanged = get_conditional_response(request, etag=etag, response=response)
    if unchanged is None or unchanged is response:
        return response
    return unchanged
