"""AO3's downloads in HTML, of every generation since 2012; what has come of them in an EPUB is laid out alike first.

Labels are told by their stems, since they were singular and plural, and addresses with both schemes.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.tags.models import CATEGORY, CHARACTER, FANDOM, FREEFORM, RATING, RELATIONSHIP, WARNING
from archive.transfer.bringing import markup, sources
from archive.transfer.bringing.brought import Brought, BroughtChapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from archive.transfer.bringing.markup import Markup

STEMS = {
    "rating": RATING,
    "archive warning": WARNING,
    "categor": CATEGORY,
    "fandom": FANDOM,
    "relationship": RELATIONSHIP,
    "character": CHARACTER,
    "additional tag": FREEFORM,
}
WORK_LINK = re.compile(r"/works/\d+(?:/chapters/\d+)?/?(?:[?#].*)?$")
STATS = re.compile(r"(?P<label>Published|Updated|Completed|Chapters)\s*:\s*(?P<value>[\d?/,.-]+)", re.IGNORECASE)
CHAPTER = re.compile(r"chapter\s+\d+\s*(?::\s*(?P<title>.*))?", re.IGNORECASE | re.DOTALL)
PART = re.compile(r"part\s+(?P<number>\d{1,5})\s+of\s*$", re.IGNORECASE)
ADVISORIES = frozenset(["advisory", "chapter-advisory"])
BLOCKS = frozenset(["p", "blockquote", "dl", "h1", "h2", "h3", "ul"])


def is_one(document: Markup) -> bool:
    """Whether a document is laid out as AO3's downloads are."""
    return document.find("#chapters") is not None and work_address(document) != ""


def work_address(document: Markup) -> str:
    """The address of the work that the line above it names."""
    links = [link for message in document.all("p.message")[:2] for link in message.css("a")]
    written = [link.attributes.get("href") or "" for link in links]
    return next((address for one in written if WORK_LINK.search(one) and (address := sources.known_by(one))), "")


def read(document: Markup, *, named: str = "AO3 HTML") -> Brought:
    """What a download says."""
    front, back = _Front(), _Back()
    chapters: list[_Chapter] = []
    place = "front"
    for node in _parts(document):
        if node.attributes.get("id") == "chapters":
            chapters, place = list(_chapters(node)), "back"
        else:
            (front if place == "front" else back).look(node)
    expected, dates = stats_in(front.stats)
    return Brought(
        format=named,
        chapters=tuple(chapter.brought() for chapter in chapters),
        title=front.title or front.message_title,
        authors=tuple(front.authors),
        tags={kind: tuple(names) for kind, names in front.tags.items() if names},
        language=front.language,
        summary=front.summary,
        notes=front.notes,
        endnotes=back.endnotes,
        published=dates.get("published"),
        updated=dates.get("completed") or dates.get("updated"),
        expected_chapters=expected if "chapters" in dates or len(chapters) <= 1 else None,
        series=tuple(front.series),
        source=work_address(document),
        remarks=(*front.remarks, *back.remarks),
    )


def _parts(document: Markup) -> Iterator[LexborNode]:
    """The preface, the chapters and the afterword, or what lies before and behind the chapters where these have no names."""
    for node in document.body.iter() if document.body is not None else ():
        name = node.attributes.get("id")
        if name in {"preface", "chapters", "afterword"} or node.css_first("#chapters") is None:
            yield node
        else:  # one more element round all
            yield from node.iter()


def blocks(node: LexborNode) -> Iterator[LexborNode]:
    """The blocks of a head in order, whatever lies round them; an advisory says nothing that the tags do not."""
    if ADVISORIES.intersection(markup.classes(node)):
        return
    if node.tag in BLOCKS or "byline" in markup.classes(node):
        yield node
        return
    for child in node.iter():
        yield from blocks(child)


@dataclass
class _Labelled:
    """Blocks that stand behind a line which says what they are."""

    label: str = ""

    def look(self, node: LexborNode) -> None:
        for block in blocks(node):
            self.block(block)

    def block(self, block: LexborNode) -> None:
        raise NotImplementedError

    def value_of(self, block: LexborNode) -> str:
        """The label's name where the block is what belongs to it; a paragraph becomes the next label."""
        if block.tag == "p":
            self.label = markup.text_of(block).rstrip(":").lower()
            return ""
        label, self.label = self.label, ""
        return label if block.tag == "blockquote" else ""


@dataclass
class _Front(_Labelled):
    title: str = ""
    message_title: str = ""
    authors: list[str] = field(default_factory=list)
    tags: dict[str, list[str]] = field(default_factory=dict)
    language: str = ""
    series: list[tuple[str, int | None]] = field(default_factory=list)
    stats: str = ""
    summary: str = ""
    notes: str = ""
    remarks: list[str] = field(default_factory=list)

    def block(self, block: LexborNode) -> None:
        if block.tag == "p" and "message" in markup.classes(block):
            self.message_title = markup.text_of(block.css_first("b"))
        elif block.tag == "h1":
            self.title = markup.text_of(block)
        elif "byline" in markup.classes(block):
            self.authors = authors_of(block)
        elif block.tag == "dl":
            self.list_of_tags(block)
        elif block.tag == "ul":
            self.remarks += [_("The file says: %(words)s") % {"words": markup.text_of(item)} for item in block.css("li")]
        elif label := self.value_of(block):
            if label == "summary":
                self.summary = markup.inside(block)
            elif label == "notes":
                self.notes = markup.inside(block)

    def list_of_tags(self, block: LexborNode) -> None:
        label = ""
        for node in block.css("dt, dd"):
            if node.tag == "dt":
                label = markup.text_of(node).rstrip(":").lower()
            else:
                self.listed(label, node)

    def listed(self, label: str, node: LexborNode) -> None:
        kind = kind_labelled(label)
        if kind:
            self.tags.setdefault(kind, []).extend(names_in(node))
        elif label.startswith("language"):
            self.language = markup.text_of(node)
        elif label.startswith("series"):
            self.series += list(series_in(node))
        elif label.startswith("stats"):
            self.stats += markup.text_of(node)
        elif label.startswith("collection"):
            self.remarks.append(_("It was in these collections: %(words)s") % {"words": ", ".join(names_in(node))})


