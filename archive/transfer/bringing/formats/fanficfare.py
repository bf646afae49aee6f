"""Files that FanFicFare has made, in HTML and EPUB: a title page of labels, then chapters with headings of their own."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.tags.models import CATEGORY, CHARACTER, FANDOM, FREEFORM, RATING, RELATIONSHIP, WARNING
from archive.transfer.bringing import markup, sources
from archive.transfer.bringing.brought import Brought, BroughtChapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from archive.transfer.bringing.markup import Markup

KINDS = {
    "fandom": FANDOM, "fandoms": FANDOM, "relationship": RELATIONSHIP, "relationships": RELATIONSHIP, "pairing": RELATIONSHIP,
    "pairings": RELATIONSHIP, "character": CHARACTER, "characters": CHARACTER, "rating": RATING, "warning": WARNING,
    "warnings": WARNING, "archive warnings": WARNING, "genre": FREEFORM, "genres": FREEFORM, "additional tags": FREEFORM,
    "freeform tags": FREEFORM, "ao3 categories": CATEGORY, "categories": FANDOM, "category": FANDOM,
}  # fmt: skip
CATEGORY_NAMES = frozenset(["f/f", "f/m", "m/m", "gen", "multi", "other"])
TITLE = re.compile(r"(?P<title>.+?)\s+by\s+(?P<by>.+)", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"^(?:chapter\s+)?\d+\s*[.:]\s+(?=\S)", re.IGNORECASE)
SERIES = re.compile(r"(?P<title>.+?)\s*\[(?P<place>\d{1,4})\]\s*")
ALIKE = frozenset(["chapter", "chapters"])


@dataclass
class TitlePage:
    """What a title page says."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    summary: str = ""
    source: str = ""

    def tags(self) -> dict[str, tuple[str, ...]]:
        """Answer the names, kind by kind."""
        found: dict[str, list[str]] = {}
        for label, names in self.said.items():
            if label in KINDS:
                for name in names:
                    kind = CATEGORY if KINDS[label] in {FANDOM, FREEFORM} and name.lower() in CATEGORY_NAMES else KINDS[label]
                    if name not in found.setdefault(kind, []):
                        found[kind].append(name)
        taken = {name for kind, names in found.items() if kind != FREEFORM for name in names}
        return {kind: tuple(one for one in names if kind != FREEFORM or one not in taken) for kind, names in found.items()}

    def one(self, *labels: str) -> str:
        """Answer what stands behind the first of these labels that is there."""
        return next((", ".join(self.said[label]) for label in labels if label in self.said), "")

    def brought(self, chapters: Sequence[BroughtChapter], *, named: str, source: str = "") -> Brought:
        """Answer the work."""
        place = SERIES.fullmatch(self.one("series"))
        is_done = self.one("status").lower() in {"completed", "complete"}
        return Brought(
            format=named, chapters=tuple(chapters), title=self.title, authors=tuple(self.authors), tags=self.tags(),
            language=self.one("language"), summary=self.summary, published=day(self.one("published")),
            updated=day(self.one("updated", "completed")), expected_chapters=len(chapters) if is_done else None,
            series=((place["title"], int(place["place"])),) if place else (), source=self.source or source,
        )  # fmt: skip


def is_one(document: Markup) -> bool:
    """Whether an HTML file is FanFicFare's."""
    return document.find(".fff_chapter_title") is not None


def read(document: Markup) -> Brought:
    """What an HTML file says: its head, a table of labels, a table of contents, then chapters."""
    before: list[LexborNode] = []
    chapters: list[BroughtChapter] = []
    title, written = "", [""]
    for node in document.body.iter(include_text=True) if document.body is not None else ():
        heading = (
            node
            if "fff_chapter_title" in markup.classes(node)
            else node.css_first(".fff_chapter_title")
            if node.tag != "-text"
            else None
        )
        if heading is None:
            if title:
                written.append(node.html or "")
            else:
                before.append(node)
            continue
        if title:
            chapters.append(BroughtChapter("".join(written).strip(), chapter_title(title)))
        title, written = markup.text_of(heading) or "?", [""]
    if title:
        chapters.append(BroughtChapter("".join(written).strip(), chapter_title(title)))
    return title_page(before).brought([undecorated(chapter) for chapter in chapters], named="FanFicFare HTML")


def chapter_title(written: str) -> str:
    """The title without the number that is put before it."""
    title = NUMBER.sub("", written)
    return "" if re.fullmatch(r"(?:chapter\s+)?\d+\.?", title, re.IGNORECASE) else title


def undecorated(chapter: BroughtChapter) -> BroughtChapter:
    """The chapter with its notes in their own places, where they are marked as such."""
    if "fff_chapter_notes" not in chapter.text:
        return chapter
    document = markup.Markup(chapter.text)
    notes = [(node, "foot" in " ".join(markup.classes(node))) for node in document.all(".fff_chapter_notes")]
    before = "".join(markup.inside(node) for node, is_behind in notes if not is_behind)
    after = "".join(markup.inside(node) for node, is_behind in notes if is_behind)
    for node, _is_behind in notes:
        node.decompose()
    text = markup.inside(document.body) if document.body is not None else ""
    return BroughtChapter(text, chapter.title, notes=before, endnotes=after)


def title_page(nodes: Sequence[LexborNode]) -> TitlePage:
    """What the nodes of a title page say."""
    page = TitlePage()
    for node in nodes:
        if node.tag == "-text":
            continue
        for heading in [node] if node.tag in {"h1", "h3"} else node.css("h1, h3")[:1]:
            _take_heading(page, heading)
        for label, value, words in _pairs(node):
            if label == "summary":
                page.summary = value
            elif label == "story url":
                page.source = sources.known_by(words)
            elif label:
                page.said.setdefault(label, []).extend(
                    [words] if label in ALIKE else [one.strip() for one in words.split(", ") if one.strip()]
                )
    return page


def _take_heading(page: TitlePage, heading: LexborNode) -> None:
    if page.title:
        return
    links = heading.css("a")
    found = TITLE.fullmatch(markup.text_of(heading))
    if links:
        page.title = markup.text_of(links[0])
        page.source = sources.known_by(links[0].attributes.get("href") or "")
        page.authors = [name for link in links[1:] if (name := markup.text_of(link))]
    elif found:
        page.title = found["title"]
    if found and not page.authors:
        page.authors = [name.strip() for name in found["by"].split(",")]


def _pairs(node: LexborNode) -> Iterator[tuple[str, str, str]]:
    """Labels, each with the markup and the words behind it: in the cells of a table, or up to the next label."""
    for label in node.css("b"):
        words = markup.text_of(label)
        if not words.endswith(":"):
            continue
        cell = label.parent
        behind = cell.next if cell is not None and cell.tag == "td" else None
        while behind is not None and behind.tag != "td":
            behind = behind.next
        if behind is not None:
            yield words[:-1].lower(), markup.inside(behind), markup.text_of(behind)
            continue
        html, said = [], []
        after = label.next
        while after is not None and after.tag != "b":
            if after.tag != "br":
                html.append(after.html or "")
                said.append(after.text(deep=True))
            after = after.next
        yield words[:-1].lower(), "".join(html).strip(), markup.words_of(" ".join(said))


def day(written: str) -> dt.date | None:
    """A day as FanFicFare writes it, whatever stands behind it."""
    try:
        return dt.date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None
