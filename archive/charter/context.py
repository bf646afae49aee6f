"""The charter in every template, asked for once a page and only where a page shows it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from archive.charter.models import Charter

if TYPE_CHECKING:
    from django.http import HttpRequest

_kept: dict[str, tuple[float, Charter]] = {}


def charter(_request: HttpRequest) -> dict[str, object]:
    """Answer the charter for templates."""
    return {"charter": SimpleLazyObject(charter_of_late)}


def charter_of_late() -> Charter:
    """Answer the charter as it was at most `CHARTER_KEPT` seconds ago. Deeds never ask this; they ask the database."""
    now = time.monotonic()
    asked_at, found = _kept.get("charter", (float("-inf"), None))
    if found is None or now - asked_at >= settings.CHARTER_KEPT:
        found = Charter.objects.current()
        _kept["charter"] = (now, found)
    return found
