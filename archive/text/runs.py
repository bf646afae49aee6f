"""Cuts clean HTML into blocks of runs of words, each run with its marks: what a typesetter takes."""

from __future__ import annotations

import re
from itertools import batched
from typing import TYPE_CHECKING, cast

from archive.text import images
from archive.text.tree import INLINE, Element, tree_of
from archive.text.xhtml import link_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.text.tree import Node

type Run = dict[str, str]
type Block = dict[str, object]

SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
MARKS = {
    **dict.fromkeys(["em", "i", "cite", "dfn", "var"], "e"),
    **dict.fromkeys(["strong", "b", "th", "dt"], "s"),
    **dict.fromkeys(["u", "ins"], "u"),
    **dict.fromkeys(["s", "strike", "del"], "d"),
    **dict.fromkeys(["code", "tt", "kbd", "samp"], "c"),
    "sup": "p",
    "sub": "b",
    "small": "m",
    "big": "l",
}
HEADING = re.compile(r"h([1-6])")
LINES = frozenset(["p", "summary", "dt", "caption", "figcaption"])
HOLDERS = frozenset(["blockquote", "dd", "ul", "ol", "li", "table", "center"])
ROWS = frozenset(["thead", "tbody", "tfoot"])
ALIGNED = {"center": "center", "right": "end", "left": "start"}
# A word, or one sign again and again, longer than narrow paper is wide. Scripts with rules of their own for breaking are left out.
LONG = re.compile(r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff\U00010000-\U0010ffff]{31,}|([*=~!?#+…•·])\1{30,}")
LETTERS_TOGETHER = 12
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
DEEPEST = 6  # quotations and lists within one another; a typesetter has an end to its patience


def blocks_of(clean: str, *, site: str) -> list[Block]:
    """The blocks of clean HTML. Each has a kind, and runs or blocks in it; a run has words, marks, perhaps a link or a name."""
    return _Cutting(site).blocks(tree_of(clean), 0)


def breakable(words: str) -> str:
    """Words of which a line can be made however narrow it is: the longest get places where they may be broken."""
    return LONG.sub(lambda found: MAY_BREAK.join(map("".join, batched(found[0], LETTERS_TOGETHER, strict=False))), words)


class _Cutting:
    """One walk through one text."""

    def __init__(self, site: str) -> None:
        self.site = site

    def blocks(self, nodes: Iterable[Node], depth: int, marks: str = "") -> list[Block]:
        found: list[Block] = []
        loose: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or (node.name in INLINE and not node.has_blocks):
                loose.append(node)
                continue
            found += self.paragraph(loose, marks)
            loose = []
            found += self.block(node, depth, marks)
        return found + self.paragraph(loose, marks)

    def paragraph(self, nodes: Iterable[Node], marks: str = "", kind: str = "p", **more: object) -> list[Block]:
        """A block of runs, if there is a word in it."""
        runs = _tidied(self.runs(nodes, marks))
        return [{"k": kind, "r": runs, **more}] if runs else []

    def block(self, element: Element, depth: int, marks: str) -> list[Block]:
        """What an element that is a block becomes."""
        name = element.name
        marks += MARKS.get(name, "")
        if name in {"hr", "pre"}:
            return [{"k": "pre", "t": breakable(element.words().strip("\n"))} if name == "pre" else {"k": "hr"}]
        if heading := HEADING.fullmatch(name):
            return self.paragraph(element.children, marks, "h", n=int(heading[1]))
        if name in LINES and not element.has_blocks:
            align = ALIGNED.get(element.attributes.get("align", "").lower())
            return self.paragraph(element.children, marks, **({"a": align} if align else {}))
        if name == "tr":
            cells = [child for child in element.children if isinstance(child, Element)]
            return [{"k": "row", "c": [self.blocks(cell.children, depth + 1, MARKS.get(cell.name, "")) for cell in cells]}]
        inside = self.blocks(element.children, depth + 1, marks)
        if not inside or depth >= DEEPEST or name not in HOLDERS:
            return inside if name in ROWS else _without_rows(inside)
        return [{"k": name, "c": self.filled(inside, name), **self.numbered(element)}]

    @staticmethod
    def filled(inside: list[Block], name: str) -> list[Block]:
        """What is in a list or a table, each part of it an item or a row."""
        if name in {"ul", "ol"}:
            return [block if block["k"] == "li" else {"k": "li", "c": [block]} for block in inside]
        if name == "table":
            return [block if block["k"] == "row" else {"k": "row", "c": [[block]]} for block in inside]
        return inside

    @staticmethod
    def numbered(element: Element) -> dict[str, object]:
        """Where the numbers of a list begin."""
        start = element.attributes.get("start", "")
        return {"n": int(start)} if element.name == "ol" and re.fullmatch(r"\d{1,6}", start) else {}

    def runs(self, nodes: Iterable[Node], marks: str, link: str = "") -> list[Run]:
        """The runs of a line."""
        found: list[Run] = []
        for node in nodes:
            if isinstance(node, str):
                found.append(_run(SPACES.sub(" ", node), marks, link))
            elif node.name == "br":
                found.append({"t": "\n"})
            elif node.name == "img":
                found.append(self.image(node, marks, link))
            elif node.name == "a":
                found += self.linked(node, marks)
            elif node.name == "rt":
                found += [_run(" (", marks, link), *self.runs(node.children, marks, link), _run(")", marks, link)]
            elif node.name != "rp":
                found += self.runs(node.children, marks + MARKS.get(node.name, ""), link)
        return found

    def linked(self, element: Element, marks: str) -> list[Run]:
        """The runs of a link; a footnote of ours leads to a place in the same text."""
        href, name = element.attributes.get("href", ""), element.attributes.get("id", "")
        if href.startswith("#"):
            runs = self.runs(element.children, marks, href if name else "")
        else:
            runs = self.runs(element.children, marks, link_of(href, site=self.site))
        if runs and name:
            runs[0]["n"] = name
        return runs

    def image(self, element: Element, marks: str, link: str) -> Run:
        """What an image shows, and a link to it."""
        return _run(images.words_for(element.attributes), marks, link or link_of(element.attributes.get("src", ""), site=self.site))


def _without_rows(blocks: list[Block]) -> list[Block]:
    """The blocks, and in the place of each row of a table that is none here what is in its cells."""
    found: list[Block] = []
    for block in blocks:
        found += [inner for cell in cast("list[list[Block]]", block["c"]) for inner in cell] if block["k"] == "row" else [block]
    return found


def _run(words: str, marks: str, link: str) -> Run:
    """Words with what is to be known of them."""
    run = {"t": breakable(words)}
    if marks:
        run["m"] = "".join(sorted(set(marks)))
    if link:
        run["h"] = link
    return run


def _tidied(runs: list[Run]) -> list[Run]:
    """Runs without those in which there is nothing, and without spaces at the ends of the block."""
    kept = [run for run in runs if run["t"]]
    while kept and not kept[0]["t"].strip(" \n") and "n" not in kept[0]:
        kept.pop(0)
    while kept and not kept[-1]["t"].strip(" \n") and "n" not in kept[-1]:
        kept.pop()
    return kept
