"""What the page of a work is put together from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from archive.works import finding
from archive.works.chapters import Chapter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import Viewer
    from archive.tags.labels import Label
    from archive.text.cleaning import CleanHTML
    from archive.warnings.advisories import Advisory
    from archive.warnings.opening import Opened, OpenedChapter
    from archive.works.gathering import Maker, Related
    from archive.works.models import Work

FULL = "view_full_work"
FEW = 20  # chapters that are got with their notes at once, since a second query would cost more than the notes


@dataclass(frozen=True, slots=True)
class Gate:
    """The ways on from an advisory: what the page needs beside the advisory itself."""

    consent_url: str
    next: str
    shown: str
    once_url: str
    naming_url: str
    back_url: str
    chapter: Chapter | None
    number: int | None


@dataclass(frozen=True, slots=True)
class OpenChapter:
    """A chapter with its words, as it stands on a page."""

    chapter: Chapter
    number: int
    html: str
    warnings: list[Label]
    hides_warnings: bool
    content_notes: CleanHTML | None
    makers: list[Maker] = field(default_factory=list)  # where not all who made the work wrote it


@dataclass(frozen=True, slots=True)
class Associations:
    """The works that are named round a text, as one reader may know them; those that are not open to them have no name."""

    sources: list[tuple[Related, bool]]
    translations: list[Related]
    inspired: list[Related]

    @classmethod
    def of(cls, work: Work, *, viewer: Viewer) -> Associations:
        """Answer those of a work that was got for its header."""
        offspring = [one for one in work.named_offspring if one.is_open_to(viewer)]
        return cls(
            sources=[(source, source.is_open_to(viewer)) for source in work.named_sources],
            translations=[one for one in offspring if one.is_translation],
            inspired=[one for one in offspring if not one.is_translation],
        )


@dataclass(frozen=True, slots=True)
class Navigation:
    """The ways from here to the other chapters."""

    work: Work
    index: Sequence[Chapter]
    is_full: bool
    current: Chapter | None = None
    previous: Chapter | None = None
    next: Chapter | None = None
    numbers: dict[int, int] = field(default_factory=dict)

    @property
    def full_url(self) -> str:
        """The address of all chapters on one page."""
        return f"{self.work.get_absolute_url()}?{FULL}=true"

    @property
    def is_last(self) -> bool:
        """Whether the end of the work is on this page."""
        return self.next is None

    @property
    def chapters_url(self) -> str:
        """The address at which the work is read chapter by chapter."""
        return self.index[0].get_absolute_url()

    @property
    def navigate_url(self) -> str:
        """The address of the chapter index."""
        return reverse("work_navigate", args=[self.work.pk])


def chapters_of(work: Work, *, viewer: Viewer) -> list[Chapter]:
    """Answer the chapters of a work, got through its door, that this viewer may read, in order.

    Of a work of many chapters they come with what an index shows and no more; `in_full` brings the rest of some.
    """
    return finding.readable_chapters(work, viewer=viewer, in_full=work.chapter_count <= FEW)


def says_something(chapter: Chapter) -> bool:
    """Whether a chapter has words of its own round its text, which even an only chapter has to show."""
    words = (chapter.summary, chapter.notes, chapter.endnotes, chapter.content_notes)
    return any(words) or bool(chapter.work.warned.get(chapter.pk))


def in_full(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Answer some of `chapters_of`, with their notes and summaries."""
    if not any("notes" in chapter.get_deferred_fields() for chapter in chapters):
        return list(chapters)
    full = Chapter.objects.in_bulk([chapter.pk for chapter in chapters])
    found = [full[chapter.pk] for chapter in chapters if chapter.pk in full]  # one may have gone in between
    for chapter in found:
        chapter.work = chapters[0].work
    return found


def navigation_of(work: Work, chapters: Sequence[Chapter], current: Chapter | None) -> Navigation:
    """Answer the ways from one chapter, or from the whole work, to the others."""
    numbers = {chapter.pk: number for number, chapter in enumerate(chapters, start=1)}
    if current is None:
        return Navigation(work, chapters, is_full=True, numbers=numbers)
    place = numbers[current.pk] - 1
    return Navigation(
        work,
        chapters,
        is_full=False,
        current=current,
        previous=chapters[place - 1] if place else None,
        next=chapters[place + 1] if place + 1 < len(chapters) else None,
        numbers=numbers,
    )


def opened_chapters(opened: Opened, numbers: dict[int, int]) -> list[OpenChapter]:
    """Answer the chapters that were opened, each with its words and what of its warnings may be named."""
    return [opened_chapter(opened.advisory, one, numbers[one.chapter.pk]) for one in opened.chapters]


def opened_chapter(advisory: Advisory, one: OpenedChapter, number: int) -> OpenChapter:
    """Answer a chapter that was opened, with its words and what of its warnings may be named."""
    pk = one.chapter.pk
    warned = advisory.work.warned.get(pk, set())
    named = [tag for tag in advisory.chapter_warnings if tag.pk in warned]
    notes = one.chapter.content_notes if one.chapter.content_notes in advisory.content_notes else None
    makers = advisory.work.chapter_makers.get(pk, [])
    makers = makers if len(makers) < len(advisory.work.makers) else []
    return OpenChapter(one.chapter, number, one.html, named, len(named) < len(warned), notes, makers)
