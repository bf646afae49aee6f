"""The one door to a text: it answers with the words, or with the advisory that still has to be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.warnings import passages
from archive.warnings.advisories import Advisory, advisory_of
from archive.works.texts import ChapterText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.warnings.readers import Reader
    from archive.works.models import Chapter, Work


@dataclass(frozen=True, slots=True)
class OpenedChapter:
    """A chapter and its words, with what this reader is told of the passages marked in them."""

    chapter: Chapter
    html: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Some chapters with their words, in order, together with the advisory that stands above them."""

    advisory: Advisory
    chapters: list[OpenedChapter]


def open_chapters(
    work: Work, chapters: Sequence[Chapter], *, reader: Reader, naming: bool = False, naming_url: str = ""
) -> Opened | Advisory:
    """Open chapters that the reader got through `visible_to`: their words, or the advisory that comes first.

    The text is not even read from the database before consent. `naming_url` is where a reader who would rather not know which
    warnings there are is told.
    """
    advisory = advisory_of(work, chapters, reader=reader, naming=naming)
    if advisory.is_needed and not reader.says_yes:
        return advisory
    texts = dict(ChapterText.objects.filter(pk__in=[chapter.pk for chapter in chapters]).values_list("pk", "html"))
    shown = passages.for_reader(texts, work=work, reader=reader, naming=naming, naming_url=naming_url)
    return Opened(advisory, [OpenedChapter(chapter, shown[chapter.pk]) for chapter in chapters if chapter.pk in shown])
