"""Makes elements of what a document says in styles alone, since the cleaner keeps elements and no styles.

Word processors and calibre write italics as a class whose rule says so. Only what means something is taken over: slanted,
bold, underlined and struck letters, raised and lowered ones, centred and right-aligned paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.text import declared
from archive.transfer.bringing import markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from archive.text.declared import Declarations
    from archive.transfer.bringing.markup import Markup

# Elements that say already what a style would say once more.
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
SAYS = {
    "em": frozenset(["em", "i", "cite", "address"]),
    "strong": HEADINGS | {"strong", "b", "th"},
    "u": frozenset(["u", "ins", "a"]),
    "s": frozenset(["s", "del", "strike"]),
    "sup": frozenset(["sup"]),
    "sub": frozenset(["sub"]),
}
BLOCKS = frozenset(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "blockquote"])
MOST_DRESSED = 100_000


def undress(document: Markup, *, beside: Mapping[str, Declarations] | None = None) -> None:
    """Write the elements that the document's styles mean; `beside` is what style sheets that lie beside it say of classes."""
    within, beside = declared.of_classes(declared.sheets_in(document.head)), beside or {}
    for node in document.all("[style], [class]")[:MOST_DRESSED]:
        style: Declarations = {}
        for name in markup.classes(node):
            style |= beside.get(name.lower(), {}) | within.get(name.lower(), {})
        style |= declared.declarations(node.attributes.get("style") or "")
        if style:
            _mean(node, {name: value.partition("!")[0].rstrip() for name, value in style.items()})


def _mean(node: LexborNode, style: Declarations) -> None:
    """Put into a node the elements that its style means."""
    said = declared.said(style)
    names = [name for name in declared.ORDER if said.get(name) and node.tag not in SAYS[name]]
    if node.tag in BLOCKS and style.get("text-align") in declared.SIDES and not node.attributes.get("align"):
        node.attrs["align"] = style["text-align"]
    if not names or node.css_first("p, div, table, ul, ol, blockquote, h1, h2, h3") not in {None, node}:
        return
    inside = markup.inside(node) if node.tag in BLOCKS else (node.inner_html or "")
    if not inside.strip():
        return
    for name in names:
        inside = f"<{name}>{inside}</{name}>"
    node.inner_html = inside
