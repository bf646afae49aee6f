"""Reads what word processors say in styles (italics, bold, centring, scene breaks) and says it in elements.

The cleaner takes every style away; this step comes before it. It works on whole tags, as nh3 writes them, and leaves HTML
without styles as it is. static/js/editor/pasting.js does the same to what is pasted into the editor; tests hold both to one list.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.text import declared, soup
from archive.text.declared import Declarations
from archive.text.paragraphs import is_scene_break

# Signs that the author's own hand did not write this: then classes, languages and left-over attributes are not theirs either.
FOREIGN = re.compile(
    r"docs-internal-guid|<o:p\b|\bmso-|class=[\"']?Mso|LibreOffice|OpenOffice|<font\b|Cocoa HTML Writer|apple-converted-space",
    re.IGNORECASE,
)
STYLED = re.compile(r"<[a-z][^<>]*\s(?:style|bgcolor|face)\s*=|<style\b", re.IGNORECASE)
TOKEN = re.compile(r"<[^>]*+>|[^<]++")
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*+)>")
LINES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6"])
HEADINGS = LINES - {"p"}
NOTHING_SAID = frozenset({"span", "font"})
VOID = frozenset(["br", "col", "hr", "img"])
WITHIN_LINES = frozenset({
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "q", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip
# What an element says by itself, and whether the same is said by its style.
SAYS = {"i": "em", "em": "em", "b": "strong", "strong": "strong", "u": "u", "s": "s", "strike": "s", "sup": "sup", "sub": "sub"}
KEPT_OF_FOREIGN = frozenset(["align", "alt", "colspan", "height", "href", "rowspan", "src", "start", "type", "width"])
NO_CLASSES = ("Mso", "Apple-", "western", "cjk", "ctl")
PARAGRAPH = re.compile(r"<p(?: [^>]*+)?>((?:[^<]++|<(?!/p>)[^>]*+>)*+)</p>")
ANY_TAG = re.compile(r"<[^>]*+>")


def is_styled(source: str) -> bool:
    """Whether there may be something in the text that only a style says."""
    return "<" in source and bool(STYLED.search(source) or FOREIGN.search(source))


def without_head(source: str) -> str:
    """The text without the head of the document that it was copied with."""
    lowered = source.lower()
    begin, end = lowered.find("<head"), lowered.find("</head>")
    return source[:begin] + source[end + len("</head>") :] if 0 <= begin < end else source


def in_elements(whole: str, *, sheet: Mapping[str, Declarations], is_foreign: bool) -> str:
    """The same HTML with elements for what styles and classes say; of a foreign text nothing else is kept of them."""
    reading = _Reading(sheet, is_foreign)
    for token in TOKEN.findall(whole):
        reading.read(token)
    made = "".join(reading.written)
    return _with_breaks(made) if is_foreign else made


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: what closes it, what is still to be said of the lines in it, and what is said round its words."""

    closing: str = ""
    lines: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()


