"""Compares finished HTML with the allow list, element by element, as a browser would read it."""

import re

from selectolax.lexbor import LexborHTMLParser

from archive.text.cleaning import Profile

ELEMENTS = frozenset({
    "a", "abbr", "acronym", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u",
    "ul", "var",
})  # fmt: skip
EVERYWHERE = {"align", "dir", "lang", "title"}
CELL = {"abbr", "axis", "colspan", "height", "rowspan", "scope", "width"}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "blockquote": {"cite"},
    "del": {"cite"},
    "details": {"open"},
    "img": {"alt", "border", "height", "loading", "referrerpolicy", "src", "width"},
    "ins": {"cite"},
    "ol": {"start", "type"},
    "q": {"cite"},
    "table": {"border", "summary", "width"},
    "td": CELL,
    "th": CELL,
}
# What the parser itself puts round a fragment.
FRAME = {"html", "head", "body"}
# A browser drops these from an address before it looks for a scheme.
DROPPED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
SCHEMES = {"http", "https", "ftp", "mailto"}
PASSAGE = {"data-warning", "data-note", "data-gist"}
WITH_CLASSES_AND_IMAGES = {Profile.CHAPTER, Profile.NOTES}


def off_the_list(html: str, profile: Profile) -> set[str]:
    """Everything in the HTML that the profile does not allow: `element`, `element@attribute` or `address: …`."""
    rich = profile in WITH_CLASSES_AND_IMAGES
    elements = ELEMENTS if rich else ELEMENTS - {"img"}
    everywhere = EVERYWHERE | {"class"} if rich else EVERYWHERE
    own = ATTRIBUTES | ({"div": PASSAGE} if profile is Profile.CHAPTER else {})
    found: set[str] = set()
    for node in LexborHTMLParser(html).css("*"):
        name = node.tag or ""
        if name in FRAME and not node.attributes:
            continue
        if name not in elements:
            found.add(name)
        found |= {f"{name}@{one}" for one in node.attributes if one not in everywhere | own.get(name, set())}
        for one in ("href", "cite"):
            address = DROPPED.sub("", node.attributes.get(one) or "")
            scheme = SCHEME.match(address)
            if scheme and scheme[1].lower() not in SCHEMES:
                found.add(f"address: {address}")
        if name == "img" and not (node.attributes.get("src") or "").startswith("https://"):
            found.add(f"address: {node.attributes.get('src')}")
    return found
