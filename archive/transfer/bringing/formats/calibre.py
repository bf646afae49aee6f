"""Lays out once more what calibre made of AO3's downloads: an EPUB whose pages were cut at headings and whose classes were renamed.

Chapters are told by the table of contents and never by the pages, since a heading inside an author's text begins a page, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.transfer.bringing import markup
from archive.transfer.bringing.formats import ao3
from archive.transfer.bringing.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

TEXT = re.compile(r"userstuff\d*")
FIRST_PAGES = 3
PREFACE, AFTERWORD = "preface", "afterword"


def is_ao3(documents: Sequence[Markup]) -> bool:
    """Whether pages begin as AO3's downloads do."""
    return any(ao3.work_address(document) and document.find(".toc-heading, dl") for document in documents[:FIRST_PAGES])


def laid_out(pages: Sequence[tuple[str, Markup]]) -> Markup:
    """One document, as the download was from which calibre made these pages, each with its name in the table of contents."""
    written: dict[str, list[str]] = {PREFACE: [], "chapters": [], AFTERWORD: []}
    section = PREFACE
    for label, document in pages:
        if document.body is None:
            continue
        if label:
            section = label.lower() if label.lower() in {PREFACE, AFTERWORD} else "chapters"
        if section == "chapters":
            written[section] += _chapter(document, label)
        else:
            written[section].append(markup.inside(document.body))
    preface, chapters, afterword = ("".join(parts) for parts in written.values())
    return Markup(
        f'<div id="preface">{preface}</div><div id="chapters" class="userstuff">{chapters}</div>'
        f'<div id="afterword">{afterword}</div>'
    )


def _chapter(document: Markup, label: str) -> Iterator[str]:
    """A page of a chapter: its head if it has one, its text, its end notes."""
    for node in _blocks(document.body):
        heading = _heading(node, label)
        if heading is not None:
            inside = markup.inside(node) if node.tag == "div" else ""
            rest = inside.replace(heading.html or "", "", 1) if inside else ""
            yield f'<div class="meta group"><h2 class="heading">{_escaped(label)}</h2>{rest}</div>'
        elif (node.attributes.get("id") or "").startswith("endnotes"):
            yield node.html or ""
        elif "toc-heading" in markup.classes(node):
            continue
        elif node.tag == "div" and any(TEXT.fullmatch(name) for name in markup.classes(node)):
            yield f'<div class="userstuff">{markup.inside(node)}</div>'
        elif markup.text_of(node) or node.tag in {"hr", "img"}:
            yield f'<div class="userstuff">{node.html or ""}</div>'


def _heading(node: LexborNode, label: str) -> LexborNode | None:
    """The chapter's own heading, if a node is or holds it and no text."""
    if not label or not ao3.CHAPTER.fullmatch(label):
        return None
    for heading in [node] if node.tag in {"h1", "h2"} else node.css("h1, h2")[:1]:
        if markup.text_of(heading) == label and not _texts(node):
            return heading
    return None


def _texts(node: LexborNode) -> list[LexborNode]:
    """The boxes of an author's text in a node."""
    return [one for one in node.css("div") if any(TEXT.fullmatch(name) for name in markup.classes(one)) and one != node]


def _blocks(node: LexborNode | None) -> Iterator[LexborNode]:
    """What a page is made of, below the boxes that only hold it together."""
    for child in markup.children(node) if node is not None else ():
        is_box = child.tag == "div" and (_texts(child) or child.attributes.get("id") == "chapters")
        if is_box:
            yield from _blocks(child)
        else:
            yield child


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
