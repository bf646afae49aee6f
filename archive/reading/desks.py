"""What stands round a text for whoever reads it: the mark, the subscription, and where they stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.reading import visiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from archive.reading.pages import Navigation
    from archive.reading.visiting import Kept, Stop
    from archive.works.chapters import Chapter
    from archive.works.models import Work


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody keeps of the work before them, and where they might go on. A guest's place is kept by their browser."""

    work: Work
    is_chaptered: bool
    is_members: bool
    keeps_places: bool = True
    kept: Kept | None = None  # nothing of a guest's
    stop: Stop | None = None
    chapter: Chapter | None = None  # the one of `stop`
    number: int | None = None

    @property
    def address(self) -> str:
        """Where the text goes on, as near as one comes without a script."""
        page = self.chapter.get_absolute_url() if self.chapter and self.is_chaptered else self.work.get_absolute_url()
        return f"{page}#stopped-here"


def sit_down(request: HttpRequest, work: Work, navigation: Navigation, wanted: Sequence[Chapter]) -> Desk | None:
    """Answer the desk of whoever has these chapters open before them, and keep that they have. Authors and drafts have none."""
    user, is_chaptered = request.user, len(navigation.index) > 1
    if work.is_draft or work.is_made_by(user):
        return None
    if not user.is_authenticated:
        return Desk(work, is_chaptered, is_members=False)
    if not user.sees_own_lists:
        return None
    kept = visiting.kept_of(work, by=user)
    if wanted and visiting.is_visit(request) and not user.reads_only:  # a download tool's way is nobody's reading
        visiting.visit(work, wanted[0], by=user)
    stop = visiting.offered(kept, navigation.index, navigation.current) if user.keeps_history else None
    chapter = next((one for one in navigation.index if stop and one.pk == stop.chapter), None)
    number = navigation.numbers[chapter.pk] if chapter else None
    return Desk(work, is_chaptered, True, user.keeps_history, kept, stop, chapter, number)
