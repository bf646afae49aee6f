"""Markdown, as CommonMark says it, with struck words and tables; what it holds of HTML is cleaned like all other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from archive.text.old_stories import proposing, reading
from archive.transfer.bringing import parting
from archive.transfer.bringing.brought import Brought, TooMuch
from archive.transfer.bringing.formats import plain
from archive.transfer.bringing.markup import Markup

if TYPE_CHECKING:
    from archive.text.decoding import Decoded
    from archive.transfer.bringing.brought import Wishes

# Fields before the text, between two lines of dashes, as many programs write them.
FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
LONGEST_PARAGRAPH = 200_000  # characters; nobody writes one, and marks that are never closed cost more than their length
MOST_BRACKETS = 20_000  # each that opens a link is looked at several times
PARAGRAPHS = re.compile(r"\n[ \t]*\n")
RENDERER = MarkdownIt("commonmark", {"html": True, "typographer": False}).enable(["strikethrough", "table"])


def read(decoded: Decoded, wishes: Wishes) -> Brought:
    """What a text in Markdown says. Raises `TooMuch` for a paragraph as nobody writes it."""
    text = reading.evenly(decoded.text)
    front = FRONT.match(text) if wishes.takes_header else None
    if front:
        text = text[front.end() :]
    if text.count("[") > MOST_BRACKETS or max(map(len, PARAGRAPHS.split(text)), default=0) > LONGEST_PARAGRAPH:
        raise TooMuch
    document = Markup(RENDERER.render(text))
    parts = parting.part(document)
    brought = Brought(
        format="Markdown", chapters=parts.chapters, title=parts.title, expected_chapters=len(parts.chapters) or 1, decoded=decoded
    )
    if not front:
        return brought
    header = front["lines"].rstrip("\n")
    brought = plain.proposed(brought, proposing.propose(reading.pairs_in(header)), header)
    return replace(brought, expected_chapters=len(parts.chapters) or 1)
