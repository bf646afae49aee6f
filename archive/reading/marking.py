"""Marking works for later, and as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive.reading.models import Reading

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.models import Work


@transaction.atomic
def mark_for_later(work: Work, *, by: User) -> None:
    """Mark a work for later; one that is marked stays marked since when it was."""
    Reading.objects.bulk_create([Reading(user=by, work=work, marked_at=timezone.now())], ignore_conflicts=True)
    Reading.objects.of(by).filter(work=work, marked_at=None).update(marked_at=timezone.now())


@transaction.atomic
def mark_as_read(work: Work, *, by: User) -> None:
    """Take the mark from a work. Where it was never opened, nothing remains."""
    readings = Reading.objects.of(by).filter(work=work)
    readings.filter(last_read_at=None).delete()
    readings.update(marked_at=None)
