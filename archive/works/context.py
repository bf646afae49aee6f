"""How many requests wait for whoever is signed in, in every template that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from archive.works import asking

if TYPE_CHECKING:
    from django.http import HttpRequest


def requests_waiting(request: HttpRequest) -> dict[str, object]:
    """Answer the number for templates; it is looked up when a template asks, and never for guests."""
    user = getattr(request, "user", None)  # there is none where a page is refused before sessions are read
    if user is None or not user.is_authenticated:
        return {"requests_waiting": 0}
    return {"requests_waiting": SimpleLazyObject(lambda: asking.count_for(user))}
