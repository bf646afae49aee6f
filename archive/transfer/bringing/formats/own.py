"""What this software itself writes: HTML laid out as AO3's with the advisory before it, and EPUBs of the same parts in pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.text import images
from archive.transfer.bringing import markup
from archive.transfer.bringing.formats import ao3
from archive.transfer.bringing.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from archive.transfer.bringing.brought import Brought

NOTES = ".content-notes-text"
NOTES_PAGE = "section[id^='work'], section[id^='chapter']"
SIDES = frozenset(["left", "right", "center", "justify"])
INLINE = frozenset(["acronym", "big", "del", "ins", "s", "strike", "tt", "u"])
NOTE_MARK = "#chapters a.note-mark[id]"  # of a footnote in HTML; what an author wrote has no id
MARK = "a[id^='note-']"  # of a footnote: the link between a mark and its note is made anew in each file


def is_one(document: Markup) -> bool:
    """Whether a page is the first of such a file."""
    return document.find(".advisory") is not None and document.find("#preface") is not None and ao3.work_address(document) != ""


def read(document: Markup) -> Brought:
    """What an HTML file says."""
    restore_images(document)
    for link in document.all(NOTE_MARK):
        if link.parent is not None and link.parent.tag == "sup":
            link.unwrap()
        else:
            del link.attrs["class"]
    notes = [markup.inside(node) for node in document.all("#preface .advisory " + NOTES)]
    heads = [node for node in document.all("#chapters > .meta") if ao3.is_chapter_head(node)]
    return completed(ao3.read(document, named="Lamplight HTML"), notes, heads, {})


def read_pages(documents: Sequence[Markup]) -> Brought:
    """What the pages of an EPUB say."""
    written: dict[str, list[str]] = {"preface": [], "chapters": [], "afterword": []}
    notes: dict[str, str] = {}
    for document in documents:
        restore(document)
        if (chapter := document.find("section .fff_chapter_title")) is not None:
            holder = chapter.parent.parent if chapter.parent is not None else None
            written["chapters"].append(markup.inside(holder) if holder is not None else "")
        elif (part := document.find("#preface, #afterword")) is not None:
            written[part.attributes.get("id") or ""].append(markup.inside(part))
        else:
            notes |= {
                node.attributes.get("id") or "": markup.inside(words)
                for node in document.all(NOTES_PAGE)
                if (words := node.css_first(".userstuff")) is not None
            }
    whole = Markup("".join(f'<div id="{name}">{"".join(parts)}</div>' for name, parts in written.items()))
    heads = [node for node in whole.all("#chapters > .meta") if ao3.is_chapter_head(node)]
    of_work = [words for name, words in notes.items() if name.startswith("work")]
    return completed(ao3.read(whole, named="Lamplight EPUB"), of_work, heads, notes)


def restore(document: Markup) -> None:
    """Make HTML again of what a book had to say in other words: its footnotes' links, its sides, its elements."""
    restore_images(document)
    for link in document.all(MARK):
        link.unwrap()
    for node in document.all("[class*='as-']"):
        kept = []
        for name in markup.classes(node):
            was = name.removeprefix("as-")
            if was == name:
                kept.append(name)
            elif was in SIDES:
                node.attrs["align"] = was
            elif was in INLINE:
                node.inner_html = f"<{was}>{node.inner_html or ''}</{was}>"
        if kept:
            node.attrs["class"] = " ".join(kept)
        else:
            del node.attrs["class"]
        if node.tag == "span" and not node.attributes:
            node.unwrap()


def restore_images(document: Markup) -> None:
    """Make images again of the words that stand for them in files."""
    for node in document.all(f".{images.DESCRIBED}[{images.DATA}src]"):
        node.inner_html = images.again(node.attributes)
        node.unwrap()


def completed(brought: Brought, notes: Iterable[str], heads: Sequence[LexborNode], by_name: dict[str, str]) -> Brought:
    """The work with its content notes, and its chapters with what they warn of."""
    chapters = list(brought.chapters)
    for number, head in enumerate(heads[: len(chapters)], start=1):
        warned = head.css_first(".chapter-advisory strong")
        said = head.css_first(NOTES)
        chapters[number - 1] = replace(
            chapters[number - 1],
            warnings=tuple(markup.text_of(warned).split(", ")) if warned is not None else (),
            content_notes=markup.inside(said) if said is not None else by_name.get(f"chapter{number}", ""),
        )
    return replace(brought, content_notes="\n".join(notes), chapters=tuple(chapters))
