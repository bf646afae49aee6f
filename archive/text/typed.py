"""Writes clean HTML as somebody would type it: as Markdown, or as plain text with the marks of old mailing lists.

The archive's own, since the converters there are build a second tree with a second parser, a hundred times slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.translation import gettext as _

from archive.text.tree import INLINE, Element, tree_of
from archive.text.xhtml import link_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive.text.tree import Node

SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
LINES = re.compile(r" *\n *")
MARKS = re.compile(r"([\\`*_\[\]<>|~]|&(?=[#A-Za-z0-9]+;))")
BEGINNING = re.compile(r"^( *)([#+\-=>]|\d+(?=[.)]))", re.MULTILINE)
SCENE_BREAK = "* * *"
EMPHASIS = frozenset(["em", "i", "cite", "dfn", "var"])
STRONG = frozenset(["strong", "b"])
STRUCK = frozenset(["s", "strike", "del"])
CODE = frozenset(["code", "tt", "kbd", "samp"])
KEPT_AS_TAGS = frozenset(["u", "ins", "sub", "sup", "small", "big", "ruby", "rt"])
HEADING = re.compile(r"h([1-6])")
DEEPEST_HEADING, BELOW_CHAPTERS = 6, 2


@dataclass(frozen=True, slots=True)
class Typing:
    """A way of typing: what stands round words, and whether signs that could be mistaken for it are marked."""

    site: str
    emphasis: str
    strong: str
    struck: str
    code: str
    line_end: str
    is_markdown: bool

    def blocks(self, nodes: Iterable[Node]) -> list[str]:
        """The blocks of some HTML, in order; what stands between them is one, too."""
        found: list[str] = []
        loose: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or (node.name in INLINE and not node.has_blocks):
                loose.append(node)
                continue
            found += self.paragraph(loose)
            loose = []
            found += self.block(node)
        return found + self.paragraph(loose)

    def paragraph(self, nodes: list[Node]) -> list[str]:
        """A paragraph, if there is a word in it."""
        words = LINES.sub("\n", self.words(nodes)).strip(" \n")
        if not words:
            return []
        if self.is_markdown:
            words = BEGINNING.sub(self.marked_beginning, words)
        return [words.replace("\n", self.line_end)]

    def block(self, element: Element) -> list[str]:
        """An element that is a block."""
        name = element.name
        kinds: dict[str, Callable[[], list[str]]] = {
            "hr": lambda: [SCENE_BREAK],
            "p": lambda: self.paragraph(element.children),
            "pre": lambda: [self.verbatim(element)],
            "ul": lambda: self.items(element),
            "ol": lambda: self.items(element),
            "table": lambda: self.table(element),
        }
        if name in kinds:
            return kinds[name]()
        if name in {"dt", "summary", "caption"}:
            return [f"{self.strong}{words}{self.strong}" for words in self.paragraph(element.children)]
        if heading := HEADING.fullmatch(name):
            sign = "#" * min(DEEPEST_HEADING, int(heading[1]) + BELOW_CHAPTERS) + " " if self.is_markdown else ""
            return [sign + words.replace(self.line_end, " ") for words in self.paragraph(element.children)]
        inside = self.blocks(element.children)
        return [_behind("> ", "> ", "\n\n".join(inside))] if name == "blockquote" and inside else inside

    def items(self, element: Element) -> list[str]:
        """A list, as one block."""
        lines, number = [], _number(element.attributes.get("start", ""))
        for child in element.children:
            inside = self.blocks(child.children if isinstance(child, Element) and child.name == "li" else [child])
            if not inside:
                continue
            sign = f"{number}. " if element.name == "ol" else "- "
            lines.append(_behind(sign, " " * len(sign), "\n\n".join(inside)))
            number += 1
        return ["\n".join(lines)] if lines else []

    def table(self, element: Element) -> list[str]:
        """A table: its caption, then a line for each row."""
        captions = [child for child in element.children if isinstance(child, Element) and child.name == "caption"]
        rows = [self.cells(row) for row in _rows(element)]
        rows = [row for row in rows if row]
        if rows and self.is_markdown:
            width = max(map(len, rows))
            rows = [row + [""] * (width - len(row)) for row in rows]
            rows.insert(1, ["---"] * width)
            lines = [f"| {' | '.join(row)} |" for row in rows]
        else:
            lines = [" | ".join(row) for row in rows]
        return [words for caption in captions for words in self.block(caption)] + (["\n".join(lines)] if lines else [])

    def cells(self, row: Element) -> list[str]:
        """The cells of a row, each on one line."""
        cells = [child for child in row.children if isinstance(child, Element)]
        return [" ".join(" ".join(self.blocks(cell.children)).replace(self.line_end, " ").split()) for cell in cells]

    def verbatim(self, element: Element) -> str:
        """What stands as it was typed."""
        words = element.words().strip("\n")
        if not self.is_markdown:
            return words
        fence = "`" * (max((len(run) for run in re.findall(r"`+", words)), default=2) + 1)
        fence = fence if len(fence) > 2 else "```"  # noqa: PLR2004 - as Markdown has it
        return f"{fence}\n{words}\n{fence}"

    def words(self, nodes: Iterable[Node]) -> str:
        """What stands within a line, which a line feed ends."""
        return "".join(self.said(node) if isinstance(node, str) else self.inline(node) for node in nodes)

    def said(self, text: str) -> str:
        """Words as they are typed."""
        text = SPACES.sub(" ", text)
        return MARKS.sub(r"\\\1", text) if self.is_markdown else text

    def inline(self, element: Element) -> str:
        """An element within a line."""
        name = element.name
        if name in {"br", "img"}:
            return "\n" if name == "br" else self.image(element)
        inside = self.words(element.children)
        if name == "a":
            return self.link(element, inside)
        if name in KEPT_AS_TAGS:
            return self.kept(name, inside)
        if name in CODE and self.is_markdown:
            return _round(element.words(), "``" if "`" in element.words() else "`")
        return f"“{inside}”" if name == "q" else _round(inside, self.sign(name))

    def sign(self, name: str) -> str:
        """What stands round the words of an element."""
        if name in EMPHASIS:
            return self.emphasis
        return self.strong if name in STRONG else self.struck if name in STRUCK else ""

    def kept(self, name: str, inside: str) -> str:
        """What no mark can say: a tag in Markdown; in plain text what stands over words comes behind them."""
        if self.is_markdown:
            return f"<{name}>{inside}</{name}>"
        return f" ({inside})" if name == "rt" else inside

    def link(self, element: Element, inside: str) -> str:
        """A link, with its address behind its words."""
        address = link_of(element.attributes.get("href", ""), site=self.site)
        if not address or element.attributes.get("href", "").startswith("#"):
            return inside
        if self.is_markdown:
            return f"[{inside}]({quote(address, safe=SAFE)})"
        return inside if inside.strip() == address else f"{inside} <{address}>"

    def image(self, element: Element) -> str:
        """An image by what it shows, and where it lies."""
        words, address = element.attributes.get("alt", "").strip(), link_of(element.attributes.get("src", ""), site=self.site)
        if self.is_markdown and address:
            return f"![{self.said(words)}]({quote(address, safe=SAFE)})"
        shown = _("[Image: %(description)s]") % {"description": words} if words else _("[Image]")
        return f"{shown} <{address}>" if address else self.said(shown)

    @staticmethod
    def marked_beginning(found: re.Match[str]) -> str:
        """What would begin a heading, a list or a quotation, marked so that it does not."""
        return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


SAFE = "!#$%&'*+,/:;=?@_~-."  # in the address of a link in Markdown, which ends at a bracket


def markdown_of(clean: str, *, site: str) -> str:
    """Clean HTML as Markdown."""
    return "\n\n".join(Typing(site, "*", "**", "~~", "`", "\\\n", is_markdown=True).blocks(tree_of(clean)))


def plain_of(clean: str, *, site: str) -> str:
    """Clean HTML as plain text: paragraphs with a blank line between, emphasis between underscores or stars."""
    return "\n\n".join(Typing(site, "_", "*", "", "", "\n", is_markdown=False).blocks(tree_of(clean)))


def marked(text: str) -> str:
    """A line of plain words, as it stands in Markdown."""
    return BEGINNING.sub(Typing.marked_beginning, MARKS.sub(r"\\\1", SPACES.sub(" ", text)))


def _round(inside: str, sign: str) -> str:
    """Words with a sign on both sides, right beside them; a line's end keeps both sides of it together."""
    words = inside.strip()
    if not words or not sign:
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    return f"{before}{sign}{words}{sign}{after}"


def _behind(first: str, others: str, block: str) -> str:
    """A block with a sign before its first line and before all others."""
    lines = [(others if number else first) + line for number, line in enumerate(block.split("\n"))]
    return "\n".join(line.rstrip() for line in lines)


def _rows(element: Element) -> list[Element]:
    """The rows of a table, whichever of its parts they are in."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            found += [child] if child.name == "tr" else _rows(child) if child.name in {"thead", "tbody", "tfoot"} else []
    return found


def _number(written: str) -> int:
    return int(written) if re.fullmatch(r"\d{1,6}", written) else 1
