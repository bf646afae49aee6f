"""The API as a whole: its parts, what goes wrong in it, what every answer says, and the document that describes it."""

from __future__ import annotations

from functools import cache, update_wrapper
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
from archive.transfer import freshness
from archive.transfer.answering import describing, entering, own, places, problems, scripts, works
from archive.transfer.linking import whole
from archive.warnings import opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase

    from archive.transfer.answering.limits import Rate


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


@api.exception_handler(opening.ChangedMeanwhile)
def _changed(_request: HttpRequest, change: opening.ChangedMeanwhile) -> HttpResponse:
    return problems.answer(HTTPStatus.SERVICE_UNAVAILABLE, str(change), headers={"Retry-After": "1"})


@api.exception_handler(ValidationError)
def _unreadable(_request: HttpRequest, mistake: ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for one in mistake.errors:
        errors.setdefault(str(one["loc"][-1]), []).append(str(one["msg"]))
    return problems.answer(HTTPStatus.UNPROCESSABLE_ENTITY, _("Not all of this can be read."), errors=errors)


def document(_request: HttpRequest) -> HttpResponse:
    """The document of the API, in OpenAPI 3.1."""
    return HttpResponse(described(whole("")), content_type="application/json")


@cache
def described(server: str) -> bytes:
    """Answer the document as it is sent. It is made once: that takes a third of a second, and it is the same for all."""
    return orjson.dumps(describing.document_of(api, server=server))


def nowhere(_request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001 # whatever it was
    """What has no address here."""
    return _not_there(_request, Http404())


def answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have a view of the API answer as all of them do: scripts of any site may read it, and nothing is asked for twice."""

    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return scripts.allowed(HttpResponse(status=HTTPStatus.NO_CONTENT, content_type=Renderer.media_type))
        if request.method not in {"GET", "HEAD"}:
            return problems.answer(HTTPStatus.METHOD_NOT_ALLOWED, _("This only reads."), headers={"Allow": scripts.METHODS})
        method, request.method = request.method, "GET"  # what a HEAD is answered has the headers of a GET
        response = view(request, *args, **kwargs)
        request.method = method
        return scripts.allowed(told(request, response))

    update_wrapper(answered, view)
    answered.__module__ = __name__  # ours: no session counts here, and a tool's is not kept out for having one
    answered.csrf_exempt = True  # type: ignore[attr-defined] # no cookie counts here, so no other site can use one
    return answered


def told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Answer 304 to whoever has an answer already, and say with either who may keep it and what is left to ask."""
    answer = unless_known(request, response)
    rate: Rate | None = getattr(request, "rate", None)
    if rate:
        rate.tell(answer)
    answer["Cache-Control"] = freshness.FOR_ONE if answer.status_code < HTTPStatus.BAD_REQUEST else "no-store"
    patch_vary_headers(answer, ["Authorization"])
    answer.cookies.clear()
    return answer


def unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Answer an answer with its `ETag`, or a 304 in its place."""
    if not isinstance(response, HttpResponse) or response.status_code != HTTPStatus.OK:
        return response
    etag = response["ETag"] = quote_etag(blake2b(response.content, digest_size=16).hexdigest())
    return get_conditional_response(request, etag=etag, response=response) or response
