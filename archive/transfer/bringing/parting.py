"""Parts a document that says nothing of itself into a title and chapters, by its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from archive.transfer.bringing import markup
from archive.transfer.bringing.brought import BroughtChapter

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from archive.transfer.bringing.markup import Markup

WRAPPERS = frozenset(["article", "div", "main", "section"])
NUMBERED = re.compile(
    r"\s*(?:(?:chapter|part|book|kapitel|chapitre|cap[ií]tulo|capitolo|глава|prologue|epilogue|interlude)\b|第.{1,6}[章回話]|\d{1,3}[.:)]|[ivxlc]{1,7}[.:)])",
    re.IGNORECASE,
)
LONGEST_HEADING = 300


class Parts(NamedTuple):
    """What was found."""

    title: str
    chapters: tuple[BroughtChapter, ...]


def part(document: Markup) -> Parts:
    """The title and the chapters of a document.

    Several first headings begin chapters. One alone at the top is the title, and second headings below it begin chapters
    where most of them are called so. Everything else is one text.
    """
    blocks = _blocks(document)
    firsts = _headings(blocks, "h1")
    title = ""
    if len(firsts) == 1 and not _words_before(blocks, firsts[0]):
        title = markup.text_of(blocks[firsts[0]])[:LONGEST_HEADING]
        blocks = blocks[firsts[0] + 1 :]
        firsts = []
    seconds = _headings(blocks, "h2")
    starts = firsts if len(firsts) > 1 else seconds if _are_chapters(blocks, seconds) else []
    return Parts(title, tuple(_chapters(blocks, starts)))


def without_dead_links(document: Markup) -> None:
    """Make words of links within the document: where they led has no name on a page here, and the numbers of notes stay."""
    for link in document.all("a"):
        if (link.attributes.get("href") or "#").startswith("#"):
            link.unwrap()


def _blocks(document: Markup) -> list[LexborNode]:
    """The blocks of a document, at the outermost level at which there are several."""
    node = document.body
    while node is not None:
        blocks = list(markup.children(node))
        full = [block for block in blocks if block.tag != "-text" or markup.text_of(block)]
        if len(full) == 1 and full[0].tag in WRAPPERS:
            node = full[0]
        else:
            return blocks
    return []


def _headings(blocks: list[LexborNode], tag: str) -> list[int]:
    return [place for place, block in enumerate(blocks) if block.tag == tag and markup.text_of(block)]


def _words_before(blocks: list[LexborNode], place: int) -> bool:
    return any(markup.text_of(block) for block in blocks[:place])


def _are_chapters(blocks: list[LexborNode], places: list[int]) -> bool:
    numbered = [place for place in places if NUMBERED.match(markup.text_of(blocks[place]))]
    return len(numbered) > 1 and len(numbered) * 2 >= len(places)


def _chapters(blocks: list[LexborNode], starts: list[int]) -> list[BroughtChapter]:
    if not starts:
        return [BroughtChapter(_html(blocks))]
    chapters = [BroughtChapter(text)] if (text := _html(blocks[: starts[0]])) else []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        chapters.append(BroughtChapter(_html(blocks[start + 1 : end]), markup.text_of(blocks[start])[:LONGEST_HEADING]))
    return [chapter for chapter in chapters if chapter.text or chapter.title]


def _html(blocks: list[LexborNode]) -> str:
    return "".join(block.html or "" for block in blocks).strip()
