"""Notes by the clock when works arrive before readers and when they change, and tells those who listen.

The days that readers are shown are their authors' to choose (`dating`). Feeds and catalogues go by the clock: a chapter that is
posted today with a day of last year is news today.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive.works.models import Work
from archive.works.signals import changed, published

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.chapters import Chapter


def tell_posted(work: Work, chapter: Chapter, *, by: User) -> None:
    """Note that a chapter arrives with its work, both locked, and tell it after commit."""
    now = timezone.now()
    work.arrived_at = work.changed_at = chapter.arrived_at = chapter.changed_at = now
    work.save(update_fields=["arrived_at", "changed_at"])
    chapter.save(update_fields=["arrived_at", "changed_at"])
    transaction.on_commit(partial(published.send, Work, work=work, by=by))


def tell_changed(work: Work, *, by: User | None) -> None:
    """Note that a work changed, and tell it after commit."""
    work.changed_at = timezone.now()
    work.save(update_fields=["changed_at"])
    transaction.on_commit(partial(changed.send, Work, work=work, by=by))


def arrive_again(work: Work) -> None:
    """Note that a work comes before readers from whom it was kept, as it were posted now: all that is posted of it is news."""
    now = timezone.now()
    work.arrived_at = now
    work.save(update_fields=["arrived_at"])
    work.chapters.posted().update(arrived_at=now)
