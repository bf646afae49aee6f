"""A place, and the ways that lead to more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from archive.tags.models import Tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.places.planting import Archive


@dataclass(frozen=True)
class Place:
    """A page: its name in reports, and the steps that lead to it in a browser."""

    name: str
    come: Callable[[Page, Archive], object]
    status: int = 200


def at(name: str, address: Callable[[Archive], str] | str, *, status: int = 200) -> Place:
    """Answer the place at an address."""
    return Place(name, lambda page, archive: page.goto(address if isinstance(address, str) else address(archive)), status)


def of_author(view: str) -> Callable[[Archive], str]:
    """Answer the address of a page of the author's."""
    return lambda archive: reverse(view, args=[archive.author.username])


def of_tag(view: str, name: str) -> Callable[[Archive], str]:
    """Answer the address of a page of a tag's."""
    return lambda _archive: reverse(view, args=[Tag.objects.get(name=name).path_name])


def open_details(page: Page, selector: str) -> None:
    """Open what is folded."""
    page.evaluate("selector => document.querySelectorAll(selector).forEach(details => { details.open = true })", selector)
