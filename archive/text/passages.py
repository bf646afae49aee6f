"""Passage notes in clean HTML: `<div class="passage" data-warning="…" data-note="…" data-gist="…">` round some blocks of a chapter.

The first attribute names warnings of the archive, with commas; the second holds the author's own words, the third what
happens, in a line. One of the first two has to be there. The attributes are plain text and stand in this order.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import lines, soup

if TYPE_CHECKING:
    from archive.text.lines import LineRefused

MARK = "passage"
WARNING, NOTE, GIST = "data-warning", "data-note", "data-gist"
LONGEST = {WARNING: 500, NOTE: 200, GIST: 500}  # characters
MOST_PASSAGES = 500  # in one chapter; each brings some hundred characters to its page
# How each begins once it is clean, and nothing else: what an author writes has its "<" escaped.
OPENING = f'<div class="{MARK}" data-'
DIV = re.compile(r"<div( [^>]*)>")
DIV_TAG = re.compile(r"<(/?)div\b([^>]*)>")
TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
VOID = frozenset(["br", "col", "hr", "img"])
# What a passage may lie in. In a heading, a link or a line it could be neither folded nor skipped.
PLACES = frozenset({
    "blockquote", "center", "dd", "details", "div", "dl", "li", "ol", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip


class PassageRefused(ArchiveError):
    """Something about a passage or its note."""


class SaysNothing(PassageRefused):
    """A passage whose note neither names a warning nor has words of its own."""

    def __init__(self) -> None:
        super().__init__(
            _("A passage says what happens in it, but not what it warns of. Please name a warning or use your own words.")
        )


class NoteRefused(PassageRefused):
    """A note with characters that cannot be read, or too many."""

    def __init__(self, refusal: "LineRefused") -> None:
        super().__init__(format_lazy(_("The note on a passage cannot be kept as it is. {sentence}"), sentence=refusal.sentence))


class WithinAnother(PassageRefused):
    """A passage inside a passage."""

    def __init__(self, inner: "Passage", outer: "Passage") -> None:
        super().__init__(
            format_lazy(
                _("The passage marked “{inner}” begins before the one marked “{outer}” has ended. Please end that one first."),
                inner=inner.words,
                outer=outer.words,
            )
        )


class BadlyPlaced(PassageRefused):
    """A passage inside something that holds only words."""

    def __init__(self, passage: "Passage") -> None:
        super().__init__(
            format_lazy(
                _("The passage marked “{passage}” begins inside a heading or a line. Please let it lie between paragraphs."),
                passage=passage.words,
            )
        )


class TooManyPassages(PassageRefused):
    """More passages than a chapter may have."""

    def __init__(self) -> None:
        super().__init__(format_lazy(_("A chapter can have {most} marked passages. Please join some of them."), most=MOST_PASSAGES))


@dataclass(frozen=True, slots=True)
class Passage:
    """What an author says of a passage."""

    warnings: tuple[str, ...] = ()
    note: str = ""
    gist: str = ""

    @property
    def words(self) -> str:
        """What it warns of, in one line."""
        return ": ".join(filter(None, [", ".join(self.warnings), self.note]))

    @classmethod
    def of(cls, attributes: str) -> "Passage":
        """Read the attributes of a clean tag."""
        found = soup.attributes_of(attributes)
        return cls(names_in(found.get(WARNING, "")), found.get(NOTE, ""), found.get(GIST, ""))

    def tag(self) -> str:
        """Answer the start tag that says this."""
        values = {WARNING: ", ".join(self.warnings), NOTE: self.note, GIST: self.gist}
        return written("div", {"class": MARK} | {name: value for name, value in values.items() if value})


def names_in(value: str) -> tuple[str, ...]:
    """The names in an attribute, each once."""
    return tuple(dict.fromkeys(filter(None, (" ".join(name.split()) for name in value.split(",")))))


def written(name: str, attributes: dict[str, str]) -> str:
    """A start tag, escaped as nh3 escapes it."""
    escaped = {
        name: html.escape(value, quote=False).replace("\xa0", "&nbsp;").replace('"', "&quot;") for name, value in attributes.items()
    }
    return f"<{' '.join([name, *(f'{one}="{value}"' for one, value in escaped.items())])}>"


def settle(made: str) -> str:
    """What nh3 made, with every passage's tag in its one clean form; any other div loses what only passages have."""
    if MARK not in made and " data-" not in made:
        return made
    return DIV.sub(_settled, made)


def _settled(tag: re.Match[str]) -> str:
    attributes = soup.attributes_of(tag[1])
    classes = attributes.get("class", "").split()
    said = {name: attributes.pop(name) for name in LONGEST if name in attributes}
    if MARK not in classes:
        return written("div", attributes) if said else tag[0]
    said = {name: line for name, value in said.items() if (line := _line(name, value))}
    attributes["class"] = " ".join(one for one in classes if one != MARK)
    if not said:
        return written("div", {name: value for name, value in attributes.items() if value or name != "class"})
    if not (said.get(WARNING) or said.get(NOTE)):
        raise SaysNothing
    del attributes["class"]
    return written("div", {"class": MARK} | {name: said[name] for name in LONGEST if name in said} | attributes)


def _line(name: str, value: str) -> str:
    """One attribute as it is kept; raises `NoteRefused`."""
    if name == WARNING:
        value = ", ".join(names_in(value))
    try:
        return lines.one_line(value, longest=LONGEST[name]) if value.strip() else ""
    except lines.LineRefused as refusal:
        raise NoteRefused(refusal) from refusal


def refuse_misplaced(clean: str) -> None:
    """Raise where a passage lies in another or where there is no place for one, or where there are too many."""
    if OPENING not in clean:
        return
    if clean.count(OPENING) > MOST_PASSAGES:
        raise TooManyPassages
    opened: list[tuple[str, Passage | None]] = []
    for tag in TAG.finditer(clean):
        name = tag[2]
        if tag[1]:
            opened.pop()
        elif name not in VOID:
            passage = Passage.of(tag[0]) if tag[0].startswith(OPENING) else None
            if passage:
                _refuse_place(passage, opened)
            opened.append((name, passage))


def _refuse_place(passage: Passage, opened: list[tuple[str, Passage | None]]) -> None:
    if outer := next((one for _name, one in opened if one), None):
        raise WithinAnother(passage, outer)
    if any(name not in PLACES for name, _passage in opened):
        raise BadlyPlaced(passage)


def passages_in(clean: str) -> list[Passage]:
    """The passages of clean HTML, in order."""
    found: list[Passage] = []

    def keep(_number: int, passage: Passage) -> tuple[str, str]:
        found.append(passage)
        return "", ""

    rewritten(clean, keep)
    return found


def rewritten(clean: str, write: Callable[[int, Passage], tuple[str, str]]) -> str:
    """Clean HTML with something else for the two tags of each passage.

    `write` answers the two for its number, from 1, and for what it says. It costs a search where there is none, and
    otherwise the length of what the passages hold.
    """
    pieces: list[str] = []
    position = number = 0
    while (start := clean.find(OPENING, position)) >= 0:
        number += 1
        depth, after, end = 0, start, ""
        for tag in DIV_TAG.finditer(clean, start):
            depth += -1 if tag[1] else 1
            if tag.start() == start:
                begin, end = write(number, Passage.of(tag[2]))
                pieces += [clean[position:start], begin]
                after = tag.end()
            if not depth:
                pieces += [clean[after : tag.start()], end]
                position = tag.end()
                break
    return "".join([*pieces, clean[position:]]) if pieces else clean
