"""The formats in which works are taken away, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from archive.transfer.taking import epub, html_file, typed_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.transfer.taking.books import Book


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


EPUB = Format("epub", "EPUB", epub.CONTENT_TYPE, epub.write, edition=1, is_packed=True)
HTML = Format("html", "HTML", "text/html; charset=utf-8", html_file.write, edition=1)
TEXT = Format("txt", "Text", "text/plain; charset=utf-8", typed_files.write_text, edition=1)
MARKDOWN = Format("md", "Markdown", "text/markdown; charset=utf-8", typed_files.write_markdown, edition=1)
ALL = {one.extension: one for one in (EPUB, HTML, TEXT, MARKDOWN)}


def available() -> list[Format]:
    """Answer the formats that this archive makes, in the order of the menu."""
    return list(ALL.values())


def named(extension: str) -> Format | None:
    """Answer the format of this extension, if this archive makes it."""
    return ALL.get(extension.lower())
