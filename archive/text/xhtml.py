"""Writes clean HTML as the XHTML of e-books, in which what no browser minds is an error.

An element where the schema does not want it becomes a neutral one with a class that says what it was; nothing that was
written is lost. Images become links that say what they show: a book asks no other machine for anything.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urljoin, urlsplit

from archive.text import images
from archive.text.passage_notes import ShownHTML
from archive.text.passages import GIST, NOTE, WARNING
from archive.text.tree import INLINE, VOID, Element, Node, tree_of

# What most chapters consist of: paragraphs with plain formatting. These are right as they are, but for three spellings.
_INLINE = r"(?:[^<]++|</?(?:em|strong|i|b|u|s|sub|sup|small)>|<br>)*+"
EASY = re.compile(rf"(?:\s*+(?:<hr>|<p>{_INLINE}</p>|<h[3-6]>{_INLINE}</h[3-6]>))*+\s*+")
PHRASING = INLINE - {"acronym", "big", "strike", "tt"}
TRANSPARENT = frozenset(["a", "del", "ins"])
# What XHTML no longer has, and what stands for it; of those that are not renamed for good the class keeps the look.
TODAY = {"acronym": "abbr", "strike": "s", "tt": "code"}
NEUTRAL = {"big": "span", "center": "div", "address": "div"}
HOLDS_PHRASING = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"])
PARTS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "figcaption": ("figure",), "summary": ("details",)}
ROWS = ("thead", "tbody", "tfoot")
ID = re.compile(r' id="([^"]+)"')
KEPT = ("class", "title", "id", WARNING, NOTE, GIST)  # of a passage, its author's own words, too
# A language as RFC 5646 has it, roughly: what is none must not be claimed.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SAFE_IN_ADDRESSES = "!#$%&'()*+,/:;=?@_~-."
BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
SPAN = re.compile(r"[1-9][0-9]{0,2}")
# What single elements may bear, and the values that it may have.
OWN = {
    "ol": {"start": re.compile(r"-?[0-9]{1,9}"), "type": re.compile(r"[1aAiI]")},
    "th": {"scope": re.compile(r"(?:row|col)(?:group)?")},
}
WEB, MAIL = ("http", "https", "ftp"), "mailto"


def to_xhtml(clean: str, *, site: str) -> ShownHTML:
    """Clean HTML as XHTML; links within the archive get `site` before them."""
    if EASY.fullmatch(clean):
        easy = clean.replace("<br>", "<br/>").replace("<hr>", "<hr/>")
        return ShownHTML(easy.replace("&nbsp;", "\N{NO-BREAK SPACE}") if "&nbsp;" in easy else easy)
    written: list[str] = []
    for node in _Fitting(site, frozenset(ID.findall(clean))).all(tree_of(clean)):
        _write(node, written)
    return ShownHTML("".join(written))


def escape(text: str) -> str:
    """Text as it stands in XHTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link_of(written: str, *, site: str) -> str:
    """A link as a book may hold it: a whole and well-formed address, or nothing."""
    try:
        address = urljoin(f"{site}/", written.strip())
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname and parts.hostname.isascii() is False else ""
        parts.port  # noqa: B018 - raises for a port that is none
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme == MAIL:
        return _quoted(address) if "@" in parts.path else ""
    if parts.scheme not in WEB or not parts.hostname or re.search(r"[^A-Za-z0-9.\-:\[\]@_~%]", host or parts.netloc):
        return ""
    return _quoted(parts._replace(netloc=host).geturl() if host else address)


def _quoted(address: str) -> str:
    """An address with everything quoted that has to be."""
    quoted = quote(BAD_PERCENT.sub("%25", address), safe=SAFE_IN_ADDRESSES)
    before, mark, fragment = quoted.partition("#")
    return f"{before}{mark}{fragment.replace('#', '%23')}"


