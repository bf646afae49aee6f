"""Posting by itself at a time that the author chose.

Whoever posts, plans or cancels first locks the work's row, and a posting goes from the plan in the transaction that does it: so
it happens once, however many workers look, and whatever is killed meanwhile.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.works import publishing
from archive.works.models import Creatorship
from archive.works.scheduled import ScheduledPosting

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.chapters import Chapter

logger = logging.getLogger(__name__)

LONGEST_AHEAD = dt.timedelta(days=5 * 366)


class NotThatTime(ArchiveError):
    """A time at which nothing can be posted: past, too far off, or one that the clocks of its zone leave out or show twice."""


class IsPosted(ArchiveError):
    """A chapter that is no draft any more."""


class NobodyToPost(ArchiveError):
    """At the time, nobody was there in whose name to post, or nothing to be posted."""


def moment_of(day: dt.date, time: dt.time, zone: str) -> dt.datetime:
    """Answer when clocks in a zone show this time. Raises `NotThatTime` where they never do, or do so twice."""
    wall = dt.datetime.combine(day, time)
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    said = {"time": time_format(time, "H:i"), "day": date_format(day, "DATE_FORMAT"), "zone": zone}
    if first.utcoffset() < second.utcoffset():  # type: ignore[operator] # of an aware time it is never None
        raise NotThatTime(
            _("On %(day)s clocks in %(zone)s are put forward, and there is no %(time)s. Please choose an earlier or later time.")
            % said
        )
    if first.utcoffset() > second.utcoffset():  # type: ignore[operator] # likewise
        raise NotThatTime(
            _("On %(day)s clocks in %(zone)s are put back, and %(time)s comes twice. Please choose an earlier or later time.")
            % said
        )
    return first.astimezone(dt.UTC)


@transaction.atomic
def schedule(chapter: Chapter, *, at: dt.datetime, zone: str, by: User) -> ScheduledPosting:
    """Have a draft chapter posted at a time; one that was planned is planned anew. What could not be posted now is refused.

    Raises `NotThatTime`, `IsPosted` and what `publishing.publish_chapter` raises.
    """
    publishing.lock(chapter.work)
    chapter.refresh_from_db(fields=["published_at"])
    if not chapter.is_draft:
        raise IsPosted(_("This is posted already."))
    ahead = at - timezone.now()
    if ahead <= dt.timedelta():
        raise NotThatTime(_("This time has passed."))
    if ahead > LONGEST_AHEAD:
        raise NotThatTime(_("This is too far ahead. Please choose a time within the next five years."))
    rehearse(chapter, by=by)
    planned = {"due_at": at, "zone": zone, "set_by": by, "refused_at": None, "refusal": ""}
    return ScheduledPosting.objects.update_or_create(chapter=chapter, defaults=planned)[0]


def rehearse(chapter: Chapter, *, by: User) -> None:
    """Raise what posting a chapter now would raise, and leave everything as it is."""
    published_at = chapter.published_at
    with transaction.atomic():
        publishing.publish_chapter(chapter, by=by)
        transaction.set_rollback(True)
    chapter.published_at = published_at


@transaction.atomic
def cancel(chapter: Chapter, *, by: User) -> None:  # noqa: ARG001 - every deed says who does it
    """Have a chapter stay a draft until somebody posts it."""
    publishing.lock(chapter.work)
    ScheduledPosting.objects.filter(chapter=chapter).delete()


def is_any_due() -> bool:
    """Whether there is something to be posted."""
    return ScheduledPosting.objects.due().exists()


def post_due() -> int:
    """Post all that is due, each in a transaction of its own, and answer how many that were.

    What an author has made unready meanwhile stays a draft and says why. A fault of ours at one does not keep the others back.
    """
    posted, fault = 0, None
    for chapter in ScheduledPosting.objects.due().values_list("pk", "chapter__work"):
        try:
            posted += _post(*chapter)
        except Exception as mistake:
            logger.exception("Chapter %s could not be posted at its time.", chapter[0])
            fault = mistake
    if fault:
        raise fault
    return posted


@transaction.atomic
def _post(pk: int, work: int) -> bool:
    """Post one planned chapter, and say whether it was; another worker, or its author, may have been there first."""
    publishing.lock_by(work)
    planned = ScheduledPosting.objects.due().select_related("chapter__work", "set_by").filter(pk=pk).first()
    if planned is None:
        return False
    try:
        with transaction.atomic():
            publishing.publish_chapter(planned.chapter, by=_poster(planned), at=planned.due_at)
    except ArchiveError as refusal:
        planned.refused_at, planned.refusal = timezone.now(), str(refusal)
        planned.save(update_fields=["refused_at", "refusal"])
        return False
    return True


def _poster(planned: ScheduledPosting) -> User:
    """Answer in whose name it is posted: theirs who planned it, if they still may. Raises `NobodyToPost`."""
    if planned.chapter.work.deleted_at:
        raise NobodyToPost(_("At that time the work was deleted."))
    by = planned.set_by
    is_theirs = by and by.is_active and Creatorship.objects.filter(work=planned.chapter.work_id, pseud__user=by).exists()
    if by is None or not is_theirs:
        raise NobodyToPost(_("Whoever had planned it was no longer one of the work's authors at that time."))
    return by
