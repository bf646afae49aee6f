"""The pages of a list that a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import InvalidPage
from django.http import Http404

if TYPE_CHECKING:
    from django.core.paginator import Page, Paginator


def page_number(asked: str, *, last: int) -> int:
    """Answer the number that was written for a page, from 1 to `last`; anything else is a 404."""
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > len(str(last)) or not 1 <= int(asked) <= last:
        raise Http404
    return int(asked)


def page_of[Item](paginator: Paginator[Item], number: int) -> Page[Item]:
    """Answer a page of this paginator; one that does not exist is a 404."""
    try:
        return paginator.page(number)
    except InvalidPage as nowhere:
        raise Http404 from nowhere
