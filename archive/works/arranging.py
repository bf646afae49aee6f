"""The order of chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.works import counting, telling
from archive.works.chapters import Chapter
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.people.models import User


def readers_numbers(chapters: Iterable[Chapter]) -> dict[int, int]:
    """Answer the numbers that readers see, by the ids of these chapters in their order: drafts have none, and take up none."""
    posted = (chapter for chapter in chapters if not chapter.is_draft)
    return {chapter.pk: number for number, chapter in enumerate(posted, start=1)}


class OtherChapters(ArchiveError):
    """The order names chapters that the work does not have, or not all of those that it has."""


@transaction.atomic
def put(chapter: Chapter, number: int, *, by: User) -> None:
    """Put a chapter at this number among all of its work; below the first is the first, past the last the last."""
    Work.objects.select_for_update().get(pk=chapter.work_id)
    order = list(Chapter.objects.filter(work=chapter.work_id).in_order().values_list("pk", flat=True))
    order.remove(chapter.pk)
    order.insert(max(0, number - 1), chapter.pk)
    arrange(chapter.work, order, by=by)


@transaction.atomic
def expect(work: Work, chapters: int | None, *, by: User) -> None:
    """Say how many chapters a work will have; nothing where nobody knows. Fewer than there are count as those that there are."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    if work.expected_chapters == chapters:
        return
    work.expected_chapters = chapters
    counting.recount(work)
    telling.tell_changed(work, by=by)


@transaction.atomic
def arrange(work: Work, order: Sequence[int], *, by: User) -> None:
    """Put all chapters of a work into this order of their ids. Raises `OtherChapters`."""
    Work.objects.select_for_update().get(pk=work.pk)
    chapters = {chapter.pk: chapter for chapter in work.chapters.all()}
    if sorted(order) != sorted(chapters):
        raise OtherChapters(_("The chapters have changed in the meantime. Please look at their order once more."))
    for position, pk in enumerate(order, start=1):
        chapters[pk].position = position
    Chapter.objects.bulk_update(chapters.values(), ["position"])
    telling.tell_changed(work, by=by)


def close_gaps(work: Work) -> None:
    """Number the chapters of a locked work anew, after some have gone."""
    rest = list(work.chapters.in_order())
    for position, chapter in enumerate(rest, start=1):
        chapter.position = position
    Chapter.objects.bulk_update(rest, ["position"])