@dataclass
class _Reading:
    """One walk through one text."""

    sheet: Mapping[str, Declarations]
    is_foreign: bool
    written: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=lambda: [_Open()])

    def read(self, token: str) -> None:
        tag = TAG.fullmatch(token)
        if tag is None:
            self.written.append(token)
        elif not tag[1]:
            self.start(tag[2], soup.attributes_of(tag[3]))
        elif len(self.open) > 1:
            self.written.append(self.open.pop().closing)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        style = self.style_of(attributes)
        said = declared.said(style)
        shown = self.kept(name, attributes, style)
        if name in VOID:
            if attributes.get("class") != "Apple-interchange-newline":
                self.written.append(_tag(name, shown))
        elif name in WITHIN_LINES:
            self.start_within(name, shown, said)
        else:
            self.start_block(name, shown, said)

    def start_block(self, name: str, shown: dict[str, str], said: dict[str, bool]) -> None:
        """A block; what is said of the lines in it is written round the words of each."""
        lines = {*self.open[-1].lines, *(one for one, is_so in said.items() if is_so)}
        lines -= {one for one, is_so in said.items() if not is_so} | ({"strong"} if name in HEADINGS else set())
        wanted = [one for one in declared.ORDER if one in lines] if name in LINES else []
        self.written.append(_tag(name, shown) + _begin(wanted))
        around = {*wanted, "strong"} if name in HEADINGS else set(wanted)  # a heading is bold by itself
        self.open.append(_Open(_end([name, *wanted]), frozenset() if name in LINES else frozenset(lines), frozenset(around)))

    def start_within(self, name: str, shown: dict[str, str], said: dict[str, bool]) -> None:
        """An element within a line: taken back by its own style, said by it, or of no more use than its attributes."""
        around, own = self.open[-1].around, SAYS.get(name)
        is_link = name == "a" or "a" in around  # every link is underlined
        is_kept = said.get(own, True) if own else name not in NOTHING_SAID or (name == "span" and bool(shown))
        wanted = [
            one for one in declared.ORDER if said.get(one) and one != own and one not in around and not (one == "u" and is_link)
        ]
        self.written.append((_tag(name, shown) if is_kept else "") + _begin(wanted))
        itself = [name] if is_kept else []
        self.open.append(
            _Open(_end([*itself, *wanted]), self.open[-1].lines, around | {*wanted, *itself, *([own] if own and is_kept else [])})
        )

    def style_of(self, attributes: Mapping[str, str]) -> Declarations:
        """What is said of an element by its classes and, above them, by itself."""
        style: Declarations = {}
        for name in attributes.get("class", "").lower().split():
            style |= self.sheet.get(name, {})
        return style | declared.declarations(attributes.get("style", ""))

    def kept(self, name: str, attributes: Mapping[str, str], style: Declarations) -> dict[str, str]:
        """The attributes that stay, with the alignment that a style says."""
        align = style.get("text-align", attributes.get("align", "").lower()).removeprefix("-webkit-")
        others = {one: value for one, value in attributes.items() if one not in ("style", "align")}
        if self.is_foreign:
            others = {one: mine for one, value in others.items() if (mine := self.of_author(one, value))}
            align = align if align in declared.SIDES else ""
        elif "text-align" not in style:
            align = attributes.get("align", "")
        if align in ("start", "end") or name in WITHIN_LINES or name in VOID:
            align = "" if self.is_foreign or "text-align" in style else attributes.get("align", "")
        return others | ({"align": align} if align else {})

    def of_author(self, name: str, value: str) -> str:
        """What of an attribute in a foreign text the author may have meant: their own classes and passages among it."""
        if name == "class":
            return " ".join(one for one in value.split() if one.lower() not in self.sheet and not one.startswith(NO_CLASSES))
        is_kept = name in KEPT_OF_FOREIGN or name.startswith("data-") or (name == "dir" and value.lower() == "rtl")
        return value if is_kept else ""


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(f' {one}="{html.escape(value)}"' for one, value in attributes.items())}>"


def _begin(names: Sequence[str]) -> str:
    return "".join(f"<{name}>" for name in names)


def _end(names: Sequence[str]) -> str:
    return "".join(f"</{name}>" for name in reversed(names))


def _with_breaks(made: str) -> str:
    """The text with drawn scene breaks as such, and without the empty lines that stand between all of its paragraphs."""
    made = re.sub(r"(?<=</p>)\s*<br>\s*(?=<p[ >])", "<p>&nbsp;</p>", made)
    words = [html.unescape(ANY_TAG.sub("", found[1])).strip() for found in PARAGRAPH.finditer(made) if "<img" not in found[1]]
    is_spacing = 2 * sum(not one for one in words) >= sum(map(bool, words)) - 1

    def settled(found: re.Match[str]) -> str:
        if "<img" in found[1]:
            return found[0]
        text = html.unescape(ANY_TAG.sub("", found[1])).strip()
        if not text:
            return "" if is_spacing else "<p>&nbsp;</p>"
        return "<hr>" if is_scene_break(html.escape(text, quote=False)) else found[0]

    return PARAGRAPH.sub(settled, made)