class _Fitting:
    """Makes a tree one that the schema of XHTML accepts."""

    def __init__(self, site: str, places: frozenset[str]) -> None:
        self.site = site
        self.places = places  # to which links may lead; ours, for no text of an author keeps ids

    def all(self, nodes: list[Node], *, inline: bool = False, within: str = "", links: bool = True) -> list[Node]:
        return [fit for node in nodes for fit in ([node] if isinstance(node, str) else [self.one(node, inline, within, links)])]

    def one(self, element: Element, inline: bool, within: str, links: bool) -> Element:
        """The element as it may stand: `inline` where no block may, `links` where no other link is around it."""
        name = TODAY.get(element.name, element.name)
        if name == "img":
            return self.described(element, links=links)
        if name == "hr" and inline:
            return Element("br")
        fit = Element(name, self.attributes(name, element.attributes))
        if name == "a" and not (links and "href" in fit.attributes):
            self.rename(fit, "span" if inline or not element.has_blocks else "div", name)
        elif self.is_out_of_place(element, name, inline=inline, within=within, links=links):
            is_inline = inline or name == "big" or name in {"rt", "rp"}
            self.rename(fit, "span" if is_inline and (inline or not element.has_blocks) else "div", name)
        return self.filled(fit, element, inline=inline, links=links and name != "a")

    @staticmethod
    def is_out_of_place(element: Element, name: str, *, inline: bool, within: str, links: bool) -> bool:
        """Whether an element may not be what it is where it stands, or is none of today's."""
        if name in PHRASING:
            wants_ruby = name in {"rt", "rp"} and within != "ruby"
            return wants_ruby or (name not in TRANSPARENT and not inline and element.has_blocks)
        return inline or name in NEUTRAL or (name in PARTS and within not in PARTS[name]) or (name == "details" and not links)

    def filled(self, fit: Element, element: Element, *, inline: bool, links: bool) -> Element:
        """The element with its children, as its kind may hold them."""
        name = fit.name
        if name in VOID:
            return fit
        if name in {"ul", "ol"}:
            fit.children = self.items(element, links=links)
        elif name == "dl" and not _is_list_of_terms(element):
            self.rename(fit, "div", "dl")
            fit.children = self.all(element.children, links=links)
        elif name == "dl":
            terms: list[Node] = [child for child in element.children if isinstance(child, Element)]
            fit.children = self.all(terms, within="dl", links=links)
        elif name == "table":
            fit.children = self.rows(element, links=links)
        elif name == "figure":
            parts = [child for child in element.children if not _is_blank(child)]
            captions = [place for place, child in enumerate(parts) if _is(child, "figcaption")]
            is_right = len(captions) == 1 and captions[0] in {0, len(parts) - 1}
            fit.children = self.all(element.children, within="figure" if is_right else "", links=links)
        elif name == "details":
            fit.children = self.folded(element, links=links)
        elif name == "ruby":
            is_right = _is_ruby(element)
            if not is_right:
                self.rename(fit, "span", "ruby")
            fit.children = self.all(element.children, inline=True, within="ruby" if is_right else "", links=links)
        else:
            is_inline = inline or name in HOLDS_PHRASING or (name in PHRASING and name not in TRANSPARENT)
            fit.children = self.all(element.children, inline=is_inline, links=links)
        return fit

    def items(self, element: Element, *, links: bool) -> list[Node]:
        """The items of a list; what stands between them becomes one."""
        items: list[Node] = []
        loose: Element | None = None
        for child in element.children:
            if _is(child, "li"):
                loose = None
                items += self.all([child], within="ul", links=links)
            elif not _is_blank(child) or loose:
                if loose is None:
                    loose = Element("li", {"class": "as-loose"})
                    items.append(loose)
                loose.children += self.all([child], links=links)
        return items

    def rows(self, table: Element, *, links: bool) -> list[Node]:
        """The parts of a table in the order that the schema wants: caption, columns, head, bodies, foot."""
        found: dict[str, list[Element]] = {"caption": [], "colgroup": [], "thead": [], "tbody": [], "tfoot": []}
        for child in table.children:
            if isinstance(child, Element) and child.name in found:
                found[child.name].append(child)
        bodies = [*found["thead"][1:], *found["tbody"], *found["tfoot"][1:]]
        parts: list[Node] = [
            Element("caption", self.attributes("caption", one.attributes), self.all(one.children, inline=True, links=links))
            for one in found["caption"][:1]
        ]
        parts += [
            Element("colgroup", {}, [Element("col") for child in one.children if _is(child, "col")]) for one in found["colgroup"]
        ]
        parts += [self.body("thead", one, links=links) for one in found["thead"][:1]]
        parts += [self.body("tbody", one, links=links) for one in bodies]
        parts += [self.body("tfoot", one, links=links) for one in found["tfoot"][:1]]
        spare = [Element("tbody", {}, [Element("tr", {}, [Element("td", {}, one.children)])]) for one in found["caption"][1:]]
        return parts + [self.body("tbody", one, links=links) for one in spare]

    def body(self, name: str, rows: Element, *, links: bool) -> Element:
        """A head, body or foot of a table."""
        fit = Element(name, self.attributes(name, rows.attributes))
        for row in rows.children:
            if isinstance(row, Element) and row.name == "tr":
                cells: list[Node] = []
                for cell in row.children:
                    if isinstance(cell, Element) and cell.name in {"td", "th"}:
                        # A heading may not hold headings of its own; what is written in it stays.
                        inside = self.all(cell.children, inline=cell.name == "th", links=links)
                        cells.append(Element(cell.name, self.attributes(cell.name, cell.attributes), inside))
                fit.children.append(Element("tr", self.attributes("tr", row.attributes), cells))
        return fit

    def folded(self, element: Element, *, links: bool) -> list[Node]:
        """What is in a <details>, its summary first, and one there is always."""
        summaries = [child for child in element.children if _is(child, "summary")]
        first = summaries[0] if summaries else Element("summary", {}, ["…"])
        rest = [child for child in element.children if child is not first]
        # The second of two summaries stands as a block of its own.
        rest = [
            Element("div", {}, child.children) if isinstance(child, Element) and child.name == "summary" else child
            for child in rest
        ]
        return [*self.all([first], within="details", links=False), *self.all(rest, links=links)]

    def described(self, image: Element, *, links: bool) -> Element:
        """A link to an image that says what it shows."""
        shown, marks = images.words_for(image.attributes), images.marks_of(image.attributes)
        address = link_of(image.attributes.get("src", ""), site=self.site)
        if links and address:
            return Element("a", {"href": address, **marks}, [shown])
        return Element("span", marks, [shown])

    def attributes(self, name: str, given: dict[str, str]) -> dict[str, str]:
        """Those attributes that the element may bear, with values that they may have."""
        kept = {key: given[key] for key in KEPT if given.get(key)}
        if (direction := given.get("dir", "").lower()) in {"ltr", "rtl", "auto"}:
            kept["dir"] = direction
        if LANGUAGE.fullmatch(given.get("lang", "")):
            kept["lang"] = kept["xml:lang"] = given["lang"]
        if (align := given.get("align", "").lower()) in {"left", "right", "center", "justify"}:
            kept["class"] = f"{kept.get('class', '')} as-{align}".strip()
        if name == "a":
            kept |= self.link(given)
        elif name in {"td", "th"}:
            kept |= {key: str(int(given[key])) for key in ("colspan", "rowspan") if SPAN.fullmatch(given.get(key, ""))}
        if name == "details" and "open" in given:
            kept["open"] = "open"
        return kept | {key: given[key] for key, right in OWN.get(name, {}).items() if right.fullmatch(given.get(key, ""))}

    def link(self, given: dict[str, str]) -> dict[str, str]:
        """Where a link leads, if it leads anywhere. The place on the same page to which a footnote leads may be in its notes."""
        address = given.get("href", "")
        if address.startswith("#"):
            return {"href": address} if given.get("id") or address[1:] in self.places else {}
        return {"href": whole} if (whole := link_of(address, site=self.site)) else {}

    @staticmethod
    def rename(fit: Element, name: str, was: str) -> None:
        """Make it a neutral element that bears what it was as a class."""
        kept = {key: value for key, value in fit.attributes.items() if key in {*KEPT, "dir", "lang", "xml:lang"}}
        fit.name, fit.attributes = name, kept | {"class": f"{kept.get('class', '')} as-{was}".strip()}


