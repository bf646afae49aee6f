"""Makes elements of what a document says in styles alone, since the cleaner keeps elements and no styles.

Word processors and calibre write italics as a class whose rule says so. Only what means something is taken over: slanted,
bold, underlined and struck letters, raised and lowered ones, centred and right-aligned paragraphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.transfer.bringing import markup

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from archive.transfer.bringing.markup import Markup

STYLE = re.compile(r"<style\b[^>]*+>(?P<rules>.{0,150000}?)</style", re.IGNORECASE | re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"(?P<selectors>[^{}]{1,500})\{(?P<declared>[^{}]{0,4000})\}")
CLASS = re.compile(r"\s*(?:[a-z][a-z0-9]*)?\.(?P<name>[A-Za-z_][\w-]{0,80})\s*", re.IGNORECASE)
MEANINGS = (
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE), "em"),
    (re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE), "strong"),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE), "u"),
    (re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE), "s"),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE), "sub"),
)
ALIGNED = re.compile(r"text-align\s*:\s*(?P<side>center|right)", re.IGNORECASE)
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
MOST_RULES = 2_000
MOST_DRESSED = 100_000


def undress(document: Markup, *, also: str = "") -> None:
    """Write the elements that the document's styles mean; `also` is a stylesheet that lies beside it."""
    rules = _rules(" ".join([found["rules"] for found in STYLE.finditer(document.head)] + [also]))
    for node in document.all("[style], [class]")[:MOST_DRESSED]:
        declared = ";".join([*(rules.get(name, "") for name in markup.classes(node)), node.attributes.get("style") or ""])
        if declared.strip(";"):
            _mean(node, declared)


def _rules(stylesheet: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, rule in enumerate(RULE.finditer(COMMENT.sub("", stylesheet[:400_000]))):
        if number > MOST_RULES:
            break
        for selector in rule["selectors"].split(","):
            if name := CLASS.fullmatch(selector):
                found[name["name"]] = f"{found.get(name['name'], '')};{rule['declared']}"[:4_000]
    return found


def _mean(node: LexborNode, declared: str) -> None:
    """Put into a node the elements that its style means."""
    names = [name for meaning, name in MEANINGS if meaning.search(declared) and node.tag not in SAYS[name]]
    if node.tag in BLOCKS and (aligned := ALIGNED.search(declared)) and not node.attributes.get("align"):
        node.attrs["align"] = aligned["side"].lower()
    if not names or node.css_first("p, div, table, ul, ol, blockquote, h1, h2, h3") not in {None, node}:
        return
    inside = markup.inside(node) if node.tag in BLOCKS else (node.inner_html or "")
    if not inside.strip():
        return
    for name in names:
        inside = f"<{name}>{inside}</{name}>"
    node.inner_html = inside
