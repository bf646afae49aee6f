"""Makes drafts of what files claim, and brings works up to date that came from the same place before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from archive.errors import ArchiveError
from archive.people.models import Pseud
from archive.text.cleaning import Profile
from archive.text.folding import fold
from archive.text.passage_notes import out_of_file
from archive.text.passages import Passage, passages_in, rewritten
from archive.transfer.bringing import fitting
from archive.transfer.bringing.brought import Unreadable
from archive.works import dating, marking, writing
from archive.works.chapters import Chapter
from archive.works.entries import ChapterEntry, SeriesPlace, Words, WorkEntry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from archive.people.models import User
    from archive.transfer.bringing.brought import Brought, BroughtChapter
    from archive.transfer.bringing.fitting import Fitted
    from archive.works.models import Work

ACCOUNT = re.compile(r"\s*\([^()]*\)$")  # behind a pseud


@transaction.atomic
def draft(brought: Brought, *, title: str = "", by: User) -> tuple[Work, Fitted]:
    """Keep what a file claims as a draft, and answer it with what could not be kept as the file says it.

    Raises `Unreadable`, and what the cleaner and `writing.draft` raise.
    """
    fitted = fitting.fit(brought)
    first, *others = (chapter_entry(chapter, number) for number, chapter in enumerate(fitted.chapters, start=1))
    entry = WorkEntry(
        title=title or fitted.title,
        language=fitted.language,
        pseuds=pseuds_named(brought.authors, by=by),
        tags=fitted.tags,
        series=[SeriesPlace(name, position) for name, position in fitted.series],
        expected_chapters=brought.expected_chapters,
        summary=Words.cleaned(fitted.summary, Profile.SUMMARY),
        notes=Words.cleaned(fitted.notes, Profile.NOTES),
        endnotes=Words.cleaned(fitted.endnotes, Profile.NOTES),
        content_notes=Words.cleaned(fitted.content_notes, Profile.SUMMARY),
    )
    work = writing.draft(entry, first, *others, by=by)
    date(list(work.chapters.in_order()), brought)
    return work, fitted


@transaction.atomic
def add(brought: Brought, work: Work, *, name: str, by: User) -> Fitted:
    """Add what a file holds to a draft, as its next chapter or chapters; the file's name serves where it has no title."""
    fitted = fitting.fit(brought)
    entries = []
    for number, chapter in enumerate(fitted.chapters, start=1):
        title = chapter.title or (fitted.title or name if len(fitted.chapters) == 1 else "")
        entries.append(chapter_entry(chapter, number, title=title))
    date(writing.add_chapters(work, entries, by=by), brought)
    return fitted


def date(chapters: Sequence[Chapter], brought: Brought) -> None:
    """Have drafts be posted as of the days that their file names: the last of several of the last day, all others of the first.

    A download says no more. A day that no work here can be of is no claim worth keeping.
    """
    first, last = (day if day and _can_be(day) else None for day in (brought.published, brought.updated or brought.published))
    if first is None:
        return
    for chapter in chapters:
        chapter.dated_on = first
    if len(chapters) > 1 and last is not None:
        chapters[-1].dated_on = max(first, last)
    Chapter.objects.bulk_update(chapters, ["dated_on"])


def _can_be(day: dt.date) -> bool:
    try:
        dating.refuse(day)
    except dating.NotThatDay:
        return False
    return True


def chapter_entry(chapter: BroughtChapter, number: int, *, title: str = "") -> ChapterEntry:
    """The chapter, cleaned. Raises `Unreadable` with its number where the cleaner refuses it."""
    try:
        return ChapterEntry(
            title=title or chapter.title,
            text=words_of(chapter.text),
            summary=Words.cleaned(chapter.summary, Profile.SUMMARY),
            notes=Words.cleaned(chapter.notes, Profile.NOTES),
            endnotes=Words.cleaned(chapter.endnotes, Profile.NOTES),
            content_notes=Words.cleaned(chapter.content_notes, Profile.SUMMARY),
            warnings=chapter.warnings,
        )
    except ArchiveError as refusal:
        raise Unreadable(_("Chapter %(number)d: %(why)s") % {"number": number, "why": refusal}) from refusal


def words_of(text: str) -> Words:
    """A chapter's words. What marks a passage in them and is no warning here, but perhaps elsewhere, becomes own words."""
    words = Words.cleaned(out_of_file(text), Profile.CHAPTER)
    names = {name for passage in passages_in(words.html) for name in passage.warnings}
    unknown = marking.unknown_among(names) if names else []
    if not unknown:
        return words

    def write(_number: int, passage: Passage) -> tuple[str, str]:
        known = tuple(name for name in passage.warnings if name not in unknown)
        others = ", ".join(name for name in passage.warnings if name in unknown)
        return replace(passage, warnings=known, note=": ".join(filter(None, [others, passage.note]))).tag(), "</div>"

    return Words.cleaned(rewritten(words.html, write), Profile.CHAPTER)


def pseuds_named(authors: Sequence[str], *, by: User) -> list[Pseud]:
    """Those names of this person's that the file names, or the one that they usually write under; nobody else's."""
    own = list(Pseud.objects.editable_by(by).with_account())
    named = {fold(ACCOUNT.sub("", author)) for author in authors}
    return [pseud for pseud in own if fold(pseud.name) in named] or [pseud for pseud in own if pseud.is_default]
