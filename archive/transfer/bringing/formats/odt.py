"""OpenDocument texts (odt), as LibreOffice writes them. The styles of words are followed to what they mean."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.transfer.bringing import markup, parting, pictures
from archive.transfer.bringing.brought import Brought, TooMuch, Unreadable
from archive.transfer.bringing.containers import Container, xml_of
from archive.transfer.bringing.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"
MIMETYPE = b"application/vnd.oasis.opendocument.text"
MOST_ELEMENTS = 600_000
FURTHEST = 20  # parents of a style
MOST_SPACES = 20
LEVELS = 6
# What a style says of its words, and the element that says it here.
MEANINGS = (
    ("font-style", re.compile(r"italic|oblique"), "em"),
    ("font-weight", re.compile(r"bold|[6-9]00"), "strong"),
    ("text-underline-style", re.compile(r"(?!none).+"), "u"),
    ("text-line-through-style", re.compile(r"(?!none).+"), "s"),
    ("text-position", re.compile(r"super\b.*|[1-9]\d*%.*"), "sup"),
    ("text-position", re.compile(r"sub\b.*|-\d+%.*"), "sub"),
)
NAMED = {"Emphasis": ("em",), "Strong_20_Emphasis": ("strong",), "Citation": ("cite",)}
QUOTED = frozenset(["Quotations", "Quote", "Block_20_Quote"])
SKIPPED = frozenset(["annotation", "annotation-end", "tracked-changes", "sequence-decls", "forms", "table-of-content", "bookmark"])


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its parent, and what it says."""

    parent: str
    said: dict[str, str]


@dataclass
class Writing:
    """HTML as it is made of a document."""

    styles: dict[str, Style]
    notes: list[str] = field(default_factory=list)
    images: int = 0

    def chain(self, name: str) -> Iterator[tuple[str, Style]]:
        """Yield a style and those above it."""
        for _step in range(FURTHEST):
            style = self.styles.get(name)
            if style is None:
                return
            yield name, style
            name = style.parent

    def says(self, name: str, what: str) -> str:
        """Answer what a style says, or the first above it that says anything."""
        return next((style.said[what] for _name, style in self.chain(name) if what in style.said), "")

    def elements(self, name: str) -> list[str]:
        """Answer the elements that words of a style stand in."""
        found = [element for what, meaning, element in MEANINGS if meaning.fullmatch(self.says(name, what))]
        named = [element for one in (name, *(style.parent for _name, style in self.chain(name))) for element in NAMED.get(one, ())]
        return list(dict.fromkeys([*found, *named]))

    def is_quoted(self, name: str) -> bool:
        """Say whether a paragraph's style is one of quotations."""
        return any(one in QUOTED for one in (name, *(style.parent for _name, style in self.chain(name))))

    def inline(self, node: etree._Element) -> str:
        """Answer the words inside a node."""
        return html.escape(node.text or "", quote=False) + "".join(
            self.piece(child) + html.escape(child.tail or "", quote=False) for child in node
        )

    def piece(self, node: etree._Element) -> str:  # noqa: PLR0911 # one for each kind of node
        """Answer one node within a paragraph."""
        name = local(node)
        if name in SKIPPED:
            return ""
        if name == "span":
            return dressed(self.inline(node), self.elements(attribute(node, "style-name")))
        if name == "a":
            return f'<a href="{html.escape(attribute(node, "href"))}">{self.inline(node)}</a>'
        if name == "line-break":
            return "<br>"
        if name in {"s", "tab"}:
            count = attribute(node, "c")
            return " " * (min(int(count), MOST_SPACES) if count.isdecimal() and len(count) < LEVELS else 1)
        if name == "note":
            return self.note(node)
        if name == "image":
            self.images += 1
            return ""
        if name == "ruby":
            base, above = node.find("{*}ruby-base"), node.find("{*}ruby-text")
            words = [self.inline(one) if one is not None else "" for one in (base, above)]
            return f"<ruby>{words[0]}<rt>{words[1]}</rt></ruby>"
        return self.inline(node)

    def note(self, node: etree._Element) -> str:
        """Answer the number of a footnote, whose words come behind the text."""
        body = node.find("{*}note-body")
        self.notes.append("".join(self.blocks(body)) if body is not None else "")
        return f"<sup>[{len(self.notes)}]</sup>"

    def blocks(self, node: etree._Element) -> Iterator[str]:
        """Yield the blocks of a node."""
        for child in node:
            name = local(child)
            if name in SKIPPED:
                continue
            if name == "h":
                level = attribute(child, "outline-level")
                size = min(int(level), LEVELS) if level.isdecimal() and len(level) == 1 and level != "0" else 1
                yield f"<h{size}>{self.inline(child)}</h{size}>"
            elif name == "p":
                yield self.paragraph(child)
            elif name == "list":
                items = "".join(
                    f"<li>{''.join(self.blocks(item))}</li>" for item in child if local(item) in {"list-item", "list-header"}
                )
                yield f"<ul>{items}</ul>"
            elif name == "table":
                rows = child.iter("{*}table-row")
                yield "<table>" + "".join(f"<tr>{self.cells(row)}</tr>" for row in rows) + "</table>"
            else:
                yield from self.blocks(child)

    def cells(self, row: etree._Element) -> str:
        """Answer the cells of a row."""
        return "".join(f"<td>{''.join(self.blocks(cell))}</td>" for cell in row if local(cell) == "table-cell")

    def paragraph(self, node: etree._Element) -> str:
        """Answer a paragraph as its style says."""
        name = attribute(node, "style-name")
        words = dressed(self.inline(node), self.elements(name))
        if any(one == "Title" for one in (name, *(style.parent for _name, style in self.chain(name)))):
            return f"<h1>{words}</h1>"
        if not words.strip() and any("Horizontal_20_Line" in (one, style.parent) for one, style in self.chain(name)):
            return "<hr>"
        aligned = self.says(name, "text-align")
        side = {"center": ' align="center"', "end": ' align="right"', "right": ' align="right"'}.get(aligned, "")
        paragraph = f"<p{side}>{words}</p>"
        return f"<blockquote>{paragraph}</blockquote>" if self.is_quoted(name) else paragraph


