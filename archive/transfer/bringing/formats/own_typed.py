"""What this software itself writes as plain text and as Markdown: told by all of its shape, and read part by part.

A file that is anything else, or that somebody has changed past its shape, is no such file: it is read like all other texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, override

from django.utils.translation import gettext as _

from archive.tags.models import WARNING
from archive.text import untyping
from archive.text.old_stories.reading import evenly
from archive.transfer import headings
from archive.transfer.bringing import sources
from archive.transfer.bringing.brought import Brought, BroughtChapter
from archive.transfer.bringing.formats import ao3

if TYPE_CHECKING:
    from archive.text.decoding import Decoded

PART = re.compile(r"part\s+(?P<number>\d{1,5})\s+of\s+(?P<title>.+)", re.IGNORECASE)
MARKED_FIELD = re.compile(r"\*\*(?P<label>[^*]+):\*\* (?P<value>.*)")
OF_WORK = (headings.BEFORE, headings.CONTENT_NOTES, headings.ABOUT, headings.SUMMARY, headings.NOTES)
BEFORE_TEXT = (headings.CONTENT_NOTES, headings.CHAPTER_SUMMARY, headings.CHAPTER_NOTES, headings.TEXT)
CHAPTER = re.compile(rf"{headings.CHAPTER} (?P<number>\d{{1,6}})(?:: (?P<title>.*))?")


class Heading(NamedTuple):
    """A heading, and how many lines it takes up."""

    words: str
    lines: int


class Field(NamedTuple):
    """What a line says, and of what."""

    label: str
    value: str


class Plain:
    """A file of plain text: its headings are underlined."""

    name = "Lamplight text"

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def heading(self, place: int) -> Heading | None:
        """The heading that begins in a line."""
        words, under = self.lines[place], self.lines[place + 1] if place + 1 < len(self.lines) else ""
        is_one = words and under == headings.line_under(words, "=" if place == 0 else "-")
        return Heading(words, 2) if is_one and (not place or not self.lines[place - 1]) else None

    def line(self, written: str) -> str:
        """The words of a line that is no text."""
        return written.strip()

    def field(self, written: str) -> Field | None:
        """What a line says that is a field."""
        label, colon, value = written.partition(": ")
        return Field(label, value.strip()) if colon else None

    def html(self, written: str) -> str:
        """The HTML of a text."""
        return untyping.of_plain(written)


class Markdown(Plain):
    """A file in Markdown: its headings are of the second order, and within a chapter of the third."""

    name = "Lamplight Markdown"

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.verbatim = untyping.fenced(lines)

    @override
    def heading(self, place: int) -> Heading | None:
        sign, _space, words = self.lines[place].partition(" ")
        if place in self.verbatim or (sign != "#" if place == 0 else sign not in {"##", "###"}):
            return None
        if place and words.endswith(f" {sign}"):  # closed, as `typed` closes those of a text
            return None
        return Heading(untyping.unmarked(words.strip()), 1)

    @override
    def line(self, written: str) -> str:
        return untyping.unmarked(written.strip())

    @override
    def field(self, written: str) -> Field | None:
        found = MARKED_FIELD.fullmatch(written)
        return Field(untyping.unmarked(found["label"]), untyping.unmarked(found["value"].strip())) if found else None

    @override
    def html(self, written: str) -> str:
        return untyping.of_markdown(written)


@dataclass
class Part:
    """A heading with the lines under it."""

    name: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands under the heading."""
        return "\n".join(self.lines)


@dataclass
class Chapter:
    """A chapter: what stands right under its own heading, and its parts. Without a heading it is all that a work has."""

    title: str
    head: Part
    parts: list[Part] = field(default_factory=list)

    @property
    def has_begun(self) -> bool:
        """Whether its words are reached: what looks like a heading of what stands before them is theirs."""
        return self.head.name == headings.TEXT or any(part.name == headings.TEXT for part in self.parts)

    @property
    def is_whole(self) -> bool:
        """Whether it says where its words begin, if something stands before them."""
        return self.has_begun or not any(part.name in BEFORE_TEXT for part in self.parts)


def read(decoded: Decoded) -> Brought | None:
    """What a file of ours says; None of any other."""
    lines = evenly(decoded.text).rstrip().split("\n")
    for kind in (Plain, Markdown):
        if (first := kind(lines[:2]).heading(0)) and (address := _address(kind([]).line(lines[-1]))):
            brought = _Reading(kind(lines), address).read(first)
            return replace(brought, decoded=decoded) if brought else None
    return None


def _address(last: str) -> str:
    """The address of the work that a last line names, where it is one."""
    address = last.removeprefix(headings.NEWER)
    return address if address != last and ao3.WORK_LINK.search(address) and sources.known_by(address) else ""


