"""A work as an e-book: EPUB 3.3, with the table of contents that older readers know.

Written chapter by chapter, and the same bytes for the same version of a work: nothing in it tells when it was made.
Chapters lie in files of the names, and with the addresses in their heads, by which FanFicFare brings a book up to date.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.text.footnotes import link_footnotes
from archive.text.plain import plain_text
from archive.text.xhtml import to_xhtml
from archive.transfer.taking import covers

if TYPE_CHECKING:
    from datetime import datetime

    from archive.reading.pages import OpenChapter
    from archive.text.passage_notes import ShownHTML
    from archive.transfer.taking.books import Book

CONTENT_TYPE = "application/epub+zip"
FOLDER = "OEBPS"
STYLE = (Path(__file__).parent / "styles" / "book.css").read_text(encoding="utf-8")
FIRST_SUBJECT = "Fanworks"  # some shelves take the first subject for the section that a book stands in
UNFIT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
COMPRESSION = 6
SCOPE = "#workskin"  # in which an author's skin holds
EARLIEST = 1980  # a ZIP archive knows no earlier year


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the book. Without a heading it is in no table of contents, and met only by whoever follows a link."""

    id: str
    file: str
    heading: str


@dataclass(frozen=True, slots=True)
class ContentNote:
    """The author's own words about what is ahead, and the place from which one comes to them."""

    anchor: str
    heading: str
    text: ShownHTML
    back: str


@dataclass(slots=True)
class Binding:
    """A book that is being written."""

    book: Book
    packed: zipfile.ZipFile
    written_at: datetime
    pages: list[Page] = field(default_factory=list)
    content_notes: list[ContentNote] = field(default_factory=list)

    def put(self, name: str, text: str, *, is_stored: bool = False) -> None:
        """Put a file into the book."""
        entry = zipfile.ZipInfo(name, date_time=self.written_at.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        if UNFIT_FOR_XML.search(text):
            text = UNFIT_FOR_XML.sub("", text)
        self.packed.writestr(entry, text.encode(), compresslevel=COMPRESSION)

    def draw(self, template: str, name: str, **context: object) -> None:
        """Put a file into the book that a template makes."""
        context |= {"book": self.book, "language": get_language() or "en", "pages": self.pages}
        self.put(f"{FOLDER}/{name}", render_to_string(f"transfer/epub/{template}", context))

    def page(self, template: str, page: Page, **context: object) -> None:
        """Put a page into the book."""
        self.pages.append(page)
        self.draw(template, page.file, **context)

    def fit(self, clean: str) -> ShownHTML:
        """Answer HTML as a book may hold it."""
        return to_xhtml(clean, site=self.book.site)


def write(book: Book, file: IO[bytes]) -> None:
    """Write a work. Raises `opening.ChangedMeanwhile`."""
    with zipfile.ZipFile(file, "w") as packed:
        changed_at = book.changed_at.astimezone(UTC)
        binding = Binding(book, packed, changed_at)
        binding.put("mimetype", CONTENT_TYPE, is_stored=True)
        binding.put("META-INF/container.xml", render_to_string("transfer/epub/container.xml"))
        binding.put(f"{FOLDER}/style.css", STYLE)
        if book.skin:
            binding.put(f"{FOLDER}/skin.css", book.stylesheet(SCOPE))
        cover = covers.cover_of(book)
        binding.put(f"{FOLDER}/{cover.file}", cover.drawn)
        write_preface(binding)
        first = len(binding.pages)
        for entry in book.chapters():
            write_chapter(binding, entry)
        write_afterword(binding)
        binding.draw("nav.xhtml", "nav.xhtml", first=binding.pages[first].file)
        binding.draw("toc.ncx", "toc.ncx")
        binding.draw(
            "package.opf",
            "content.opf",
            cover=cover,
            modified=f"{changed_at:%Y-%m-%dT%H:%M:%SZ}",
            description=plain_text(book.work.summary),
            subjects=subjects(book),
        )


def write_preface(binding: Binding) -> None:
    """Write the first page: the advisory, and where the work is from."""
    book = binding.book
    binding.content_notes += [
        ContentNote("work" if not place else f"work{place}", "", binding.fit(note), "preface.xhtml")
        for place, note in enumerate(book.content_notes)
    ]
    binding.page(
        "preface.xhtml",
        Page("preface", "preface.xhtml", _("Before you read")),
        summary=binding.fit(book.work.summary),
        notes=binding.fit(book.work.notes),
        endnotes=book.work.endnotes,
    )


def write_chapter(binding: Binding, entry: OpenChapter) -> None:
    """Write a chapter."""
    book, told = binding.book, entry.chapter
    page = Page(f"chapter{entry.number}", f"file{entry.number:04}.xhtml", heading_of(book, entry))
    text, endnotes = link_footnotes(entry.html, told.endnotes, name="note")
    if entry.content_notes:
        note = ContentNote(f"chapter{entry.number}", page.heading, binding.fit(entry.content_notes), page.file)
        binding.content_notes.append(note)
    binding.page(
        "chapter.xhtml",
        page,
        entry=entry,
        heading=page.heading,
        text=binding.fit(text),
        summary=binding.fit(told.summary),
        notes=binding.fit(told.notes),
        endnotes=binding.fit(endnotes),
    )


def write_afterword(binding: Binding) -> None:
    """Write the last page, and behind it what is met only by whoever asks for it."""
    binding.page(
        "afterword.xhtml", Page("afterword", "afterword.xhtml", _("Afterword")), endnotes=binding.fit(binding.book.work.endnotes)
    )
    if binding.content_notes:
        page = Page("contentnotes", "contentnotes.xhtml", "")
        binding.page("contentnotes.xhtml", page, content_notes=binding.content_notes)


def heading_of(book: Book, entry: OpenChapter) -> str:
    """Answer the heading of a chapter, or of the one text of a work."""
    if not book.is_chaptered:
        return book.title
    return f"Chapter {entry.number}: {entry.chapter.title}" if entry.chapter.title else f"Chapter {entry.number}"


def subjects(book: Book) -> list[str]:
    """Answer the tags that this reader may see, each once, after the word by which shelves are sorted."""
    return list(dict.fromkeys([FIRST_SUBJECT, *(tag.name for group in book.groups for tag in group.tags)]))
