"""The formats in which works are taken away, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from archive.transfer.taking import calibre, epub, html_file, pdf, typed_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.transfer.taking.books import Book
    from archive.works.models import Work


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called, and how a work is written into one."""

    extension: str
    name: str
    content_type: str
    write: Callable[[Book, IO[bytes]], None]
    edition: int  # raised with every change of what `write` writes, so that no older file is handed out
    is_packed: bool = False  # compressed already
    is_slow: bool = False  # made by the worker, while a page tells how far it is
    needs_calibre: bool = False
    most_words: int | None = None

    def is_for(self, work: Work) -> bool:
        """Whether this archive makes it, of this work."""
        fits = self.most_words is None or work.word_count <= self.most_words
        return fits and (not self.needs_calibre or calibre.is_there())


def _of_calibre(extension: str, content_type: str) -> Format:
    write = calibre.writer(extension)
    return Format(extension, extension.upper(), content_type, write, edition=2, is_packed=True, is_slow=True, needs_calibre=True)


ALL = {
    one.extension: one
    for one in (
        _of_calibre("azw3", "application/vnd.amazon.mobi8-ebook"),
        Format("epub", "EPUB", epub.CONTENT_TYPE, epub.write, edition=4, is_packed=True),
        _of_calibre("mobi", "application/x-mobipocket-ebook"),
        Format("pdf", "PDF", "application/pdf", pdf.write, edition=2, is_packed=True, is_slow=True, most_words=pdf.MOST_WORDS),
        Format("html", "HTML", "text/html; charset=utf-8", html_file.write, edition=3),
        Format("txt", "Text", "text/plain; charset=utf-8", typed_files.write_text, edition=2),
        Format("md", "Markdown", "text/markdown; charset=utf-8", typed_files.write_markdown, edition=2),
    )
}


def available(work: Work) -> list[Format]:
    """Answer the formats that this archive makes of a work, in the order of the menu."""
    return [one for one in ALL.values() if one.is_for(work)]


def named(extension: str) -> Format | None:
    """Answer the format of this extension."""
    return ALL.get(extension.lower())
