"""Which works a member has read, and which they mark for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import Viewer
    from archive.works.models import WorkQuerySet


def marked_by(user: Viewer) -> WorkQuerySet:
    """Works that a member marks for later, of those that are listed to them, the most recently marked first."""
    marked = Work.objects.listed_to(user).filter(readings__user=user.pk, readings__marked_at__isnull=False)
    return marked.order_by("-readings__marked_at", "-readings__pk")  # as `reading_marked` has them


def read_by(user: Viewer) -> WorkQuerySet:
    """Works in a member's history, of those that are listed to them, the most recently opened first."""
    read = Work.objects.listed_to(user).filter(readings__user=user.pk, readings__last_read_at__isnull=False)
    return read.order_by("-readings__last_read_at", "-readings__pk")  # as `reading_latest` has them
