"""Reads clean HTML into a tree, for those who have to write it down in another language."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"<[^>]*+>|[^<]++")
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)")
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
VOID = frozenset(["br", "col", "hr", "img"])
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "big", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip
# The cleaner allows elements to lie 256 deep; whoever walks through a tree calls themselves that often. What lies deeper
# than any hand would put it stays, without its tags.
DEEPEST = 60


@dataclass(slots=True)
class Element:
    """An element: its name, its attributes, entities decoded, and what is in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    has_blocks: bool = False  # somewhere in it

    def words(self) -> str:
        """Its text, without markup."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


type Node = Element | str


def tree_of(clean: str) -> list[Node]:
    """What stands in clean HTML, as nh3 writes it: every tag closed and properly nested. Linear in the length."""
    root = Element("")
    within = [root]
    for token in TOKEN.findall(clean):
        tag = TAG.match(token) if token[0] == "<" else None
        if tag is None:
            within[-1].children.append(html.unescape(token))
        elif tag["close"]:
            within.pop()
        else:
            element = Element(tag["name"], {name: html.unescape(value) for name, value in ATTRIBUTE.findall(token)})
            if len(within) > DEEPEST and element.name not in VOID:
                within.append(within[-1])
                continue
            within[-1].children.append(element)
            if element.name not in INLINE:
                _mark(within)
            if element.name not in VOID:
                within.append(element)
    return root.children


def _mark(within: list[Element]) -> None:
    """Say of these elements, each within the one before, that there are blocks in them."""
    for element in reversed(within):
        if element.has_blocks:
            return
        element.has_blocks = True
