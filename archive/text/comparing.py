"""Finds what changed from one text to another: paragraphs first, then the words within those that changed.

Every step is linear in the length, but for difflib, which is asked only where it has few pairs of like words to look at.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from archive.text.counting import SINGLE

_SIGNS = SINGLE.pattern[1:-1]
_POINTS = r"!-/:-@\[-`{-~¡-¿\u2000-\u200b\u200e-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
_LETTERS = rf"[^\s{_POINTS}{_SIGNS}]"
# A word with the space before it; a point, a Han, kana or Thai sign; the end of a line. Nothing is left out.
TOKEN = re.compile(rf"\n|[^\S\n]*+(?:{_LETTERS}++(?:['’‑-]{_LETTERS}++)*+|[^\s])|[^\S\n]++")
LINE = re.compile(r"[^\n]*+\n|[^\n]++")

MOST_PAIRS = 20_000  # of like tokens that difflib is given at once; it may look at each some ten times
MOST_PAIRS_IN_ALL = 600_000
DEEPEST = 16  # how often what lies between tokens that stand once on either side is searched for more of them
ALIKE = 1 / 3  # of the shorter side: with less in common, two passages are shown one after the other
STRAY = 4  # characters; less than this between two changes is not worth keeping them apart


class Kind(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Change(NamedTuple):
    """Where something of the old tokens stands, and what stands in its place in the new ones."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Piece(NamedTuple):
    """Some text, and what became of it."""

    kind: Kind
    text: str


class Stretch(NamedTuple):
    """Neighbouring paragraphs that all hold changes or stand beside one, or that are all the same and far from any."""

    is_same: bool
    paragraphs: list[list[Piece]]


@dataclass
class Budget:
    """How many pairs of like tokens may still be looked at."""

    pairs: int = MOST_PAIRS_IN_ALL


def tokens_of(text: str) -> list[str]:
    """Answer the words, points and line ends of a text, with all that lies between them."""
    return TOKEN.findall(text)


def changes(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Change]:
    """Answer what changed from one row of tokens to another, in order."""
    found: list[Change] = []
    waiting = [(Change(0, len(old), 0, len(new)), 0)]
    while waiting:
        gap, depth = waiting.pop()
        gap = _trimmed(old, new, gap)
        if gap.old_start == gap.old_end or gap.new_start == gap.new_end:
            if gap.old_start < gap.old_end or gap.new_start < gap.new_end:
                found.append(gap)
            continue
        in_old = Counter(old[gap.old_start : gap.old_end])
        in_new = Counter(new[gap.new_start : gap.new_end])
        pairs = sum(count * in_new[token] for token, count in in_old.items())
        if pairs <= min(MOST_PAIRS, budget.pairs):
            budget.pairs -= pairs
            found += _by_difflib(old, new, gap)
            continue
        once = {token for token, count in in_old.items() if count == 1 and in_new[token] == 1} if depth < DEEPEST else set()
        between = list(_between_anchors(old, new, gap, once)) if once else []
        if between:
            waiting += [(part, depth + 1) for part in between]
        else:
            found.append(gap)
    return sorted(found)


def _trimmed(old: Sequence[str], new: Sequence[str], gap: Change) -> Change:
    """Take the common beginning and end off a gap."""
    old_start, old_end, new_start, new_end = gap
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    return Change(old_start, old_end, new_start, new_end)


