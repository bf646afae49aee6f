"""The feed of a work: a chapter an entry, what was posted last first, whatever day it bears.

It carries the words of chapters only where their author allows that and nobody would have to be asked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive.text.leaving import with_whole_addresses
from archive.transfer import atom, freshness, introducing
from archive.transfer.atom import Entry, Feed, Link
from archive.transfer.feeding.listing_feeds import ENTRIES, TYPE, Ways
from archive.transfer.linking import whole
from archive.warnings import opening
from archive.warnings.advisories import Advisory
from archive.works import arranging, finding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from archive.transfer.introducing import Introduction
    from archive.warnings.opening import Passed
    from archive.warnings.readers import Reader
    from archive.works.chapters import Chapter
    from archive.works.models import Work

MOST_WORDS = 60_000  # of texts on one page of a feed; the rest have none


@dataclass(frozen=True, slots=True)
class WorkFeed:
    """A page of the feed of a work. `passed` is the leave to read the words of some of its chapters."""

    work: Introduction
    chapters: Sequence[Chapter]
    numbers: dict[int, int]
    ways: Ways
    passed: Passed | None

    def digest(self) -> str:
        """Answer a digest of all that it shows."""
        told = [_told_of(chapter) for chapter in self.chapters]
        round_it = (self.work.work.notes, self.work.work.endnotes)
        warned = (self.work.work.warned_in_json, self.work.work.chapter_makers_in_json)
        words = self.passed and self.passed.versions
        return freshness.digest_of(self.ways, self.work.shown, told, round_it, warned, words)

    def draw(self) -> bytes:
        """Answer it as it is sent. Raises `opening.ChangedMeanwhile`."""
        texts = {one.chapter.pk: one.html for one in self.passed.read()} if self.passed else {}
        work = self.work
        moments = [moment_of(chapter) for chapter in self.chapters]
        return atom.written(
            Feed(
                id=introducing.tag_of("feed", f"work:{work.work.pk}", since=work.work.created_at),
                title=str(work.work),
                updated=max([*moments, work.updated]),
                people=work.people,
                links=[*self.ways.links(TYPE)],
                entries=[atom.entry_written(self.entry_of(chapter, texts.get(chapter.pk, ""))) for chapter in self.chapters],
            )
        )

    def entry_of(self, chapter: Chapter, text: str) -> Entry:
        """Answer the entry of a chapter."""
        work = self.work
        own = work.work.warned.get(chapter.pk, set())
        also = [tag for tag in work.header.warnings if tag.pk in own]
        makers = work.work.chapter_makers.get(chapter.pk) or work.work.makers
        return Entry(
            id=introducing.tag_of("chapter", chapter.pk, since=chapter.created_at),
            title=self.title_of(chapter),
            updated=moment_of(chapter),
            published=chapter.published_at,
            people=introducing.people_of(makers),
            categories=work.categories,
            links=[Link(rel="alternate", href=whole(chapter.get_absolute_url()), type="text/html")],
            summary=work.summary(chapter.summary, also),
            content=self.content_of(chapter, text) if text else "",
            language=work.language,
        )

    def title_of(self, chapter: Chapter) -> str:
        """Answer what a chapter is called in a list with others' works."""
        if not self.work.work.is_chaptered:
            return str(self.work.work)
        number = _("Chapter %(number)d") % {"number": self.numbers[chapter.pk]}
        return " · ".join([str(self.work.work), f"{number}: {chapter.title}" if chapter.title else number])

    def content_of(self, chapter: Chapter, text: str) -> str:
        """Answer the words of a chapter, and round them what stands round them everywhere."""
        work, number = self.work.work, self.numbers[chapter.pk]
        hidden = [
            introducing.folded(_("What the author says about it"), note)
            for note in (work.content_notes, chapter.content_notes)
            if note
        ]
        before = [*hidden, *_notes(_("Notes"), work.notes if number == 1 else "", chapter.notes)]
        behind = _notes(_("End Notes"), chapter.endnotes, work.endnotes if number == len(self.numbers) else "")
        parts = (with_whole_addresses(one, site=settings.SITE_ADDRESS) for one in (*before, text, *behind))
        return introducing.quoted([self.work.summary(chapter.summary), *parts])


def _notes(title: str, *notes: str) -> list[str]:
    """Answer those of some notes that there are, each under this title."""
    return [format_html("<p><b>{}</b></p><blockquote>{}</blockquote>", title, note) for note in notes if note]


def moment_of(chapter: Chapter) -> dt.datetime:
    """Answer when a chapter last came before readers or changed, by the clock."""
    moments = [moment for moment in (chapter.arrived_at, chapter.changed_at) if moment]
    return max(moments, default=chapter.published_at or chapter.created_at)


def feed_of(work: Work, path: str, number: int, *, reader: Reader) -> WorkFeed:
    """Answer a page of the feed of a work of `for_header`, as this reader may see it. Raises `InvalidPage`."""
    posted = finding.posted_chapters(work)
    numbers = arranging.readers_numbers(posted)
    latest_first = sorted(posted, key=lambda chapter: (chapter.arrived_at or chapter.published_at, chapter.position), reverse=True)
    page = Paginator(latest_first, ENTRIES).page(number)
    chapters = list(page.object_list)
    ways = Ways(path=path, query=[], number=number, last=page.paginator.num_pages, page=work.get_absolute_url())
    passed = _leave_to_read(work, chapters, reader=reader) if work.feeds_carry_text else None
    return WorkFeed(introducing.introduction_of(work, reader=reader), chapters, numbers, ways, passed)


def _leave_to_read(work: Work, chapters: Sequence[Chapter], *, reader: Reader) -> Passed | None:
    """Answer the leave to read the newest of these chapters, if nobody has to be asked before any of them."""
    found, words = [], 0
    for chapter in chapters:
        words += chapter.word_count
        if words > MOST_WORDS:
            break
        found.append(chapter)
    passed = opening.pass_advisory(work, found, reader=reader)
    return None if isinstance(passed, Advisory) else passed


def _told_of(chapter: Chapter) -> tuple[object, ...]:
    """Answer all that an entry shows of a chapter."""
    return (
        chapter.pk,
        chapter.position,
        chapter.title,
        chapter.summary,
        chapter.content_notes,
        chapter.notes,
        chapter.endnotes,
        moment_of(chapter),
    )
