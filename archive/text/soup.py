"""Reads HTML as people paste it, and writes it down again with nothing but whole tags of known elements.

The cleaner proper (nh3) builds a tree as a browser does, which some inputs can make take minutes. Its
cost can only be foretold if it sees the same tags as we do. Comments, raw text, foreign content and tags
that never end are where two readers of one text part ways, so none of them gets past this module.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archive.text.costs import Tally

# An attribute, as the HTML standard reads it. Possessive throughout, so that no input makes it go back.
_ATTRIBUTE = (
    r"[\t\n\f\r /]*+(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?![\"'])(?P<bare>[^\t\n\f\r >]*+))"
    r"|(?![\t\n\f\r ]*+=))"
)
_ATTRIBUTES = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
ATTRIBUTE = re.compile(_ATTRIBUTE)
# A whole tag; or, failing that, as much of a tag as there is before the text ends inside it.
TAG = re.compile(
    rf"<(?P<close>/?)(?P<element>[A-Za-z][^\t\n\f\r />]*+)(?P<attributes>(?:{_ATTRIBUTES})*+)[\t\n\f\r /]*+(?P<whole>>)?",
)
MARKUP = re.compile(r"<[A-Za-z/!?]")
COMMENT_END = re.compile(r"--!?>")

# Of these the contents go as well: nobody wrote them to be read.
SWALLOWED = frozenset({
    "applet", "audio", "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script", "style", "svg",
    "template", "video", "xmp",
})  # fmt: skip
# Every element that HTML has or ever had: a tag of one that is not wanted goes. What stands between < and > under any other name
# was never markup: an address, a <g>, a thought in a mailing list's story. It stays, as the words that it is.
NAMES_EVER = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div
    dl dt element em embed fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head
    header hgroup hr html i iframe ilayer image img input ins isindex kbd keygen label layer legend li link listing main
    map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes nolayer noscript object ol
    optgroup option output p param picture plaintext portal pre progress q rb rbc rp rt rtc ruby s samp script search
    section select shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template
    textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp
"""
EVER = frozenset(NAMES_EVER.split())
SHORTEST_ATTRIBUTE = 2

# What stands in for an element: HTML, or None where the tag may stay.
Substitute = Callable[[str, Mapping[str, str], str], str | None]


def attributes_of(written: str) -> dict[str, str]:
    """The attributes written in a tag, by lower-case name, entities decoded; the first of a name counts."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(written):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), html.unescape(value))
    return found


def tidy(
    source: str,
    *,
    elements: frozenset[str],
    replaced: frozenset[str],
    substitute: Substitute,
    tally: Tally | None = None,
) -> str:
    """The same text with whole tags of `elements` only; `substitute` is asked about each tag in `replaced`.

    Linear in the length of the source. Raises the refusals of `archive.text.costs`; who reads more than one text at once
    brings a `tally` with other limits.
    """
    if "<" not in source:
        return source
    reading = _Reading(source, elements, replaced, substitute, tally=tally or Tally())
    reading.read()
    return "".join(reading.written)


@dataclass
class _Reading:
    """One walk through one source."""

    source: str
    elements: frozenset[str]
    replaced: frozenset[str]
    substitute: Substitute
    written: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    # Elements known to have no end tag further on: looking once for each is enough.
    endless: set[str] = field(default_factory=set)
    last_comment_end: int = -1
    last_cdata_end: int = -1

    def read(self) -> None:
        self.last_comment_end = max(self.source.rfind("-->"), self.source.rfind("--!>"))
        self.last_cdata_end = self.source.rfind("]]>")
        position = 0
        while match := MARKUP.search(self.source, position):
            if match.start() > position:
                self.text(self.source[position : match.start()])
            position = self.markup(match.start())
        self.text(self.source[position:])

    def text(self, text: str) -> None:
        # A stray "<" must not join what follows once a tag between them is gone.
        self.written.append(text.replace("<", "&lt;") if "<" in text else text)
        self.tally.text(text)

    def markup(self, start: int) -> int:
        """Read what begins with the "<" at `start`; answers where to go on."""
        tag = TAG.match(self.source, start)
        if tag is None:
            return self.declaration(start)
        if tag["whole"] is None:
            self.text(tag[0])
            return tag.end()
        name = tag["element"].lower()
        if not self.is_markup(name):
            self.text(tag[0])
            return tag.end()
        if tag["close"]:
            if name in self.elements:
                self.tally.end(name)
                self.written.append(f"</{name}>")
            return tag.end()
        return self.start_tag(name, tag)

    def is_markup(self, name: str) -> bool:
        """Whether a tag of this name is one: HTML's, or with a colon or a hyphen what word processors and scripts make up."""
        return name in EVER or name in self.elements or ":" in name or "-" in name

    def start_tag(self, name: str, tag: re.Match[str]) -> int:
        attributes = tag["attributes"]
        if len(attributes) > SHORTEST_ATTRIBUTE * Tally.ATTRIBUTES:
            self.tally.attributes(name, sum(1 for _ in ATTRIBUTE.finditer(attributes)))
        end = self.end_of_swallowed(name, tag.end())
        if name in self.replaced:
            inside = self.source[tag.end() : end]
            replacement = self.substitute(name, attributes_of(attributes), inside)
            if replacement is not None:
                self.written.append(replacement)
                return end
        if name in self.elements:
            self.tally.start(name, attributes)
            self.written.append(tag[0])
        return end

    def end_of_swallowed(self, name: str, position: int) -> int:
        """Where the element ends if its contents go too; with no end tag only the tag goes and the text stays."""
        if name not in SWALLOWED or name in self.endless:
            return position
        end = re.compile(rf"</{name}(?=[\t\n\f\r />])[^>]*+>", re.IGNORECASE).search(self.source, position)
        if end is None:
            self.endless.add(name)
            return position
        return end.end()

    def declaration(self, start: int) -> int:
        """A comment, CDATA, a processing instruction or a lone "</": gone; but never the text behind it."""
        source = self.source
        if source.startswith("<!--", start):
            if source.startswith((">", "->"), start + 4):
                return source.index(">", start) + 1
            end = COMMENT_END.search(source, start + 4) if start < self.last_comment_end else None
            if end is not None:
                return end.end()
        elif source.startswith("<![CDATA[", start) and start + 9 <= self.last_cdata_end:
            end_of_cdata = source.index("]]>", start + 9)
            self.text(html.escape(source[start + 9 : end_of_cdata], quote=False))
            return end_of_cdata + 3
        elif (bracket := source.find(">", start)) >= 0:
            return bracket + 1
        self.text(source[start : start + 2])
        return start + 2
