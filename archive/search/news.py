"""What is new for a member: the works and chapters to which their subscriptions lead, without what they leave out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.addresses import address
from archive.people.models import Pseud
from archive.reading.models import Subscription
from archive.reading.subscriptions import LATEST_OF_A_TAG, new_by_subscription, new_works_of
from archive.search.blurbs import blurbs_of
from archive.search.selecting import known_tags
from archive.warnings import leaving_out
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from archive.people.models import User
    from archive.search.blurbs import Blurb
    from archive.tags.models import Tag
    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet

    type Told = Mapping[int, list[int]]  # as `new_by_subscription` answers
    type Subject = Work | Series | User | Tag  # what can be followed

CHAPTERS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """A subscription as its member sees it. What can no longer be found has no name."""

    subscription: Subscription
    subject: Subject | None
    new: int

    @property
    def has_more(self) -> bool:
        """Whether it was not counted to the end."""
        return self.new >= LATEST_OF_A_TAG


@dataclass(frozen=True, slots=True)
class NewChapter:
    """A chapter that is new."""

    work: int
    pk: int
    title: str
    number: int

    def get_absolute_url(self) -> str:
        """Answer its address."""
        return address("chapter_show", self.work, self.pk)


@dataclass(frozen=True, slots=True)
class Item:
    """A work with news: the chapters that are new, or none where all of it is."""

    blurb: Blurb
    chapters: Sequence[NewChapter]
    further: int  # new chapters that are not named


def new_works(reader: Reader, told: Told) -> WorkQuerySet:
    """Answer the works with news for a member, the latest first; what they leave out is no news, folded or not."""
    works = new_works_of(reader.user, told)
    return leaving_out.leave_out_for(works, member=reader.user) if reader.user.is_authenticated else works.none()


def subjects_of(rows: Iterable[Subscription], *, reader: Reader) -> list[tuple[Subscription, Subject | None]]:
    """Answer these subscriptions of a member with what they are to, each got through its own door; nothing of what is not there."""
    rows = list(rows)
    works = Work.objects.listed_to(reader.user).in_bulk([row.work_id for row in rows if row.work_id])
    series = Series.objects.visible_to(reader.user).in_bulk([row.series_id for row in rows if row.series_id])
    tags = known_tags(reader.user).in_bulk([row.tag_id for row in rows if row.tag_id])
    authors = [row.author_id for row in rows if row.author_id]
    pseuds = Pseud.objects.visible_to(reader.user).with_account().filter(is_default=True, user__in=authors) if authors else []
    people = {pseud.user_id: pseud.user for pseud in pseuds}
    return [
        (row, works.get(row.work_id) or series.get(row.series_id) or people.get(row.author_id) or tags.get(row.tag_id))  # type: ignore[arg-type] # of nothing there is nothing
        for row in rows
    ]


def followed_of(rows: Sequence[Subscription], *, reader: Reader) -> list[Followed]:
    """Answer these subscriptions of a member with what they are to, and the count of what is new."""
    told = new_by_subscription(reader.user)
    new = set(new_works(reader, told).order_by().values_list("pk", flat=True)) if told else set()
    return [
        Followed(row, subject, sum(pk in new for pk in told.get(row.pk, []))) for row, subject in subjects_of(rows, reader=reader)
    ]


def items_of(works: Iterable[Work], told: Told, *, reader: Reader) -> list[Item]:
    """Answer a page of works with news, each with its chapters that are new."""
    ids = [work.pk for work in works]
    shown = Work.objects.listed_to(reader.user).filter(pk__in=ids).for_pages().in_bulk()
    since = seen_since(ids, told, reader=reader)
    posted = Chapter.objects.posted().filter(work__in=since).in_order()
    numbers: Counter[int] = Counter()
    new: dict[int, list[NewChapter]] = {}
    for work, pk, title, published_at in posted.values_list("work", "pk", "title", "published_at"):
        numbers[work] += 1
        if published_at and published_at > since[work]:
            new.setdefault(work, []).append(NewChapter(work, pk, title, numbers[work]))
    blurbs = blurbs_of([shown[pk] for pk in ids if pk in shown], reader=reader)
    return [_item(blurb, new.get(blurb.work.pk, []), since.get(blurb.work.pk)) for blurb in blurbs]


def seen_since(ids: Sequence[int], told: Told, *, reader: Reader) -> dict[int, dt.datetime]:
    """Answer for each of these works since when what is posted in it is new to a member."""
    wanted = set(ids)
    seen = dict(Subscription.objects.of(reader.user).values_list("pk", "seen_at"))
    since: dict[int, dt.datetime] = {}
    for subscription, works in told.items():
        for work in wanted.intersection(works):
            since[work] = min(seen[subscription], since.get(work, seen[subscription]))
    return since


def _item(blurb: Blurb, chapters: list[NewChapter], since: dt.datetime | None) -> Item:
    """Answer a work with the latest of its new chapters; without any where the work itself is new."""
    published_at = blurb.work.published_at
    if since is None or (published_at and published_at > since):
        return Item(blurb, [], 0)
    return Item(blurb, chapters[-CHAPTERS_NAMED:], max(0, len(chapters) - CHAPTERS_NAMED))
