"""Listings of works: the same on every page that has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404

from archive.warnings import leaving_out
from archive.warnings.headers import Header, header_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from archive.tags.models import Tag
    from archive.warnings.readers import Reader
    from archive.works.models import Work, WorkQuerySet

WORKS_ON_A_PAGE = 20
LAST_PAGE = 5_000  # as far as anybody pages; beyond it a database would count rows for minutes


@dataclass(frozen=True, slots=True)
class Blurb:
    """A work in a listing, as one reader sees it."""

    work: Work
    header: Header
    reasons: list[Tag]

    @property
    def is_folded(self) -> bool:
        """Whether the reader leaves it out and wants to be told so."""
        return bool(self.reasons)


def blurbs_of(works: Iterable[Work], *, reader: Reader) -> list[Blurb]:
    """Answer the blurbs of works got by `for_blurbs`."""
    return [Blurb(work, header_of(work, reader=reader), leaving_out.reasons(work, reader=reader)) for work in works]


def page_of(works: WorkQuerySet, *, request: HttpRequest, reader: Reader) -> Page[Blurb]:
    """Answer the page of a listing that the request asks for; one that does not exist is a 404."""
    wanted = leaving_out.leave_out(works, reader=reader)
    page = page_asked_for(Paginator(wanted.for_blurbs(), WORKS_ON_A_PAGE), request)
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
    return f"?{query.urlencode()}&" if query else "?"
