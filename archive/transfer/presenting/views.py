"""What machines of others fetch: what they may, where everything is, and how a link is shown elsewhere."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from archive.charter.context import charter_of_late
from archive.transfer.presenting import embedding, robots

if TYPE_CHECKING:
    from django.http import HttpRequest

HOUR = "public, max-age=3600"


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """What crawlers are asked not to fetch."""
    text = robots.robots_text(charter_of_late())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": HOUR})


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """A link to a page of the archive, as other sites show it: as a guest who has said nothing would be told of it."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("json\n", status=HTTPStatus.NOT_IMPLEMENTED, content_type="text/plain")
    if "url" not in request.GET:
        return HttpResponse("url?\n", status=HTTPStatus.BAD_REQUEST, content_type="text/plain")
    found = embedding.embed(request.GET["url"], archive=charter_of_late().name)
    if found is None:
        return HttpResponse("nothing\n", status=HTTPStatus.NOT_FOUND, content_type="text/plain")
    # Asked again each time: what was locked a minute ago must not be told from a cache.
    return JsonResponse(found, headers={"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"})
