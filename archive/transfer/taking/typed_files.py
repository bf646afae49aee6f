"""A work as plain text and as Markdown: what it warns of first, since neither can fold anything away.

`bringing.formats.own_typed` reads such a file again: each part has a heading that no line of a text looks like.
"""

from __future__ import annotations

import re
from functools import partial
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.tags.models import WARNING
from archive.text import typed
from archive.transfer import headings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.reading.pages import OpenChapter
    from archive.transfer.taking.books import Book


def write_text(book: Book, file: IO[bytes]) -> None:
    """Write a work as plain text. Raises `opening.ChangedMeanwhile`."""
    _write(_PlainText(book), file)


def write_markdown(book: Book, file: IO[bytes]) -> None:
    """Write a work as Markdown. Raises `opening.ChangedMeanwhile`."""
    _write(_Markdown(book), file)


def _write(typing: _PlainText, file: IO[bytes]) -> None:
    is_first = True
    for block in typing.file():
        if block:
            file.write(block.encode() if is_first else f"\n\n{block}".encode())
            is_first = False
    file.write(b"\n")


WAY_PAST = re.compile(r'<p><a href="#passage-[^"]*">[^<]*</a></p>')


class _PlainText:
    """Plain text: names of parts on lines of their own, underlined."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.typed: Callable[[str], str] = partial(typed.plain_of, site=book.site)

    def clean(self, html: str) -> str:
        """HTML as it is typed, without the ways past passages: they lead to places, which no typed text has."""
        return self.typed(WAY_PAST.sub("", html))

    def line(self, words: str) -> str:
        return " ".join(words.split())

    def heading(self, words: str, level: int) -> str:
        words = self.line(words)
        return headings.underlined(words, "=" if level == 1 else "-")

    def field(self, label: str, value: str) -> str:
        return f"{self.line(label)}: {self.line(value)}"

    def file(self) -> Iterator[str]:
        """The file, block by block: what is told of the work, the advisory first, then its chapters."""
        book, work = self.book, self.book.work
        yield self.heading(book.title, 1)
        yield self.line(headings.BY + ", ".join(book.bylines))
        yield self.heading(headings.BEFORE, 2)
        for saying in book.sayings():
            yield self.field(saying.term, saying.sentence) if saying.sentence else self.line(saying.term)
        for note in book.content_notes:
            yield from self.notes((headings.CONTENT_NOTES, note), level=2)
        yield self.heading(headings.ABOUT, 2)
        yield self.facts()
        yield from self.notes((headings.SUMMARY, work.summary), (headings.NOTES, work.notes), level=2)
        for entry in book.chapters():
            yield from self.chapter(entry)
        yield self.heading(headings.AFTERWORD, 2)
        yield from self.notes((headings.END_NOTES, work.endnotes), level=3)
        yield self.line(headings.NEWER + book.url)

    def facts(self) -> str:
        """The tags and numbers, a line for each kind. Where the reader is not told all warnings, the advisory says so above."""
        book = self.book
        groups = [one for one in book.groups if not (one.kind.code == WARNING and book.header.has_unnamed_warnings)]
        lines = [(group.label, ", ".join(tag.name for tag in group.tags)) for group in groups]
        lines.append((headings.LANGUAGE, book.work.language.name if book.work.language else ""))
        lines += [(headings.SERIES, f"Part {place.position} of {place.title}") for place in book.work.places]
        lines += [(headings.STATS, book.stats), (headings.SOURCE, f"{book.archive}, {book.url}")]
        lines += [(str(one.label), str(one)) for one in book.associations]
        return "\n".join(self.field(*line) for line in lines)

    def notes(self, *parts: tuple[str, str], level: int) -> Iterator[str]:
        """What stands round a text, each under its name."""
        for name, html in parts:
            if html:
                yield self.heading(name, level)
                yield self.clean(html)

    def chapter(self, entry: OpenChapter) -> Iterator[str]:
        """A chapter: what it warns of, then its words."""
        told = entry.chapter
        if not self.book.is_chaptered:
            yield self.heading(headings.TEXT, 2)
            yield self.clean(entry.html)
            return
        name = f"{headings.CHAPTER} {entry.number}"
        yield self.heading(f"{name}: {told.title}" if told.title else name, 2)
        before = list(self.before(entry))
        yield from before
        if before:
            yield self.heading(headings.TEXT, 3)
        yield self.clean(entry.html)
        yield from self.notes((headings.CHAPTER_END_NOTES, told.endnotes), level=3)

    def before(self, entry: OpenChapter) -> Iterator[str]:
        """What stands before the words of a chapter."""
        told = entry.chapter
        if entry.hides_warnings:
            yield self.line(_("This chapter has warnings of its own."))
        if entry.warnings:
            yield self.field(headings.IN_CHAPTER, ", ".join(tag.name for tag in entry.warnings))
        notes = (headings.CONTENT_NOTES, entry.content_notes or "")
        yield from self.notes(notes, (headings.CHAPTER_SUMMARY, told.summary), (headings.CHAPTER_NOTES, told.notes), level=3)


class _Markdown(_PlainText):
    """Markdown: names of parts are headings."""

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.typed = partial(typed.markdown_of, site=book.site)

    def line(self, words: str) -> str:
        return typed.marked(" ".join(words.split()))

    def heading(self, words: str, level: int) -> str:
        return f"{'#' * level} {self.line(words)}"

    def field(self, label: str, value: str) -> str:
        return f"**{self.line(label)}:** {self.line(value)}  "
