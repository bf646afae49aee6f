"""What machines of others fetch: what they may, where everything is, and how a link is shown elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from archive.charter.context import charter_of_late
from archive.transfer.presenting import robots

if TYPE_CHECKING:
    from django.http import HttpRequest

HOUR = "public, max-age=3600"


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """What crawlers are asked not to fetch."""
    text = robots.robots_text(charter_of_late())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": HOUR})
