"""Settles how italic, bold and struck words stand in Markdown: between its marks where these hold, and else between tags.

Marks hold only beside certain signs: `*停！*她` is no emphasis in Markdown, nor can two marks stand side by side.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the signs that hold its place until it is settled, which no text holds; what it is, and the tag instead of it."""

    begin: str
    end: str
    sign: str
    tag: str


EMPHASIS = Mark("\x01", "\x02", "*", "em")
STRONG = Mark("\x03", "\x04", "**", "strong")
STRUCK = Mark("\x05", "\x06", "~~", "s")
LINK = "\x07"  # before a link; an exclamation mark there would make an image of it
BEGINNINGS = {mark.begin: mark for mark in (EMPHASIS, STRONG, STRUCK)}
PLACE = re.compile("[\x01-\x06]")
SIGNS = frozenset("\x01\x02\x03\x04\x05\x06*_~`")


def settled(words: str) -> str:
    """The words of a paragraph with marks or tags in their places. Linear in the length."""
    if LINK in words:
        words = words.replace(f"!{LINK}", f"\\!{LINK}").replace(LINK, "")
    pieces: list[str] = []
    opened: list[tuple[int, re.Match[str]]] = []
    position = 0
    for place in PLACE.finditer(words):
        pieces += [words[position : place.start()], ""]
        position = place.end()
        if place[0] in BEGINNINGS:
            opened.append((len(pieces) - 1, place))
            continue
        number, begin = opened.pop()
        mark = BEGINNINGS[begin[0]]
        holds = _holds(words[begin.start() - 1 : begin.start()], words[begin.end()], is_within=bool(opened)) and _holds(
            words[place.end() : place.end() + 1], words[place.start() - 1], is_within=bool(opened)
        )
        pieces[number], pieces[-1] = (mark.sign, mark.sign) if holds else (f"<{mark.tag}>", f"</{mark.tag}>")
    return "".join([*pieces, words[position:]])


def _holds(outside: str, inside: str, *, is_within: bool) -> bool:
    """Whether a mark between these two characters is one, whichever edition of CommonMark reads it."""
    if not outside or outside.isspace():
        return True
    if outside in SIGNS or unicodedata.category(inside)[0] not in "LMN":
        return False
    return not is_within or unicodedata.category(outside)[0] == "P"
