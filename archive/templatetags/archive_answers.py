"""What pages that refuse a request say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from archive.people import giving_back

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.people.giving_back import Given

register = template.Library()


@register.simple_tag
def given_back(request: HttpRequest | None) -> Given:
    """What the refused request brought, for `components/texts_back.html`."""
    return giving_back.given_back(request)
