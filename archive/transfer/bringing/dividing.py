"""Divides a text that is too long for one chapter, between two of its blocks and nowhere else."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from archive.transfer.bringing import markup
from archive.transfer.bringing.brought import Unreadable

PARAGRAPH_END = re.compile(r"(?<=\n)\n+")


class Indivisible(Unreadable):
    """A text without a place at which it could be divided."""

    def __init__(self, longest: int) -> None:
        super().__init__(
            _("A passage of this file is longer than the %(longest)d characters of a chapter, and nothing parts it.")
            % {"longest": longest}
        )


def divide(text: str, *, longest: int) -> list[str]:
    """The text in as few parts as may be. Raises `Indivisible`."""
    parts: list[str] = []
    length = 0
    for block in _blocks(text, longest):
        if len(block) > longest:
            raise Indivisible(longest)
        if not parts or length + len(block) > longest:
            parts.append("")
            length = 0
        parts[-1] += block
        length += len(block)
    return [part.strip() for part in parts if part.strip()]


def _blocks(text: str, longest: int) -> list[str]:
    """What the text is made of, at its outermost level; one wrapper round all does not count."""
    if "<" not in text:
        return PARAGRAPH_END.sub("\n\x00", text).split("\x00")
    node = markup.Markup(text).body
    while node is not None:
        blocks = [child.html or "" for child in markup.children(node)]
        only = list(node.iter())
        if len(only) == 1 and only[0].tag in {"div", "section", "article"} and len(blocks[0]) > longest:
            node = only[0]
            continue
        return blocks
    return [text]
