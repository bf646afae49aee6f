"""What styles and style sheets declare, as far as it means something: slanted or struck letters, lines in the middle.

Every step goes through what was written once, whatever is in it: it comes from anybody's form and file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STYLE, STYLE_END = "<style", "</style"
BRACES = re.compile(r"([{}])")
SELECTOR = re.compile(r"\s*(?:[a-z0-9]+)?\.([\w-]+)\s*", re.IGNORECASE)
MOST_RULES = 2000
BOLD_FROM = 600
# The elements that say what a style says, from the outermost in.
ORDER = ("em", "strong", "u", "s", "sup", "sub")
SIDES = frozenset(["center", "right"])
MEANT = frozenset([
    "font", "font-style", "font-weight", "text-align", "text-decoration", "text-decoration-line", "vertical-align",
])  # fmt: skip

Declarations = dict[str, str]


def declarations(written: str) -> Declarations:
    """What a style declares that means something, by name; of two that are the same the later holds."""
    pairs = (one.split(":", 1) for one in written.split(";") if ":" in one)
    return {name: value.strip().lower() for one, value in pairs if (name := one.strip().lower()) in MEANT}


def sheets_in(source: str) -> Iterator[str]:
    """The style sheets in a document, as far as they are closed."""
    lowered, position = source.lower(), 0
    while (begin := lowered.find(STYLE, position)) >= 0 and (end := lowered.find(STYLE_END, begin)) >= 0:
        if (opened := source.find(">", begin, end)) >= 0:
            yield source[opened + 1 : end]
        position = end


def of_classes(sheets: Iterable[str]) -> dict[str, Declarations]:
    """What style sheets declare for each class by itself, its name in small letters. No more than `MOST_RULES` rules are read."""
    found: dict[str, Declarations] = {}
    rules = 0
    for sheet in sheets:
        for selectors, declared in _rules(sheet):
            rules += 1
            if rules > MOST_RULES:
                return found
            meant = declarations(declared)
            for selector in selectors.split(","):
                if named := SELECTOR.fullmatch(selector):
                    found.setdefault(named[1].lower(), {}).update(meant)
    return found


def said(style: Declarations) -> dict[str, bool]:
    """What a style says, by the element that would say it: True, or False where it takes it back."""
    told: dict[str, bool] = {}
    font = style.get("font", "").split()
    slant = style.get("font-style") or ("italic" if "italic" in font else "")
    if slant:
        told["em"] = slant.startswith(("italic", "oblique"))
    weight = style.get("font-weight") or ("bold" if "bold" in font else "")
    if weight:
        told["strong"] = (
            int(weight) >= BOLD_FROM if weight.isdecimal() and len(weight) <= len("1000") else weight.startswith("bold")
        )
    for name in ("text-decoration", "text-decoration-line"):
        if name in style:
            told |= {"u": "underline" in style[name], "s": "line-through" in style[name]}
    if "vertical-align" in style:
        told |= {"sup": style["vertical-align"] == "super", "sub": style["vertical-align"] == "sub"}
    return told


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The innermost rules of a style sheet: what each is for, and what it declares."""
    parts = BRACES.split(_without_comments(sheet))
    for place in range(0, len(parts) - 4, 2):
        selectors, opening, declared, closing = parts[place : place + 4]
        if (opening, closing) == ("{", "}") and selectors:
            yield selectors, declared


def _without_comments(sheet: str) -> str:
    kept, position = [], 0
    while (begin := sheet.find("/*", position)) >= 0 and (end := sheet.find("*/", begin + 2)) >= 0:
        kept.append(sheet[position:begin])
        position = end + 2
    return "".join([*kept, sheet[position:]]).replace("<!--", "").replace("-->", "")
