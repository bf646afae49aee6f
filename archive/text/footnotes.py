"""Joins footnotes to their marks. No text keeps ids, so a mark leads nowhere until a file is made of it."""

from __future__ import annotations

import re
from collections import Counter

from archive.text.passage_notes import ShownHTML

_SIGN = r"(?P<{0}>\[?(?:[0-9]{{1,3}}|\*{{1,4}}|[†‡§]{{1,2}})\]?)"
_LINK = r"<a\b[^<>]*>"
# A mark is a raised number or sign, or a link to a place on the page that bears one.
MARK = re.compile(
    rf"(?:{_LINK})?<sup>(?:{_LINK})?{_SIGN.format('raised')}(?:</a>)?</sup>(?:</a>)?"
    rf'|<a href="#[^"]*"[^<>]*>{_SIGN.format("linked")}</a>'
)
# A note is a block, or a line, that begins with the mark.
BEGINS = re.compile(r"(?:<(?:p|li|dd|div|td)\b[^<>]*>|<br>)\s*$")
A_PAIR = 2


def link_footnotes(text: str, endnotes: str, *, name: str) -> tuple[ShownHTML, ShownHTML]:
    """A text and its notes at the end, each mark a link to its note and back; `name` begins the ids.

    Only what is certain is joined: a mark that stands in the two exactly twice, the second time at the beginning of a line.
    """
    if "<sup>" not in text and 'href="#' not in text:
        return ShownHTML(text), ShownHTML(endnotes)
    whole = f"{text}\0{endnotes}"
    found = list(MARK.finditer(whole))
    counts = Counter(_sign(mark) for mark in found)
    first: dict[str, re.Match[str]] = {}
    pairs: dict[int, str] = {}
    for mark in found:
        sign = _sign(mark)
        if counts[sign] != A_PAIR:
            continue
        if sign not in first:
            first[sign] = mark
        elif _begins(whole, mark) and not _begins(whole, first[sign]):
            number = len(pairs) // 2 + 1
            pairs[first[sign].start()] = _link(first[sign], here=f"{name}-mark-{number}", there=f"{name}-{number}")
            pairs[mark.start()] = _link(mark, here=f"{name}-{number}", there=f"{name}-mark-{number}")
    linked = MARK.sub(lambda mark: pairs.get(mark.start(), mark[0]), whole)
    before, _, after = linked.partition("\0")
    return ShownHTML(before), ShownHTML(after)


def _sign(mark: re.Match[str]) -> str:
    """The number or sign that a mark shows, by which it is told from others."""
    return (mark["raised"] or mark["linked"]).strip("[]")


def _begins(whole: str, mark: re.Match[str]) -> bool:
    """Whether a mark stands at the beginning of a line."""
    return bool(BEGINS.search(whole, max(0, mark.start() - 200), mark.start()))


def _link(mark: re.Match[str], *, here: str, there: str) -> str:
    """A mark that leads somewhere and can be come back to, raised as it was. It shows digits or stars: nothing to escape."""
    link = f'<a id="{here}" href="#{there}" class="note-mark">{mark["raised"] or mark["linked"]}</a>'
    return f"<sup>{link}</sup>" if mark["raised"] else link
