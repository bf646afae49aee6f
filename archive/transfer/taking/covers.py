"""Draws the cover of a book from its title, byline, fandom and rating: words alone, for no work here has a picture."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.transfer.taking.books import Book

PAPERS = ["#f4ead5", "#e6ead8", "#dfe6e8", "#ece0e4", "#e9e1ef"]  # which one, the number of the work says
INK = "#2b2520"
WIDTH_OF_LINES = {150: 11, 110: 15, 80: 21, 58: 29}  # how many letters of a size fit beside one another
MOST_LINES = 7
WIDE = {"W", "F"}


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover, and what kind of file it is."""

    file: str
    content_type: str
    drawn: str


@dataclass(frozen=True, slots=True)
class CoverWords:
    """The words of a cover."""

    title: str
    bylines: Sequence[str] = ()
    fandoms: Sequence[str] = ()
    rating: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cover."""

    text: str
    y: int
    size: int
    is_bold: bool = False


def cover_of(book: Book) -> Cover:
    """Answer the cover of a book. It shows what its advisory shows, and no word of the text."""
    fandoms = [tag.name for tag in book.header.fandoms]
    rating = book.header.rating.name if book.header.rating else ""
    words = CoverWords(book.title, book.bylines, fandoms, rating, book.archive)
    return Cover("cover.svg", "image/svg+xml", drawn(words, number=book.work.pk))


def drawn(words: CoverWords, *, number: int) -> str:
    """Answer a cover as it is drawn, on a paper that the number says."""
    lines = [*title_lines(words.title), *small_lines(", ".join(words.bylines), 1110, 68)]
    lines += [
        *small_lines(", ".join(words.fandoms), 1380, 54),
        *small_lines(words.rating, 1550, 52),
        *small_lines(words.archive, 1665, 40),
    ]
    context = {"lines": lines, "paper": PAPERS[number % len(PAPERS)], "ink": INK, "label": words.title}
    return render_to_string("transfer/epub/cover.svg", context)


def title_lines(title: str) -> list[Line]:
    """Answer a title in the largest letters in which it fits without a word being broken; what is too long for any is cut."""
    size, letters = next(
        ((size, letters) for size, letters in WIDTH_OF_LINES.items() if fits(title, letters)), min(WIDTH_OF_LINES.items())
    )
    lines = wrapped(title, letters)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1].rstrip(' ,;:.')} …"]
    top = 620 - (len(lines) - 1) * size * 6 // 10
    return [Line(text, top + number * size * 12 // 10, size, is_bold=True) for number, text in enumerate(lines)]


def fits(title: str, letters: int) -> bool:
    """Whether a title fits on a cover in lines of so many letters. Signs of double width may be parted anywhere, words not."""
    lines = wrapped(title, letters)
    words = [word for word in title.split() if wide(word) == len(word)]
    return len(lines) <= MOST_LINES and max(map(wide, [*lines, *words])) <= letters


def small_lines(text: str, y: int, size: int) -> list[Line]:
    """Answer one or two lines in small letters."""
    lines = wrapped(text, 1_600 // size)
    if len(lines) > 2:  # noqa: PLR2004 - as the name says
        lines = [lines[0], f"{lines[1]} …"]
    return [Line(one, y + number * size * 13 // 10, size) for number, one in enumerate(lines)]


def wide(text: str) -> int:
    """Answer how many letters of ordinary width a text is wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text if not unicodedata.combining(sign))


def wrapped(text: str, letters: int) -> list[str]:
    """Answer a text in lines of so many letters; of signs twice as wide, half as many."""
    ratio = wide(text) / max(1, len(text))
    return textwrap.wrap(" ".join(text.split()), max(1, int(letters / ratio)) if text else letters) or [""]