@dataclass
class _Back(_Labelled):
    endnotes: str = ""
    remarks: list[str] = field(default_factory=list)

    def block(self, block: LexborNode) -> None:
        if block.tag == "dl":
            self.remarks.append(_("The file says: %(words)s") % {"words": markup.text_of(block)})
        elif self.value_of(block) in {"end notes", "notes"}:
            self.endnotes = markup.inside(block)


@dataclass
class _Chapter(_Labelled):
    title: str = ""
    summary: str = ""
    notes: str = ""
    endnotes: str = ""
    written: list[str] = field(default_factory=list)

    def block(self, block: LexborNode) -> None:
        if block.tag == "h2":
            self.title = title_in(markup.text_of(block))
        elif label := self.value_of(block):
            if label.endswith("summary"):
                self.summary = markup.inside(block)
            elif label.endswith("end notes"):
                self.endnotes = markup.inside(block)
            elif label.endswith("notes"):
                self.notes = markup.inside(block)

    def brought(self) -> BroughtChapter:
        return BroughtChapter("\n".join(self.written).strip(), self.title, self.summary, self.notes, self.endnotes)


def _chapters(holder: LexborNode) -> Iterator[_Chapter]:
    """The chapters in order: what has a heading of its own begins one, and what is neither head nor end is text."""
    chapter = _Chapter()
    has_begun = False
    for node in markup.children(holder):
        if is_chapter_head(node):
            if has_begun:
                yield chapter
            chapter, has_begun = _Chapter(), True
            chapter.look(node)
        elif node.tag == "div" and (node.attributes.get("id") or "").startswith("endnotes"):
            chapter.look(node)
        elif is_title(node) or (node.tag == "-text" and not markup.text_of(node)):
            continue
        else:
            has_begun = True
            chapter.written.append(markup.inside(node) if "userstuff" in markup.classes(node) else (node.html or ""))
    if has_begun:
        yield chapter


def is_chapter_head(node: LexborNode) -> bool:
    """Whether an element begins a chapter."""
    if node.tag == "h2" and "heading" in markup.classes(node):
        return CHAPTER.fullmatch(markup.text_of(node)) is not None
    return node.tag == "div" and "meta" in markup.classes(node) and node.css_first("h2.heading") is not None


def is_title(node: LexborNode) -> bool:
    """Whether an element is the work's title over its one text, alone or in the box of a head."""
    return "toc-heading" in markup.classes(node) or (
        "meta" in markup.classes(node) and node.css_first("h2.toc-heading") is not None
    )


def title_in(heading: str) -> str:
    """The title in "Chapter 2: The Lamp"; nothing where there is only the number."""
    found = CHAPTER.fullmatch(heading)
    return (found["title"] or "").strip() if found else heading


def authors_of(byline: LexborNode) -> list[str]:
    """The names under a title."""
    linked = [markup.text_of(link) for link in byline.css("a")]
    if linked:
        return linked
    words = re.sub(r"^by\s+", "", markup.text_of(byline), flags=re.IGNORECASE)
    return [name.strip() for name in words.split(",") if name.strip()]


def names_in(node: LexborNode) -> list[str]:
    """The names that stand in a list: those of its links, or what stands between commas."""
    links = [markup.text_of(link) for link in node.css("a")]
    return [name for name in links or markup.text_of(node).split(", ") if name]


def series_in(node: LexborNode) -> Iterator[tuple[str, int | None]]:
    """The series, each with the work's place in it."""
    before = ""
    for child in markup.children(node):
        links = [child] if child.tag == "a" else child.css("a")
        if not links:
            before = child.text(deep=True)
        for link in links:
            found = PART.search(before.strip())
            yield markup.text_of(link), int(found["number"]) if found else None


def kind_labelled(label: str) -> str:
    """The code of the kind of tags that a label names, in lower case; nothing for other labels."""
    return next((code for stem, code in STEMS.items() if label.startswith(stem)), "")


def stats_in(text: str) -> tuple[int | None, dict[str, dt.date | None]]:
    """How many chapters were promised, and the dates by their labels."""
    expected: int | None = 1
    dates: dict[str, dt.date | None] = {}
    for found in STATS.finditer(text):
        label = found["label"].lower()
        dates[label] = date_in(found["value"])
        if label == "chapters":
            promised = found["value"].replace(",", "").partition("/")[2]
            expected = int(promised) if promised.isdecimal() and len(promised) < len("100000") else None
    return expected, dates


def date_in(written: str) -> dt.date | None:
    """A day as downloads write it."""
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError:
        return None
