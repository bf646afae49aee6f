"""Opening a work, and stopping in it: what is kept of that for the member who reads, and for nobody else.

Who has switched their history off leaves no trace; what was kept before stays until they clear it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from archive.reading.models import Reading, Subscription

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.http import HttpRequest

    from archive.people.models import User
    from archive.reading.models import ReadingQuerySet
    from archive.works.chapters import Chapter
    from archive.works.models import Work

ALMOST_ALL = 98  # percent of a chapter; who came that far has read it
A_SITTING = "1 hour"  # a pause that is longer makes the next page another visit
# A page that is read need not wait until the disk has what is noted of it. Said in the statement itself, it holds for this one
# transaction and costs no way of its own; where a deed is already under way in one, its words must not be kept more loosely for it.
LIGHTLY = """
(SELECT set_config('synchronous_commit', CASE WHEN %(is_alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true))
"""
# One statement: the reading, and that what is new in a followed work was seen. An earlier chapter that is opened does not take
# the place of a later one: the way to a work leads over its first.
VISIT = f"""
WITH looked AS (
    UPDATE archive_subscription SET seen_at = statement_timestamp() WHERE user_id = %(user)s AND work_id = %(work)s
)
INSERT INTO archive_reading AS kept
       (user_id, work_id, first_read_at, last_read_at, visits, chapter_id, block, into_block, percent)
SELECT %(user)s, %(work)s, statement_timestamp(), statement_timestamp(), 1, %(chapter)s, 0, 0, 0
  FROM {LIGHTLY} AS lightly
    ON CONFLICT (user_id, work_id) DO UPDATE
   SET first_read_at = coalesce(kept.first_read_at, excluded.first_read_at),
       last_read_at = excluded.last_read_at,
       visits = kept.visits + CASE WHEN kept.last_read_at > excluded.last_read_at - interval '{A_SITTING}' THEN 0 ELSE 1 END,
       (chapter_id, block, into_block, percent) = (
           SELECT CASE WHEN is_further THEN excluded.chapter_id ELSE kept.chapter_id END,
                  CASE WHEN is_further THEN 0 ELSE kept.block END,
                  CASE WHEN is_further THEN 0 ELSE kept.into_block END,
                  CASE WHEN is_further THEN 0 ELSE kept.percent END
             FROM (SELECT NOT EXISTS (
                       SELECT 1 FROM archive_chapter WHERE id = kept.chapter_id AND position >= %(position)s
                   ) AS is_further) AS compared
       )
"""  # noqa: S608 # our own words
KEPT = """
SELECT kept.marked_at IS NOT NULL, kept.chapter_id,
       coalesce(kept.block, 0), coalesce(kept.into_block, 0), coalesce(kept.percent, 0),
       coalesce(extract(epoch FROM kept.placed_at), 0)::bigint,
       (SELECT id FROM archive_subscription WHERE user_id = %(user)s AND work_id = %(work)s)
  FROM (SELECT 1) AS one LEFT JOIN archive_reading AS kept ON kept.user_id = %(user)s AND kept.work_id = %(work)s
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where somebody stopped in a work: a chapter, a block of its text, how far into it, and how far that is in the chapter."""

    chapter: int
    block: int = 0
    into_block: float = 0
    percent: int = 0
    at: int = 0  # seconds, by the reader's clock; nothing where they came there without stopping


@dataclass(frozen=True, slots=True)
class Kept:
    """What a member keeps of a work: a mark, a subscription, the place where they stopped."""

    is_marked: bool = False
    stop: Stop | None = None
    subscription: int | None = None


def kept_of(work: Work, *, by: User) -> Kept:
    """Answer what a member keeps of a work, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, {"user": by.pk, "work": work.pk})
        is_marked, chapter, block, into, percent, at, subscription = cursor.fetchone()
    return Kept(is_marked, Stop(chapter, block, into, percent, at) if chapter else None, subscription)


def is_visit(request: HttpRequest) -> bool:
    """Whether somebody asks for a page to read it: not for its headers alone, and not for a page that they may never look at."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")


def visit(work: Work, chapter: Chapter, *, by: User) -> None:
    """Have a member have opened a work at a chapter of it, past its advisory.

    PostgreSQL is told not to wait for the disk: readings of the last second may be lost where it is killed or the power goes.
    """
    if not by.keeps_history:
        Subscription.objects.of(by).filter(work=work).update(seen_at=timezone.now())
        return
    said = {"user": by.pk, "work": work.pk, "chapter": chapter.pk, "position": chapter.position}
    said["is_alone"] = not connection.in_atomic_block
    with suppress(IntegrityError), connection.cursor() as cursor:  # it may be deleted for good at this very moment
        cursor.execute(VISIT, said)


def stop(work: Work, at: Stop, *, when: dt.datetime, by: User) -> bool:
    """Keep where a member stopped in a work that they have opened, unless they have stopped elsewhere since.

    `when` is by the reader's clock, which may be wrong: what has not been yet is now. Answer whether it was kept.
    """
    if not by.keeps_history:
        return False
    when = min(when, timezone.now())
    readings = Reading.objects.of(by).in_history().filter(Q(placed_at=None) | Q(placed_at__lt=when), work=work)
    place = {"chapter": at.chapter, "block": at.block, "into_block": at.into_block, "percent": at.percent}
    return bool(readings.update(**place, placed_at=when))


def offered(kept: Kept, index: Sequence[Chapter], current: Chapter | None) -> Stop | None:
    """Answer where a reader might go on, seen from this chapter or from the whole work; nothing where they are there or beyond."""
    numbers = {chapter.pk: number for number, chapter in enumerate(index)}
    if kept.stop is None or kept.stop.chapter not in numbers:
        return None
    ahead = numbers[kept.stop.chapter] - (numbers[current.pk] if current else 0)
    return kept.stop if ahead > 0 or (ahead == 0 and 0 < kept.stop.percent < ALMOST_ALL) else None


@transaction.atomic
def forget(readings: ReadingQuerySet, *, by: User) -> None:
    """Take these out of a member's history; what is marked for later stays marked, and says no more than that."""
    readings = readings.of(by)
    readings.filter(marked_at=None).delete()
    readings.update(first_read_at=None, last_read_at=None, visits=0, chapter=None, block=0, into_block=0, percent=0, placed_at=None)


def erase(readings: ReadingQuerySet, *, by: User) -> None:
    """Take these out of a member's history and from what they mark, so that nothing says that they ever were."""
    readings.of(by).delete()


def keep_history(*, is_kept: bool, by: User) -> None:
    """Have a member's history be kept, or not, from now on."""
    by.keeps_history = is_kept
    by.save(update_fields=["keeps_history"])
