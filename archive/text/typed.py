"""Writes clean HTML as somebody would type it: as Markdown, or as plain text with the marks of old mailing lists.

What it writes can be read again: no words of a text look like its marks, and `untyping` makes HTML of it.
The archive's own, since the converters there are build a second tree with a second parser, a hundred times slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.translation import gettext as _

from archive.text import images, marking
from archive.text.passages import GIST, MARK, NOTE, WARNING
from archive.text.tree import INLINE, Element, tree_of
from archive.text.xhtml import link_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive.text.tree import Node

SPACES = re.compile(r"[ \t\n\r\f\v]+")  # what HTML takes for one space; the wide spaces of other scripts are words
LINES = re.compile(r" *\n *")
MARKS = re.compile(r"([\\`*_\[\]<>|~]|&(?=[#A-Za-z0-9]+;))")
ENTITY = re.compile(r"&(?=[#A-Za-z0-9]+;)")
BEGINNING = re.compile(r"^( *)([#+\-=>]|\d+(?=[.)]))", re.MULTILINE)
# Lines of a text that would be taken for a line under a heading or for the note on a passage. A space before them tells them apart.
LIKE_OURS = re.compile(r"^ *(?:[-=]+ *$|\[(?:warning|note|what happens|end warning)\b)", re.MULTILINE)
END_OF_PASSAGE = "[end warning]"
NOTES_OF_FILES = frozenset(["passage-note", "passage-end"])
SCENE_BREAK = "* * *"
LISTS = frozenset(["ul", "ol"])
EMPHASIS = frozenset(["em", "i", "cite", "dfn", "var"])
STRONG = frozenset(["strong", "b"])
STRUCK = frozenset(["s", "strike", "del"])
KEPT_AS_TAGS = frozenset(["u", "ins", "sub", "sup", "small", "big", "ruby", "rt", "tt", "kbd", "samp"])
NOT_IN_CODE = re.compile(r"[`|]")
HEADING = re.compile(r"h([1-6])")
DEEPEST_HEADING, BELOW_CHAPTERS = 6, 2


@dataclass(frozen=True, slots=True)
class Typing:
    """A way of typing: what stands round words, and whether signs that could be mistaken for it are marked."""

    site: str
    emphasis: str
    strong: str
    struck: str
    line_end: str
    is_markdown: bool

    def blocks(self, nodes: Iterable[Node]) -> list[str]:
        """The blocks of some HTML, in order; what stands between them is one, too."""
        found: list[str] = []
        loose: list[Node] = []
        lists: list[str] = []  # which end right here, one behind the other
        for node in nodes:
            if isinstance(node, str) or (node.name in INLINE and not node.has_blocks):
                loose.append(node)
                continue
            if between := self.paragraph(loose):
                found, lists = found + between, []
            loose = []
            if node.name in LISTS:
                lists = [*lists, node.name] if lists[-1:] == [node.name] else [node.name]
                found += self.items(node, is_second=len(lists) % 2 == 0)
            elif block := self.block(node):
                found, lists = found + block, []
        return found + self.paragraph(loose)

    def paragraph(self, nodes: list[Node], *, line_end: str = "\n") -> list[str]:
        """A paragraph, if there is a word in it."""
        words = LINES.sub(line_end, self.words(nodes)).strip(" \n")
        if not words:
            return []
        if self.is_markdown:
            words = BEGINNING.sub(self.marked_beginning, marking.settled(words))
        else:
            words = LIKE_OURS.sub(r" \g<0>", words)
        return [words.replace("\n", self.line_end)]

    def block(self, element: Element) -> list[str]:
        """An element that is a block."""
        name = element.name
        kinds: dict[str, Callable[[], list[str]]] = {
            "hr": lambda: [SCENE_BREAK],
            "p": lambda: self.paragraph(element.children),
            "pre": lambda: [self.verbatim(element)] if element.words().strip() else [],
            "table": lambda: self.table(element),
        }
        if name in kinds:
            return kinds[name]()
        if name in {"dt", "summary", "caption"}:
            return self.paragraph([Element("strong", {}, element.children)])
        if heading := HEADING.fullmatch(name):
            return [self.heading(words, int(heading[1])) for words in self.paragraph(element.children, line_end=" ")]
        if name == "div" and MARK in element.attributes.get("class", "").split():
            return self.passage(element)
        inside = self.blocks(element.children)
        return [_behind("> ", "> ", "\n\n".join(inside))] if name == "blockquote" and inside else inside

    def heading(self, words: str, level: int) -> str:
        """A heading of the text. One as high as the parts of a chapter is closed with its sign, which those are not."""
        if not self.is_markdown:
            return words
        sign = "#" * min(DEEPEST_HEADING, level + BELOW_CHAPTERS)
        return f"{sign} {words} {sign}" if level == 1 else f"{sign} {_open(words)}"

    def passage(self, element: Element) -> list[str]:
        """A marked passage between lines that say what it is, as authors may type them. Whoever is not told which is told that."""
        inside = [child for child in element.children if isinstance(child, str) or not _is_note(child)]
        said = [(label, " ".join(element.attributes.get(name, "").split())) for name, label in PASSAGE_LABELS.items()]
        lines = [f"[{label}: {marked(value) if self.is_markdown else value}]" for label, value in said if value]
        return [*(lines or [f"[warning] {_('This passage has a warning.')}"]), *self.blocks(inside), END_OF_PASSAGE]

    def items(self, element: Element, *, is_second: bool) -> list[str]:
        """A list, as one block. Of two lists without a word between, the second has another sign, or Markdown would join them."""
        bullet, dot = ("+", ")") if is_second and self.is_markdown else ("-", ".")
        lines, number = [], _number(element.attributes.get("start", ""))
        for child in element.children:
            inside = self.blocks(child.children if isinstance(child, Element) and child.name == "li" else [child])
            if not inside:
                continue
            sign = f"{number}{dot} " if element.name == "ol" else f"{bullet} "
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
            return LIKE_OURS.sub(r" \g<0>", words)
        fence = "`" * (max((len(run) for run in re.findall(r"`+", words)), default=2) + 1)
        fence = fence if len(fence) > 2 else "```"  # noqa: PLR2004 - as Markdown has it
        return f"{fence}\n{words}\n{fence}"

    def words(self, nodes: Iterable[Node]) -> str:
        """What stands within a line, which a line feed ends."""
        written: list[str] = []
        for node in nodes:
            piece = self.said(node) if isinstance(node, str) else self.inline(node)
            if self.is_markdown and written and _ends_code(written[-1]) and piece.startswith("`"):
                written[-1], piece = written[-1][:-1], piece[1:]  # two such signs side by side would be one of another kind
            if piece:
                written.append(piece)
        return "".join(written)

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
        if name == "code" and self.is_markdown:
            return self.code(element, inside)
        return f"“{inside}”" if name == "q" else _round(inside, *self.signs(name))

    def code(self, element: Element, inside: str) -> str:
        """Code between its marks, in which no others hold, or between tags where there are some."""
        words, typed = SPACES.sub(" ", element.words()).strip(), inside.strip()
        if words and typed == self.said(words) and not NOT_IN_CODE.search(words):
            return _round(inside.replace(typed, words), "`", "`")
        return _round(inside, "<code>", "</code>")

    def signs(self, name: str) -> tuple[str, str]:
        """What stands before and behind the words of an element; in Markdown it is settled when all words beside them are known."""
        for names, sign, mark in (
            (EMPHASIS, self.emphasis, marking.EMPHASIS),
            (STRONG, self.strong, marking.STRONG),
            (STRUCK, self.struck, marking.STRUCK),
        ):
            if name in names:
                return (mark.begin, mark.end) if self.is_markdown else (sign, sign)
        return "", ""

    def kept(self, name: str, inside: str) -> str:
        """What no mark can say: a tag in Markdown; in plain text what stands over words comes behind them."""
        if self.is_markdown:
            return _round(inside, f"<{name}>", f"</{name}>")
        return f" ({inside})" if name == "rt" else inside

    def link(self, element: Element, inside: str) -> str:
        """A link, with its address behind its words."""
        address = link_of(element.attributes.get("href", ""), site=self.site)
        if not address or element.attributes.get("href", "").startswith("#"):
            return inside
        if self.is_markdown:
            return f"{marking.LINK}[{inside}]({_target(address)})"
        return inside if inside.strip() == address else f"{inside} <{address}>"

    def image(self, element: Element) -> str:
        """An image by what it shows, and where it lies."""
        words, address = element.attributes.get("alt", "").strip(), link_of(element.attributes.get("src", ""), site=self.site)
        if self.is_markdown and address:
            return f"![{self.said(words)}]({_target(address)})"
        shown = images.words_for(element.attributes)
        return f"{shown} <{address}>" if address else self.said(shown)

    @staticmethod
    def marked_beginning(found: re.Match[str]) -> str:
        """What would begin a heading, a list or a quotation, marked so that it does not."""
        return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


PASSAGE_LABELS = {WARNING: "warning", NOTE: "note", GIST: "what happens"}
SAFE = "!#$%&'*+,/:;=?@_~-."  # in the address of a link in Markdown, which ends at a bracket


def markdown_of(clean: str, *, site: str) -> str:
    """Clean HTML as Markdown."""
    return "\n\n".join(Typing(site, "*", "**", "~~", "\\\n", is_markdown=True).blocks(tree_of(clean)))


def plain_of(clean: str, *, site: str) -> str:
    """Clean HTML as plain text: paragraphs with a blank line between, emphasis between underscores or stars."""
    return "\n\n".join(Typing(site, "_", "*", "", "\n", is_markdown=False).blocks(tree_of(clean)))


def marked(text: str) -> str:
    """A line of plain words, as it stands in Markdown, in a heading, too."""
    return _open(BEGINNING.sub(Typing.marked_beginning, MARKS.sub(r"\\\1", SPACES.sub(" ", text))))


def _round(inside: str, begin: str, end: str) -> str:
    """Words with a sign on both sides, right beside them; a line's end keeps both sides of it together."""
    words = inside.strip()
    if not words or not begin:
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    return f"{before}{begin}{words}{end}{after}"


