"""The one door to a text: it answers with the words, or with the advisory that still has to be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.warnings.advisories import Advisory, advisory_of
from archive.works.texts import ChapterText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.text.cleaning import CleanHTML
    from archive.warnings.readers import Reader
    from archive.works.models import Chapter, Work


@dataclass(frozen=True, slots=True)
class OpenedChapter:
    """A chapter and its words."""

    chapter: Chapter
    html: CleanHTML


@dataclass(frozen=True, slots=True)
class Opened:
    """Some chapters with their words, in order, together with the advisory that stands above them."""

    advisory: Advisory
    chapters: list[OpenedChapter]


def open_chapters(work: Work, chapters: Sequence[Chapter], *, reader: Reader, naming: bool = False) -> Opened | Advisory:
    """Open chapters that the reader got through `visible_to`: their words, or the advisory that comes first.

    The text is not even read from the database before consent.
    """
    advisory = advisory_of(work, chapters, reader=reader, naming=naming)
    if advisory.is_needed and not reader.says_yes:
        return advisory
    texts = dict(ChapterText.objects.filter(pk__in=[chapter.pk for chapter in chapters]).values_list("pk", "html"))
    return Opened(advisory, [OpenedChapter(chapter, texts[chapter.pk]) for chapter in chapters if chapter.pk in texts])
