"""What an author has not posted yet: works, and chapters of posted works, with what is planned for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.scheduled import ScheduledPosting

if TYPE_CHECKING:
    from archive.people.models import User


@dataclass(frozen=True, slots=True)
class DraftWork:
    """A work that was never posted, and when some of its chapters shall be."""

    work: Work
    planned: list[ScheduledPosting]


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that lies in an author's drawer."""

    works: list[DraftWork]
    chapters: list[Chapter]


def drafts_of(author: User) -> Drafts:
    """Answer an author's drafts: the latest works first, and chapters work by work."""
    works = list(Work.objects.editable_by(author).drafts())
    planned: dict[int, list[ScheduledPosting]] = {}
    for one in ScheduledPosting.objects.of(works).select_related("chapter"):
        planned.setdefault(one.chapter.work_id, []).append(one)
    chapters = Chapter.objects.editable_by(author).filter(published_at=None, work__published_at__isnull=False)
    return Drafts(
        works=[DraftWork(work, planned.get(work.pk, [])) for work in works],
        chapters=list(chapters.select_related("work", "scheduled").order_by("-work__revised_at", "work", "position")),
    )