class _Reading:
    """One walk over such a file."""

    def __init__(self, typed: Plain, address: str) -> None:
        self.typed = typed
        self.address = address
        self.parts: list[Part] = []
        self.chapters: list[Chapter] = []
        self.is_behind = False

    def read(self, title: Heading) -> Brought | None:
        """What the file says, if all of it is as we write it."""
        self.part(title)
        about = self.words(headings.ABOUT)
        fields = [found for line in about.split("\n") if (found := self.typed.field(line))]
        said = next((one.value for one in fields if one.label == headings.SOURCE), "")
        names = [part.name for part in self.parts]
        is_ours = headings.BEFORE in names and self.is_behind and said.endswith(f", {self.address}")
        if not (is_ours and all(chapter.is_whole for chapter in self.chapters)):
            return None
        chapters = tuple(map(self.chapter, self.chapters))
        return self.told(title.words, fields, chapters) if all(chapter.text for chapter in chapters) else None

    def part(self, title: Heading) -> None:
        """Part the lines by the headings that can stand where they stand; every other one is of the text that it is in."""
        lines = self.typed.lines
        place, part = title.lines, Part("")
        self.parts.append(part)
        while place < len(lines) - 1:  # the last says where a newer version is
            heading = self.typed.heading(place)
            if heading and (begun := self.begun(heading.words)):
                part = begun
                place += heading.lines
            else:
                part.lines.append(lines[place])
                place += 1

    def begun(self, name: str) -> Part | None:
        """The part that a heading of this name begins here, if it does."""
        part = Part(name)
        last = self.chapters[-1] if self.chapters else None
        if self.is_behind:
            if name != headings.END_NOTES:
                return None
            self.parts.append(part)
        elif name == headings.AFTERWORD and last:
            self.is_behind = True
            self.parts.append(part)
        elif (found := CHAPTER.fullmatch(name)) and int(found["number"]) == len(self.chapters) + 1:
            self.chapters.append(Chapter(found["title"] or "", part))
        elif last is None and name == headings.TEXT:
            self.chapters.append(Chapter("", part))
        elif last is None and name in OF_WORK:
            self.parts.append(part)
        elif last and (name == headings.CHAPTER_END_NOTES or (name in BEFORE_TEXT and not last.has_begun)):
            last.parts.append(part)
        else:
            return None
        return part

    def words(self, name: str) -> str:
        """What stands under the headings of this name."""
        return "\n\n".join(part.text for part in self.parts if part.name == name)

    def html(self, name: str) -> str:
        """The HTML of what stands under them."""
        return "\n".join(self.typed.html(part.text) for part in self.parts if part.name == name)

    def chapter(self, chapter: Chapter) -> BroughtChapter:
        """What a chapter says. Where something stands before its words, these have a heading of their own."""
        under: dict[str, str] = {}
        for part in chapter.parts:
            under[part.name] = f"{under[part.name]}\n\n{part.text}" if part.name in under else part.text
        text, before = under.get(headings.TEXT, chapter.head.text), chapter.head.lines if headings.TEXT in under else []
        warned = [found.value for line in before if (found := self.typed.field(line)) and found.label == headings.IN_CHAPTER]
        notes = {name: self.typed.html(words) for name, words in under.items() if name != headings.TEXT}
        return BroughtChapter(
            self.typed.html(text),
            title=chapter.title,
            summary=notes.get(headings.CHAPTER_SUMMARY, ""),
            notes=notes.get(headings.CHAPTER_NOTES, ""),
            endnotes=notes.get(headings.CHAPTER_END_NOTES, ""),
            warnings=tuple(name for value in warned for name in value.split(", ")),
            content_notes=notes.get(headings.CONTENT_NOTES, ""),
        )

    def told(self, title: str, fields: list[Field], chapters: tuple[BroughtChapter, ...]) -> Brought:
        """All that the file says."""
        stats = next((one.value for one in fields if one.label == headings.STATS), "")
        expected, dates = ao3.stats_in(stats)
        byline = self.typed.line(next((line for line in self.parts[0].lines if line), ""))
        tags = {
            kind: tuple(one.value.split(", ")) for one in fields if one.value and (kind := ao3.kind_labelled(one.label.lower()))
        }
        brought = Brought(
            format=self.typed.name,
            chapters=chapters,
            title=title,
            authors=tuple(filter(None, byline.removeprefix(headings.BY.strip()).strip().split(", "))),
            tags=tags,
            language=next((one.value for one in fields if one.label == headings.LANGUAGE), ""),
            summary=self.html(headings.SUMMARY),
            notes=self.html(headings.NOTES),
            endnotes=self.html(headings.END_NOTES),
            content_notes=self.html(headings.CONTENT_NOTES),
            published=dates.get("published"),
            updated=dates.get("completed") or dates.get("updated"),
            expected_chapters=expected if "chapters" in dates else None,
            series=tuple(
                (found["title"], int(found["number"]))
                for one in fields
                if one.label == headings.SERIES and (found := PART.fullmatch(one.value))
            ),
            source=sources.known_by(self.address),
        )
        if WARNING in tags:
            return brought
        return replace(brought, remarks=(_("The file does not say which warnings the work has. Please choose them."),))
