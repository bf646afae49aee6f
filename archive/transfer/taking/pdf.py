"""A work on paper: a tagged PDF, set by Typst.

Typst comes in a wheel and needs nothing of the system; it sets 180,000 words in seconds where others need half a minute.
It is given data, never markup. It asks nobody for anything: images are described and linked to.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from archive.text.footnotes import link_footnotes
from archive.text.plain import plain_text
from archive.text.runs import blocks_of, breakable
from archive.transfer.taking import epub
from archive.transfer.taking.typed_files import WAY_PAST

if TYPE_CHECKING:
    from archive.reading.pages import OpenChapter
    from archive.text.runs import Block
    from archive.transfer.taking.books import Book

TEMPLATE = Path(__file__).parent / "styles" / "book.typ"
PROGRAM = Path(__file__).parent / "typesetting.py"
SECONDS = 300
MOST_WORDS = 300_000  # 180,000 take some 400 megabytes while they are set
type Part = dict[str, object]

LONGEST_LANGUAGE = 3  # letters of what Typst takes for a language


def write(book: Book, file: IO[bytes]) -> None:
    """Write a work. Raises `opening.ChangedMeanwhile`."""
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / "book.typ")
        (folder / "book.json").write_text(json.dumps(told_of(book), ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-I", str(PROGRAM), name, "book"]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own words
        with (folder / "book.pdf").open("rb") as made:
            shutil.copyfileobj(made, file)


def told_of(book: Book) -> Part:
    """Answer all that is set."""
    work = book.work
    parts: list[Part] = [
        {"kind": "advisory", "heading": _("Before you read"), "name": "before-", "notes": [], "blocks": [], "endnotes": []}
    ]
    parts[0]["notes"] = notes_of(book, ("Summary", work.summary), ("Notes", work.notes))
    hidden = [(_("About the whole work"), "notes-work", note) for note in book.content_notes]
    ways = [{"to": "notes-work", "words": _("What the author says about it")}] if hidden else []
    parts[0]["ways"] = ways[:1]
    for entry in book.chapters():
        parts.append(chapter_of(book, entry))
        if entry.content_notes:
            hidden.append((breakable(epub.heading_of(book, entry)), f"notes-{entry.number}", entry.content_notes))
    if work.endnotes:
        parts.append(part_of("Afterword", "after-", notes=notes_of(book, ("End Notes", work.endnotes))))
    if hidden:
        told: list[Part] = [{"heading": heading, "name": name, "blocks": blocks(book, note)} for heading, name, note in hidden]
        parts.append(part_of(_("What the author says about it"), "notes-", notes=told))
    language = (book.language or "en").split("-")[0]
    return {
        "title": book.title,
        "shown": breakable(book.title),
        "authors": book.bylines,
        "byline": _("by %(names)s") % {"names": ", ".join(book.bylines)},
        "subjects": epub.subjects(book),
        "description": plain_text(work.summary) or book.title,
        "lang": language if len(language) <= LONGEST_LANGUAGE else "en",
        "rtl": book.direction == "rtl",
        "around": {"lang": (get_language() or "en").split("-")[0], "rtl": get_language_bidi()},
        "url": book.url,
        "about": _("About this work"),
        "sayings": [{"term": saying.term, "sentence": saying.sentence} for saying in book.sayings()],
        "facts": facts_of(book),
        "parts": parts,
    }


def facts_of(book: Book) -> list[dict[str, str]]:
    """Answer the tags and numbers, each under its label."""
    said = [(group.label, ", ".join(tag.name for tag in group.tags) or _("This work has warnings.")) for group in book.groups]
    said.append(("Language", book.work.language.name if book.work.language else ""))
    if book.work.places:
        said.append(("Series", ", ".join(f"Part {place.position} of {place.title}" for place in book.work.places)))
    said += [(one.label, one.title) for one in book.associations]
    said += [("Stats", book.stats), (_("Posted originally on"), book.archive)]
    return [{"label": label, "value": breakable(value)} for label, value in said]


def chapter_of(book: Book, entry: OpenChapter) -> Part:
    """Answer a chapter, what it warns of first."""
    told = entry.chapter
    text, endnotes = link_footnotes(entry.html, told.endnotes, name="note")
    part = part_of(epub.heading_of(book, entry), f"chapter-{entry.number}-", blocks=blocks(book, text))
    if not book.is_chaptered:
        return part
    part["notes"] = notes_of(book, ("Chapter Summary", told.summary), ("Chapter Notes", told.notes))
    part["endnotes"] = notes_of(book, ("Chapter End Notes", endnotes))
    warnings = [_("This chapter has warnings of its own.")] if entry.hides_warnings else []
    if entry.warnings:
        warnings.append(f"{_('In this chapter:')} {', '.join(tag.name for tag in entry.warnings)}")
    part["warnings"] = warnings
    if entry.content_notes:
        part["way"] = {"to": f"notes-{entry.number}", "words": _("What the author says about it")}
    return part


def part_of(heading: str, name: str, *, notes: list[Part] | None = None, blocks: list[Block] | None = None) -> Part:
    """Answer a part of the book, which begins on a page of its own."""
    shown = breakable(heading)
    return {"kind": "part", "heading": shown, "name": name, "notes": notes or [], "blocks": blocks or [], "endnotes": []}


def notes_of(book: Book, *parts: tuple[str, str]) -> list[Part]:
    """Answer what stands round a text, each under its name."""
    return [{"heading": name, "blocks": blocks(book, html)} for name, html in parts if html]


def blocks(book: Book, clean: str) -> list[Block]:
    """Answer the blocks of some HTML."""
    return blocks_of(WAY_PAST.sub("", clean), site=book.site)
