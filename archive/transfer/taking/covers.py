"""Draws the cover of a book from its title, byline, fandom and rating: words alone, for no work here has a picture."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.transfer.taking.books import Book

PAPERS = ["#f4ead5", "#e6ead8", "#dfe6e8", "#ece0e4", "#e9e1ef"]  # which one, the number of the work says
INK = "#2b2520"
WIDTH_OF_LINES = {150: 11, 110: 15, 80: 21, 58: 29}  # how many letters of a size fit beside one another
MOST_LINES = 7
MOST_SIGNS = 200  # of small letters; no two lines hold more
DOUBLE = {"W", "F"}
NARROW, BROAD, CAPITAL = 0.6, 1.8, 1.25  # letters of ordinary width
NARROW_SIGNS, BROAD_SIGNS = frozenset(" .,:;!'’|()[]-ijltfrI1"), frozenset("WMwm@%&—…")
JOINER, AS_PICTURE = "\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}"
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
MARKS = frozenset(["Mn", "Me", "Mc", "Cf"])  # kinds of signs that stand on the one before them
PARTED = re.compile(r"(?<=-)(?=\w)")  # a line may end behind a hyphen


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
    """Whether a title fits on a cover in lines of so many letters, and no word of it has to be parted."""
    return len(wrapped(title, letters)) <= MOST_LINES and max(map(wide, pieces(title)), default=0) <= letters


def small_lines(text: str, y: int, size: int) -> list[Line]:
    """Answer one or two lines in small letters."""
    lines = wrapped(text[:MOST_SIGNS], 1_600 // size)
    if len(lines) > 2:  # noqa: PLR2004 - as the name says
        lines = [lines[0], f"{lines[1]} …"]
    return [Line(one, y + number * size * 13 // 10, size) for number, one in enumerate(lines)]


def wide(text: str) -> float:
    """Answer how many letters of ordinary width a text is wide, about: which face it is drawn in, its reader's device says."""
    return sum(map(width, clusters(text)))


def width(cluster: str) -> float:
    """Answer how many letters wide a cluster is."""
    sign = cluster[0]
    if is_double(cluster):
        return 2
    if sign in BROAD_SIGNS:
        return BROAD
    if sign in NARROW_SIGNS:
        return NARROW
    return CAPITAL if sign.isupper() else 1


def is_double(cluster: str) -> bool:
    """Whether a cluster is twice as wide as a letter."""
    return unicodedata.east_asian_width(cluster[0]) in DOUBLE or AS_PICTURE in cluster or FLAG.match(cluster) is not None


def clusters(text: str) -> list[str]:
    """Answer what of a text stands as one sign each: letters with their marks, pictures of several parts, flags."""
    found: list[str] = []
    for sign in text:
        last = found[-1] if found else ""
        is_mark = unicodedata.category(sign) in MARKS or SKIN.match(sign)
        if last and (is_mark or last.endswith(JOINER) or (len(last) == 1 and FLAG.match(last) and FLAG.match(sign))):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def pieces(text: str) -> Iterator[str]:
    """Give what a line may begin with, behind its space if it has one: words, parts of them, signs of double width."""
    for number, word in enumerate(text.split()):
        runs = [""]
        for cluster in clusters(word):
            if is_double(cluster):
                runs += [cluster, ""]
            else:
                runs[-1] += cluster
        parts = [part for run in runs for part in PARTED.split(run) if part]
        yield f" {parts[0]}" if number else parts[0]
        yield from parts[1:]


def wrapped(text: str, letters: int) -> list[str]:
    """Answer a text in lines of so many letters; only what is wider than a line is parted, between its signs."""
    lines = [""]
    for piece in pieces(text):
        if wide(lines[-1] + piece) <= letters:
            lines[-1] += piece
            continue
        bare = piece.lstrip()
        lines.append("")
        for part in [bare] if wide(bare) <= letters else clusters(bare):
            if lines[-1] and wide(lines[-1] + part) > letters:
                lines.append("")
            lines[-1] += part
    return list(filter(None, lines)) or [""]
