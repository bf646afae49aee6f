"""The charter in every template, asked for once a page and only where a page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from archive.charter.models import Charter
from archive.remembering import Lately

if TYPE_CHECKING:
    from django.http import HttpRequest

charter_of_late = Lately(Charter.objects.current)


def charter(_request: HttpRequest) -> dict[str, object]:
    """Answer the charter for templates."""
    return {"charter": SimpleLazyObject(charter_of_late)}
