"""A work as plain text and as Markdown: what it warns of first, since neither can fold anything away."""

from __future__ import annotations

import re
from functools import partial
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.text import typed

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
        return f"{words}\n{('=' if level == 1 else '-') * min(len(words), 72)}"

    def field(self, label: str, value: str) -> str:
        return f"{self.line(label)}: {self.line(value)}"

    def file(self) -> Iterator[str]:
        """The file, block by block: what is told of the work, the advisory first, then its chapters."""
        book, work = self.book, self.book.work
        yield self.heading(book.title, 1)
        yield self.line(_("by %(names)s") % {"names": ", ".join(book.bylines)})
        yield self.heading(_("Before you read"), 2)
        for saying in book.sayings():
            yield self.field(saying.term, saying.sentence) if saying.sentence else self.line(saying.term)
        for note in book.content_notes:
            yield self.heading(_("What the author says about it"), 2)
            yield self.clean(note)
        yield self.heading(_("About this work"), 2)
        yield self.facts()
        yield from self.notes(("Summary", work.summary), ("Notes", work.notes), level=2)
        for entry in book.chapters():
            yield from self.chapter(entry)
        yield self.heading("Afterword", 2)
        yield from self.notes(("End Notes", work.endnotes), level=3)
        yield self.line(_("A newer version may be found at %(address)s") % {"address": book.url})

    def facts(self) -> str:
        """The tags and numbers, a line for each kind."""
        book = self.book
        lines = [(group.label, ", ".join(tag.name for tag in group.tags) or _("This work has warnings.")) for group in book.groups]
        lines.append(("Language", book.work.language.name if book.work.language else ""))
        if book.work.places:
            lines.append(("Series", ", ".join(f"Part {place.position} of {place.title}" for place in book.work.places)))
        lines += [("Stats", book.stats), (_("Posted originally on"), f"{book.archive}, {book.url}")]
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
            yield self.heading(self.book.title, 2)
            yield self.clean(entry.html)
            return
        name = f"Chapter {entry.number}"
        yield self.heading(f"{name}: {told.title}" if told.title else name, 2)
        if entry.hides_warnings:
            yield self.line(_("This chapter has warnings of its own."))
        if entry.warnings:
            yield self.field(_("In this chapter"), ", ".join(tag.name for tag in entry.warnings))
        if entry.content_notes:
            yield from self.notes((_("What the author says about it"), entry.content_notes), level=3)
        yield from self.notes(("Chapter Summary", told.summary), ("Chapter Notes", told.notes), level=3)
        yield self.clean(entry.html)
        yield from self.notes(("Chapter End Notes", told.endnotes), level=3)


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
