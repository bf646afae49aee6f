"""On which day a chapter was posted, which its author may say, and what a work's own two dates follow from.

A work was published when the first of its posted chapters was, and revised when the last was: so a chapter of an earlier day
does not move it in listings, and neither does an edit.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.works import telling
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.chapters import Chapter

NOON = dt.time(12)  # of an earlier day, by the archive's clock
EARLIEST = dt.date(1950, 1, 1)


class NotThatDay(ArchiveError):
    """A day that no work of this archive can have been posted on."""


def refuse(day: dt.date) -> None:
    """Raise `NotThatDay` for a day that is yet to come, or that lies before all fan works that anybody will bring."""
    today = timezone.localdate()
    if day > today:
        raise NotThatDay(
            _(
                "This day is still to come: here it is %(today)s. To post at a later time, keep it as a draft and choose "
                "“Post it later”."
            )
            % {"today": date_format(today, "DATE_FORMAT")}
        )
    if day < EARLIEST:
        raise NotThatDay(_("The earliest day is %(day)s.") % {"day": date_format(EARLIEST, "DATE_FORMAT")})


def moment_of(day: dt.date | None) -> dt.datetime:
    """Answer when something of this day was posted: now, where it is today or no day is given, and else at its noon."""
    now = timezone.now()
    return now if day is None or day >= timezone.localdate(now) else timezone.make_aware(dt.datetime.combine(day, NOON))


def day_of(chapter: Chapter) -> dt.date | None:
    """Answer the day on which a chapter was posted or, of a draft, that which its author gave it."""
    return timezone.localdate(chapter.published_at) if chapter.published_at else chapter.dated_on


@transaction.atomic
def date_chapter(chapter: Chapter, day: dt.date | None, *, by: User) -> None:
    """Give a chapter a day: a posted one was posted on it, a draft will have been. Raises `NotThatDay`.

    A draft without a day is of the day on which it is posted; a posted chapter keeps its own.
    """
    if day is not None:
        refuse(day)
    work = Work.objects.select_for_update(of=("self",)).get(pk=chapter.work_id)
    chapter.refresh_from_db(fields=["published_at", "dated_on"])
    if chapter.is_draft:
        chapter.dated_on = day
        chapter.save(update_fields=["dated_on"])
    elif day is not None and day != day_of(chapter):
        chapter.published_at = moment_of(day)
        chapter.save(update_fields=["published_at"])
        settle(work)
        telling.tell_changed(work, by=by)


def settle(work: Work) -> None:
    """Have a work, whose row is locked, be of the days of its posted chapters; without any it keeps its own."""
    days = work.chapters.posted().aggregate(first=Min("published_at"), last=Max("published_at"))
    if days["first"]:
        work.published_at, work.revised_at = days["first"], days["last"]
        work.save(update_fields=["published_at", "revised_at"])
