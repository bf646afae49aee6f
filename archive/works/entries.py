"""What an author has written into a form, an import or a seed, cleaned and ready to be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings

from archive.text import cleaning, passage_notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.people.models import Pseud
    from archive.text.cleaning import CleanHTML, Profile
    from archive.works.languages import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they were typed, beside the HTML that came of them."""

    source: str
    html: CleanHTML

    @classmethod
    def cleaned(cls, source: str, profile: Profile) -> Words:
        """Clean what was typed; refuses, with an `ArchiveError`, what cannot be cleaned in time."""
        if not source:
            return NOTHING
        return cls(source, cleaning.clean(source, profile=profile, site=settings.SITE_ADDRESS))

    @property
    def on_page(self) -> str:
        """The HTML as its author looks at it: with the notes on the passages in it."""
        return passage_notes.on_page(self.html)


NOTHING = Words("", cleaning.clean("", profile=cleaning.Profile.SUMMARY, site=""))


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A series by its title, and the work's place in it; without a place the work goes last."""

    title: str
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEntry:
    """All that belongs to a work but its chapters. `tags` maps the code of a kind to names."""

    title: str
    language: Language | None
    pseuds: Sequence[Pseud]
    tags: Mapping[str, Sequence[str]]
    summary: Words = NOTHING
    notes: Words = NOTHING
    endnotes: Words = NOTHING
    content_notes: Words = NOTHING
    is_restricted: bool = False
    feeds_carry_text: bool = False
    expected_chapters: int | None = 1
    series: Sequence[SeriesPlace] = ()
    recipients: Sequence[Pseud | str] | None = None  # for whom it is; None leaves that as it is
    invited: Sequence[Pseud] = ()  # to stand under it, beside those who do


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterEntry:
    """A chapter. `warnings` are the names of those that it brings by itself."""

    text: Words
    title: str = ""
    summary: Words = NOTHING
    notes: Words = NOTHING
    endnotes: Words = NOTHING
    content_notes: Words = NOTHING
    warnings: Sequence[str] = field(default_factory=tuple)


RICH_FIELDS = ("summary", "notes", "endnotes", "content_notes")


def words_of(entry: WorkEntry | ChapterEntry) -> dict[str, object]:
    """Answer the columns that hold the entry's summary and notes, as typed and cleaned."""
    columns: dict[str, object] = {"cleaner_version": cleaning.CLEANER_VERSION}
    for name in RICH_FIELDS:
        words: Words = getattr(entry, name)
        columns[f"{name}_source"] = words.source
        columns[name] = words.html
    return columns
