"""The one door to a text: it answers with the words, or with the advisory that still has to be met."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from itertools import batched
from typing import TYPE_CHECKING, Concatenate

from django.db import connection
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.warnings import passages
from archive.warnings.advisories import Advisory, advisory_of
from archive.works.texts import ChapterText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.warnings.readers import Reader
    from archive.works.chapters import Chapter
    from archive.works.models import Work

# Written out: every page of a text asks it, and putting it together would take longer than its answer.
WORDS = """SELECT chapter_id, html, (SELECT changed_at FROM archive_work WHERE id = %s) AS told_of
FROM archive_chaptertext WHERE chapter_id = ANY(%s)"""
VERSIONS = "SELECT chapter_id, version, cleaner_version, changed_at FROM archive_chaptertext WHERE chapter_id = ANY(%s)"
AT_A_TIME = 20  # texts that are in memory at once while a file is written; one may be two megabytes long


class ChangedMeanwhile(ArchiveError):
    """A work was saved between the advisory and the words: who wants them has to pass the door again."""

    def __init__(self) -> None:
        super().__init__(_("This work was changed at this very moment. Please try again."))


def through_the_door_again[Answer: HttpResponseBase, **Arguments](
    answer: Callable[Concatenate[HttpRequest, Arguments], Answer],
) -> Callable[Concatenate[HttpRequest, Arguments], Answer | HttpResponseRedirect]:
    """Have whoever meets a `ChangedMeanwhile` ask once more, and so meet the warnings as they are now."""

    @wraps(answer)
    def answered(request: HttpRequest, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer | HttpResponseRedirect:
        try:
            return answer(request, *arguments, **named)
        except ChangedMeanwhile:
            return HttpResponseRedirect(request.get_full_path())

    return answered


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


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Which version of its text a chapter has, and since when."""

    number: int
    cleaner_version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """Some chapters whose advisory a reader has met: which versions of their words there are. The words are not read yet."""

    advisory: Advisory
    versions: dict[int, TextVersion]
    reader: Reader
    naming: bool

    @property
    def chapters(self) -> list[Chapter]:
        """The chapters that have words, in order."""
        return [chapter for chapter in self.advisory.chapters if chapter.pk in self.versions]

    @property
    def says_which(self) -> bool:
        """Whether this reader is told which warnings there are."""
        return not self.reader.hides_which_of(self.advisory.work, naming=self.naming)

    def read(self) -> Iterator[OpenedChapter]:
        """Give the chapters with their words as they stand in files, a few from the database at a time.

        Raises `ChangedMeanwhile` where a text is no longer the version whose advisory was met, or the work itself has changed
        since it was got: the versions were asked for after it, so words could come with the notes and warnings of older ones.
        """
        for some in batched(self.chapters, AT_A_TIME, strict=False):
            rows = ChapterText.objects.filter(pk__in=[chapter.pk for chapter in some])
            found = {
                pk: (version, changed_at, html)
                for pk, version, changed_at, html in rows.values_list("pk", "version", "chapter__work__changed_at", "html")
            }
            told_of = self.advisory.work.changed_at
            if any(found.get(chapter.pk, ())[:2] != (self.versions[chapter.pk].number, told_of) for chapter in some):
                raise ChangedMeanwhile
            texts = {pk: html for pk, (_version, _changed_at, html) in found.items()}
            shown = passages.for_files(texts, work=self.advisory.work, reader=self.reader, naming=self.naming)
            for chapter in some:
                yield OpenedChapter(chapter, shown[chapter.pk])


def open_chapters(
    work: Work, chapters: Sequence[Chapter], *, reader: Reader, naming: bool = False, naming_url: str = ""
) -> Opened | Advisory:
    """Open chapters that the reader got through `visible_to`: their words, or the advisory that comes first.

    The text is not even read from the database before consent. `naming_url` is where a reader who would rather not know which
    warnings there are is told. Raises `ChangedMeanwhile` where the work has changed since it was got: new words could come with
    older warnings.
    """
    advisory = advisory_of(work, chapters, reader=reader, naming=naming)
    if advisory.is_needed and not reader.says_yes:
        return advisory
    found = list(ChapterText.objects.raw(WORDS, [work.pk, [chapter.pk for chapter in chapters]]))
    if any(vars(text)["told_of"] != work.changed_at for text in found):
        raise ChangedMeanwhile
    texts = {text.pk: text.html for text in found}
    shown = passages.for_reader(texts, work=work, reader=reader, naming=naming, naming_url=naming_url)
    return Opened(advisory, [OpenedChapter(chapter, shown[chapter.pk]) for chapter in chapters if chapter.pk in shown])


def pass_advisory(work: Work, chapters: Sequence[Chapter], *, reader: Reader, naming: bool = False) -> Passed | Advisory:
    """As `open_chapters`, for files: what comes first, or the leave to read the words one after the other."""
    advisory = advisory_of(work, chapters, reader=reader, naming=naming)
    if advisory.is_needed and not reader.says_yes:
        return advisory
    with connection.cursor() as cursor:  # files are asked for again and again, and only this is asked for each time
        cursor.execute(VERSIONS, [[chapter.pk for chapter in chapters]])
        versions = {pk: TextVersion(number, cleaner, at) for pk, number, cleaner, at in cursor.fetchall()}
    return Passed(advisory, versions, reader, naming)
