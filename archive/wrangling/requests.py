"""What requests for wranglers' pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from archive import paging
from archive.tags.models import Kind, Status, Tag
from archive.tags.naming import from_path
from archive.wrangling import bins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page, Paginator
    from django.http import HttpRequest

    from archive.people.requests import SignedInRequest

LAST_PAGE = 1_000  # as far as anybody pages


def find_tag(request: SignedInRequest, name: str) -> Tag:
    """Answer the tag whose name stands in an address, if it is one to wrangle."""
    tags = bins.tags_for(request.user).select_related("kind", "synonym_of")
    return get_object_or_404(tags.named(from_path(name)))


def number_asked_for(request: HttpRequest) -> int:
    """Answer the number of the page that the request names, the first where it names none; one that cannot be is a 404."""
    return paging.page_number(request.GET.get("page", "1"), last=LAST_PAGE)


def page_asked_for[Item](paginator: Paginator[Item], request: HttpRequest) -> Page[Item]:
    """Answer the page of this paginator that the request names; one that does not exist is a 404."""
    return paging.page_of(paginator, number_asked_for(request))


def kind_asked_for(request: HttpRequest, name: str, kinds: Sequence[Kind]) -> Kind:
    """Answer the kind that the request names by its code or, as AO3 does, by a plural of it; the first where it names none."""
    asked = request.GET.get(name, "")
    for kind in kinds:
        if asked in {"", kind.code, plural(kind)}:
            return kind
    raise Http404


def status_asked_for(request: HttpRequest) -> Status:
    """Answer the status that the request names, and where it names none what waits."""
    try:
        return Status(request.GET.get("status", Status.UNWRANGLED))
    except ValueError as nothing:
        raise Http404 from nothing


def plural(kind: Kind) -> str:
    """Answer what a kind is called in addresses of bins."""
    return f"{kind.code}s"


def bin_address(fandom: Tag | None, kind: Kind, status: Status = Status.UNWRANGLED) -> str:
    """Answer the address of a bin."""
    if fandom is None:
        return f"{reverse('bins_index')}?{urlencode({'kind': kind.code, 'status': status.value})}"
    asked = urlencode({"show": plural(kind), "status": status.value})
    return f"{reverse('tag_wrangle', args=[fandom.path_name])}?{asked}"


def query_without_page(request: HttpRequest) -> str:
    """Answer the beginning of the address of another page of the same list."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}&" if query else "?"
