"""Which works a member has read, and which they mark for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from archive.reading.models import Reading
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import Viewer
    from archive.works.models import WorkQuerySet


def marked_by(user: Viewer) -> WorkQuerySet:
    """Works that a member marks for later, of those that are listed to them, the most recently marked first."""
    marked = Reading.objects.of(user).marked()
    since = Subquery(marked.filter(work=OuterRef("pk")).values("marked_at"))
    return Work.objects.listed_to(user).filter(pk__in=marked.values("work")).order_by(since.desc(), "-pk")


def read_by(user: Viewer) -> WorkQuerySet:
    """Works in a member's history, of those that are listed to them, the most recently opened first."""
    read = Reading.objects.of(user).in_history()
    when = Subquery(read.filter(work=OuterRef("pk")).values("last_read_at"))
    return Work.objects.listed_to(user).filter(pk__in=read.values("work")).order_by(when.desc(), "-pk")