def _ends_code(written: str) -> bool:
    """Whether code ends here: a sign of the text itself would be marked."""
    return written.endswith("`") and not written.endswith("\\`")


def _target(address: str) -> str:
    """The address of a link, as it stands between brackets."""
    return ENTITY.sub("&amp;", quote(address, safe=SAFE))


def _open(words: str) -> str:
    """The words of a heading that is not closed: signs at their end belong to them."""
    bare = words.rstrip("#")
    return f"{bare}\\{words[len(bare) :]}" if bare != words and bare.endswith(" ") else words


def _is_note(element: Element) -> bool:
    """Whether an element says in a file what the attributes of its passage say."""
    return not NOTES_OF_FILES.isdisjoint(element.attributes.get("class", "").split())


def _behind(first: str, others: str, block: str) -> str:
    """A block with a sign before its first line and before all others."""
    lines = [(others if number else first) + line for number, line in enumerate(block.split("\n"))]
    return "\n".join(line.rstrip(" ") for line in lines)


def _rows(element: Element) -> list[Element]:
    """The rows of a table, whichever of its parts they are in."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            found += [child] if child.name == "tr" else _rows(child) if child.name in {"thead", "tbody", "tfoot"} else []
    return found


def _number(written: str) -> int:
    return int(written) if re.fullmatch(r"\d{1,6}", written) else 1
