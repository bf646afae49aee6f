"""What machines of others fetch: what they may, where everything is, and how a link is shown elsewhere."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from archive import engines
from archive.charter.context import charter_of_late
from archive.reading.requests import find_work
from archive.transfer import freshness, linking
from archive.transfer.presenting import embedding, robots, sharing, sitemaps
from archive.warnings.headers import NAMING, header_of
from archive.warnings.readers import reader_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """What crawlers are asked not to fetch."""
    text = robots.robots_text(charter_of_late(), sitemap=linking.whole(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": freshness.FOR_AN_HOUR})


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


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """The names of all files of the site map; none where the archive must not be found."""
    if not charter_of_late().may_be_found:
        raise Http404
    return answer_xml(sitemaps.index_text())


@require_safe
@conditional_page
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """A file of the site map: the same for everybody, as guests would find it."""
    found = sitemaps.entries(section, number) if charter_of_late().may_be_found else []
    if not found:
        raise Http404
    return answer_xml(sitemaps.part_text(found))


def answer_xml(text: str) -> HttpResponse:
    """Answer a file of the site map, which is itself nothing to be found."""
    headers = {"Cache-Control": freshness.FOR_AN_HOUR, "X-Robots-Tag": engines.LEAVE_OUT}
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers=headers)


@require_safe
def work_share(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with which people tell others of a work, to be copied; with its warnings, as far as this reader wants to know."""
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    if not sharing.can_be_shared(work):
        raise Http404
    header = header_of(work, reader=reader_of(request), naming=NAMING in request.GET)
    context = {"work": work, "header": header, "html": sharing.as_html(header), "text": sharing.as_text(header)}
    context["naming_url"] = f"{request.path}?{NAMING}=true"
    return engines.answer(request, "transfer/work_share.html", context, avoids=True)
