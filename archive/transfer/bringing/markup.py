"""Reads HTML that somebody else wrote, and never more of it than can be read in a moment."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from archive.text import soup
from archive.text.characters import C0_CONTROLS
from archive.text.costs import VOID, Tally, TooManyTags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# A whole book may hold as many elements; each chapter of it is counted again, more strictly, by the cleaner.
MOST_TAGS = 300_000
# Of these the tags go and what stands between them stays. Those that never hold anything would be counted as never closed.
NOT_KEPT = frozenset({
    "area", "base", "basefont", "bgsound", "body", "command", "embed", "form", "frame", "head", "html", "image", "input",
    "isindex", "keygen", "link", "meta", "nextid", "param", "source", "spacer", "track", "wbr",
})  # fmt: skip
KEPT = soup.EVER - NOT_KEPT - soup.SWALLOWED - {"title", "textarea"}
SELF_CLOSED = re.compile(r"<(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)/>")
HEAD_LENGTH = 200_000  # characters in which a title, a language and styles are looked for
TITLE = re.compile(r"<title\b[^>]*>(?P<words>[^<]{0,2000})", re.IGNORECASE)
LANGUAGE = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?(?P<code>[A-Za-z][\w-]{0,30})", re.IGNORECASE)
HEAD_BEGINS = 2_000
HEAD_END = re.compile(r"</head\s*>|(?=<body\b)", re.IGNORECASE)
META = re.compile(r"<meta\b[^>]{0,4000}>", re.IGNORECASE)
UNFIT = re.compile(f"[{C0_CONTROLS}]")
SPACES = re.compile(r"\s+")


class BookTally(Tally):
    """Counts what a whole book would cost to read."""

    TAGS = MOST_TAGS


class Markup:
    """A document in HTML: its tree, and what its head says."""

    def __init__(self, source: str) -> None:
        """Read it; raises the refusals of `archive.text.costs` before anything costs time."""
        head = source[:HEAD_LENGTH]
        self.title = words_of(found["words"]) if (found := TITLE.search(head)) else ""
        self.language = found["code"] if (found := LANGUAGE.search(head)) else ""
        self.head = head
        ends = HEAD_END.search(head) if "<head" in head[:HEAD_BEGINS].lower() else None
        self.tree = LexborHTMLParser(whole_tags(source[ends.end() :] if ends else source))

    @property
    def body(self) -> LexborNode | None:
        """The body's node."""
        return self.tree.body

    def find(self, selector: str) -> LexborNode | None:
        """The first node that a selector finds."""
        return self.tree.css_first(selector)

    def all(self, selector: str) -> list[LexborNode]:
        """All nodes that a selector finds."""
        return self.tree.css(selector)

    def metas(self) -> Iterator[dict[str, str]]:
        """What the head's meta tags say."""
        for tag in META.findall(self.head):
            yield soup.attributes_of(tag[len("<meta") : -1].rstrip("/"))


def whole_tags(source: str) -> str:
    """The same document with whole tags alone: no script, no style, no comment, nothing nested without end."""
    if source.count("<") > 2 * MOST_TAGS:
        raise TooManyTags(MOST_TAGS)
    even = UNFIT.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    return soup.tidy(even, elements=KEPT, replaced=frozenset(), substitute=_never, tally=BookTally())


def _never(_name: str, _attributes: object, _inside: str) -> None:
    """Nothing is replaced."""


def opened(xhtml: str) -> str:
    """XHTML for a reader of HTML: an element that closes itself there would never be closed here."""

    def close(found: re.Match[str]) -> str:
        name = found["name"]
        if name.lower() in VOID or name.lower() in NOT_KEPT:
            return found[0]
        return f"<{name}{found['rest']}></{name}>"

    return SELF_CLOSED.sub(close, xhtml)


def words_of(written: str) -> str:
    """One line of words: entities read, spaces squished."""
    return SPACES.sub(" ", html.unescape(written)).strip()


def text_of(node: LexborNode | None) -> str:
    """The words of a node in one line."""
    return SPACES.sub(" ", node.text(deep=True)).strip() if node is not None else ""


def inside(node: LexborNode) -> str:
    """The markup between a node's two tags."""
    return (node.inner_html or "").strip()


def classes(node: LexborNode) -> list[str]:
    """The names of a node's classes."""
    return (node.attributes.get("class") or "").split()


def children(node: LexborNode) -> Iterator[LexborNode]:
    """The nodes right under a node, texts among them."""
    return node.iter(include_text=True)
