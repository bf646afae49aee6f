"""Listings of works: the same on every page that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404
from django.utils.encoding import escape_uri_path

from archive.search.blurbs import Blurb, blurbs_of
from archive.warnings import leaving_out

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet

WORKS_ON_A_PAGE = 20
LAST_PAGE = 5_000  # as far as anybody pages; beyond it a database would count rows for minutes


def page_of(works: WorkQuerySet, *, request: HttpRequest, reader: Reader) -> Page[Blurb]:
    """Answer the page of a listing that the request asks for; one that does not exist is a 404."""
    wanted = leaving_out.leave_out(works, reader=reader)
    page = page_asked_for(Paginator(wanted.for_pages(), WORKS_ON_A_PAGE), request)
    return Page(blurbs_of(page.object_list, reader=reader), page.number, page.paginator)  # type: ignore[arg-type] # its paginator only counts


def page_asked_for[Item](paginator: Paginator[Item], request: HttpRequest) -> Page[Item]:
    """Answer the page of this paginator that the request's `page` names, the first where it names none."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > len(str(LAST_PAGE)) or int(asked) > LAST_PAGE:
        raise Http404
    try:
        return paginator.page(int(asked))
    except InvalidPage as nowhere:
        raise Http404 from nowhere


def query_without_page(request: HttpRequest) -> str:
    """Answer the beginning of the address of another page of the same listing."""
    query = request.GET.copy()
    query.pop("page", None)
    path = escape_uri_path(request.path)
    return f"{path}?{query.urlencode()}&" if query else f"{path}?"
