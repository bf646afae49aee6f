"""Deleting works, which can be undone for thirty days, and chapters, which cannot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.works import arranging, counting, cowriting, dating, publishing, tagging, telling
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.chapters import Chapter

KEPT = dt.timedelta(days=30)


class LastChapter(ArchiveError):
    """The only posted chapter of a posted work."""


@transaction.atomic
def delete(work: Work, *, by: User) -> None:
    """Take a work away from everybody. Its makers can have it back until `KEPT` is over. Raises `cowriting.NoLongerYours`."""
    work = publishing.lock(work)
    cowriting.refuse_strangers(work, by=by)
    work.deleted_at = timezone.now()
    work.save(update_fields=["deleted_at"])
    telling.tell_changed(work, by=by)


@transaction.atomic
def restore(work: Work, *, by: User) -> None:
    """Put a deleted work back where it was: its address, its dates, its place in series. Raises `cowriting.NoLongerYours`."""
    work = publishing.lock(work)
    cowriting.refuse_strangers(work, by=by)
    work.deleted_at = None
    work.save(update_fields=["deleted_at"])
    if not work.is_draft:
        telling.arrive_again(work)
    telling.tell_changed(work, by=by)


@transaction.atomic
def delete_chapter(chapter: Chapter, *, by: User) -> None:
    """Delete a chapter for good and close the gap. Raises `LastChapter` for the only posted one of a posted work."""
    work = publishing.lock(chapter.work)
    if work.chapters.count() == 1 or (not work.is_draft and not chapter.is_draft and work.chapters.posted().count() == 1):
        raise LastChapter(_("This is the only chapter. Delete the whole work instead, if that is what you want."))
    chapter.delete()
    arranging.close_gaps(work)
    tagging.gather_warnings(work)
    counting.recount(work)
    dating.settle(work)
    telling.tell_changed(work, by=by)


def purge_expired() -> int:
    """Delete for good what was deleted more than thirty days ago; answer how many works that were."""
    expired = Work.objects.filter(deleted_at__lt=timezone.now() - KEPT)
    count = expired.count()
    expired.delete()
    Series.objects.filter(entries=None).delete()
    return count