def is_one(container: Container) -> bool:
    """Whether a ZIP is an OpenDocument text."""
    return CONTENT in container and "mimetype" in container and container.read("mimetype").strip().startswith(MIMETYPE)


def read(file: IO[bytes]) -> Brought:
    """What an OpenDocument text holds. Raises `Unreadable`."""
    with Container(file) as container:
        content = container.read(CONTENT)
        if content.count(b"<") > 2 * MOST_ELEMENTS:
            raise TooMuch
        root = xml_of(content)
        styles = styles_in(xml_of(container.read(STYLES))) if STYLES in container else {}
        meta = xml_of(container.read(META)) if META in container else None
    body = root.find(".//{*}body/{*}text")
    if body is None:
        raise Unreadable(_("This is no OpenDocument text: there is no text in it."))
    writing = Writing(styles | styles_in(root))
    written = "".join(writing.blocks(body)).replace("</blockquote><blockquote>", "")
    if writing.notes:
        written += "<hr><ol>" + "".join(f"<li>{note}</li>" for note in writing.notes) + "</ol>"
    document = Markup(written)
    parting.without_dead_links(document)
    parts = parting.part(document)
    said = {local(node): markup.words_of(node.text or "") for node in meta.iter()} if meta is not None else {}
    return Brought(
        format="OpenDocument (odt)", chapters=parts.chapters, title=parts.title or said.get("title", ""),
        authors=tuple(filter(None, [said.get("initial-creator") or said.get("creator", "")])), language=said.get("language", ""),
        expected_chapters=len(parts.chapters) or 1, remarks=pictures.remark(writing.images),
    )  # fmt: skip


def styles_in(root: etree._Element) -> dict[str, Style]:
    """The styles that a document defines, by name."""
    found = {}
    for style in root.iter("{*}style"):
        said: dict[str, str] = {}
        for properties in style:
            said |= {str(name).rpartition("}")[2]: str(value) for name, value in properties.attrib.items()}
        found[attribute(style, "name")] = Style(attribute(style, "parent-style-name"), said)
    return found


def local(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def attribute(node: etree._Element, name: str) -> str:
    """The value of the attribute of this name, in whatever namespace."""
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def dressed(words: str, elements: list[str]) -> str:
    """Words in these elements."""
    if not words.strip():
        return words
    for element in elements:
        words = f"<{element}>{words}</{element}>"
    return words
