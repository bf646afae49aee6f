"""What the menu counts for whoever is signed in, in every template that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from archive.works import asking

if TYPE_CHECKING:
    from django.http import HttpRequest


def menu_counts(request: HttpRequest) -> dict[str, object]:
    """Answer the numbers for templates; they are looked up when a template asks, and never for guests."""
    user = getattr(request, "user", None)  # there is none where a page is refused before sessions are read
    if user is None or not user.is_authenticated:
        return {"menu_counts": {}}
    return {"menu_counts": SimpleLazyObject(lambda: asking.counts_for(user))}