def _is(node: Node, name: str) -> bool:
    return isinstance(node, Element) and node.name == name


def _is_blank(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()


def _is_list_of_terms(element: Element) -> bool:
    """Whether a <dl> is terms, each run of them followed by descriptions."""
    names = ["" if isinstance(child, str) else child.name for child in element.children if not _is_blank(child)]
    return re.fullmatch(r"(?:(?:dt )+(?:dd )+)+", "".join(f"{name or '-'} " for name in names)) is not None


def _is_ruby(element: Element) -> bool:
    """Whether a <ruby> is words, each with what stands over them."""
    names = ["-" if isinstance(child, str) or child.name not in {"rt", "rp"} else child.name for child in element.children]
    return re.fullmatch(r"(?:(?:- )+(?:rt |rp rt rp ))+", "".join(f"{name} " for name in names)) is not None


def _write(node: Node, written: list[str]) -> None:
    """Write a tree that fits."""
    if isinstance(node, str):
        written.append(escape(node))
        return
    attributes = "".join(f' {key}="{html.escape(value)}"' for key, value in node.attributes.items())
    if node.name in VOID:
        written.append(f"<{node.name}{attributes}/>")
        return
    written.append(f"<{node.name}{attributes}>")
    for child in node.children:
        _write(child, written)
    written.append(f"</{node.name}>")