def _by_difflib(old: Sequence[str], new: Sequence[str], gap: Change) -> Iterator[Change]:
    """Yield the changes within a gap that is small, or has little in common."""
    old_start, old_end, new_start, new_end = gap
    matcher = SequenceMatcher(None, old[old_start:old_end], new[new_start:new_end], autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what != "equal":
            yield Change(old_start + i1, old_start + i2, new_start + j1, new_start + j2)


def _between_anchors(old: Sequence[str], new: Sequence[str], gap: Change, once: set[str]) -> Iterator[Change]:
    """Yield what lies between the tokens that stand once on either side and in the same order on both."""
    places = {new[j]: j for j in range(gap.new_start, gap.new_end) if new[j] in once}
    pairs = [(i, places[old[i]]) for i in range(gap.old_start, gap.old_end) if old[i] in once]
    old_at, new_at = gap.old_start, gap.new_start
    for i, j in _rising(pairs):
        yield Change(old_at, i, new_at, j)
        old_at, new_at = i + 1, j + 1
    yield Change(old_at, gap.old_end, new_at, gap.new_end)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Answer the longest part of some pairs, sorted by the first number, in which the second rises too."""
    tops: list[int] = []  # the lowest last number of a rising row of each length, by where it stands in `pairs`
    before: list[int] = []
    for place, (_first, second) in enumerate(pairs):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            if pairs[tops[middle]][1] < second:
                low = middle + 1
            else:
                high = middle
        before.append(tops[low - 1] if low else -1)
        tops[low : low + 1] = [place]
    chosen, place = [], tops[-1] if tops else -1
    while place >= 0:
        chosen.append(pairs[place])
        place = before[place]
    return chosen[::-1]


def spans(old: str, new: str) -> list[Change]:
    """Answer what changed from one text to another as places of characters, as exactly as there is time for."""
    budget = Budget()
    old_lines, new_lines = LINE.findall(old), LINE.findall(new)
    old_places, new_places = _places(old_lines), _places(new_lines)
    found = []
    for line in changes(old_lines, new_lines, budget):
        old_at, new_at = old_places[line.old_start], new_places[line.new_start]
        old_words = tokens_of(old[old_at : old_places[line.old_end]])
        new_words = tokens_of(new[new_at : new_places[line.new_end]])
        old_within, new_within = _places(old_words), _places(new_words)
        found += [
            Change(
                old_at + old_within[word.old_start],
                old_at + old_within[word.old_end],
                new_at + new_within[word.new_start],
                new_at + new_within[word.new_end],
            )
            for word in _legible(changes(old_words, new_words, budget), old_words, new_words, old_within)
        ]
    return found


def _places(tokens: Sequence[str]) -> list[int]:
    """Answer where each token begins, and where the last one ends."""
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def _legible(found: list[Change], old: Sequence[str], new: Sequence[str], places: Sequence[int]) -> list[Change]:
    """Join changes with next to nothing between them; make one of all of them where hardly anything is left in common."""
    if len(found) <= 1:
        return found
    joined = [found[0]]
    for change in found[1:]:
        last = joined[-1]
        between = "".join(old[last.old_end : change.old_start])
        if len(between) < STRAY and "\n" not in between and _replaces(last) and _replaces(change):
            joined[-1] = Change(last.old_start, change.old_end, last.new_start, change.new_end)
        else:
            joined.append(change)
    removed = sum(places[change.old_end] - places[change.old_start] for change in joined)
    shorter = min(places[-1], sum(map(len, new)))
    return joined if places[-1] - removed >= ALIKE * shorter else [Change(0, len(old), 0, len(new))]


def _replaces(change: Change) -> bool:
    return change.old_start < change.old_end and change.new_start < change.new_end


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield both texts as one: what is kept and removed gives the old one, what is kept and added the new one."""
    at = 0
    for change in spans(old, new):
        yield from _piece(Kind.KEPT, old[at : change.old_start])
        yield from _piece(Kind.REMOVED, old[change.old_start : change.old_end])
        yield from _piece(Kind.ADDED, new[change.new_start : change.new_end])
        at = change.old_end
    yield from _piece(Kind.KEPT, old[at:])


def _piece(kind: Kind, text: str) -> Iterator[Piece]:
    if text:
        yield Piece(kind, text)


BREAK = "¶"  # stands for the end of a paragraph where nothing else was added or removed
BESIDE = 1  # paragraphs shown before and after a change


def paragraphs(found: Sequence[Piece]) -> list[list[Piece]]:
    """Cut pieces into paragraphs, to be shown one under another."""
    made: list[list[Piece]] = [[]]
    for kind, text in found:
        for line in LINE.findall(text):
            words = line.removesuffix("\n")
            if words or kind is not Kind.KEPT:
                made[-1].append(Piece(kind, words or BREAK))
            if line.endswith("\n"):
                made.append([])
    return [paragraph for paragraph in made if paragraph]


def stretches(shown: Sequence[list[Piece]]) -> list[Stretch]:
    """Part paragraphs that changed, with their neighbours, from those far from any change, which can be folded."""
    near: set[int] = set()
    for place, paragraph in enumerate(shown):
        if any(piece.kind is not Kind.KEPT for piece in paragraph):
            near.update(range(place - BESIDE, place + BESIDE + 1))
    parts = groupby(enumerate(shown), key=lambda numbered: numbered[0] not in near)
    return [Stretch(is_same, [paragraph for _place, paragraph in part]) for is_same, part in parts]
