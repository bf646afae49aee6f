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
PARAGRAPH = re.compile(r"[^\n]*+\n++|[^\n]++")  # with the empty lines after it: alone they would seem to be like each other
LINE = re.compile(r"[^\n]*+\n|[^\n]++")

MOST_PAIRS = 20_000  # of like tokens that difflib is given at once; it may look at each some ten times
MOST_PAIRS_IN_ALL = 600_000
MOST_EDITS = 100  # tokens added or removed that are looked through at once where nothing stands only once
MOST_STEPS_IN_ALL = 1_000_000
DEEPEST = 16  # how often what lies between tokens that stand once on either side is searched for more of them
ALIKE = 1 / 3  # of the shorter side: with less in common, two passages are shown one after the other
SENTENCE_ENDS = frozenset('.!?…”»"。！？」')
FARTHEST = 200  # tokens that a change is shifted at most
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

    @property
    def is_removed(self) -> bool:
        """Whether only the old text has it."""
        return self.kind is Kind.REMOVED

    @property
    def is_added(self) -> bool:
        """Whether only the new text has it."""
        return self.kind is Kind.ADDED


class Stretch(NamedTuple):
    """Neighbouring paragraphs that all hold changes or stand beside one, or that are all the same and far from any."""

    is_same: bool
    paragraphs: list[list[Piece]]


@dataclass
class Budget:
    """How many pairs of like tokens may still be looked at, and how many steps may still be taken."""

    pairs: int = MOST_PAIRS_IN_ALL
    steps: int = MOST_STEPS_IN_ALL


def tokens_of(text: str) -> list[str]:
    """Answer the words, points and line ends of a text, with all that lies between them."""
    return TOKEN.findall(text)


def changes(old: Sequence[str], new: Sequence[str], budget: Budget, *, is_thorough: bool) -> list[Change]:
    """Answer what changed from one row of tokens to another, in order.

    Where nothing stands only once, a thorough search goes on by single edits; otherwise all of such a gap is one change.
    """
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
        elif is_thorough:
            found += _by_fewest_edits(old, new, gap, budget)
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


def _by_fewest_edits(old: Sequence[str], new: Sequence[str], gap: Change, budget: Budget) -> Iterator[Change]:
    """Yield the changes within a gap full of repetitions, found as Myers does it, some edits at a time.

    Where there are too many edits the way that came furthest is taken, and the search begins anew from its end; where there
    are no steps left, all the rest is one change.
    """
    old_at, new_at = gap.old_start, gap.new_start
    while budget.steps > 0:
        matched = _furthest(old[old_at : gap.old_end], new[new_at : gap.new_end], budget)
        if not matched:
            break
        old_from, new_from = old_at, new_at
        for i, j, length in matched:
            if old_at < old_from + i or new_at < new_from + j:
                yield Change(old_at, old_from + i, new_at, new_from + j)
            old_at, new_at = old_from + i + length, new_from + j + length
    if old_at < gap.old_end or new_at < gap.new_end:
        yield Change(old_at, gap.old_end, new_at, gap.new_end)


def _furthest(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[tuple[int, int, int]]:
    """Answer what stays the same on the way that comes furthest with the fewest edits: where in both, and how many tokens."""
    reached = {1: 0}  # how far in the old tokens, by how much further that is than in the new ones
    before: list[dict[int, int]] = []
    for edits in range(MOST_EDITS + 1):
        before.append(dict(reached))
        budget.steps -= 2 * edits
        for ahead in range(-edits, edits + 1, 2):
            is_added = ahead == -edits or (ahead != edits and reached[ahead - 1] < reached[ahead + 1])
            begin = i = reached[ahead + 1] if is_added else reached[ahead - 1] + 1
            while i < len(old) and 0 <= i - ahead < len(new) and old[i] == new[i - ahead]:
                i += 1
            budget.steps -= i - begin
            reached[ahead] = i
            if i >= len(old) and i - ahead >= len(new):
                return _way_back(before, i, ahead)
    last = range(-MOST_EDITS, MOST_EDITS + 1, 2)
    inside = [ahead for ahead in last if reached[ahead] <= len(old) and reached[ahead] - ahead <= len(new)]
    best = max(inside, key=lambda ahead: 2 * reached[ahead] - ahead, default=None)
    return [] if best is None else _way_back(before, reached[best], best)


def _way_back(before: list[dict[int, int]], end: int, ahead: int) -> list[tuple[int, int, int]]:
    """Answer what stays the same on the way to an end, from its beginning."""
    matched = []
    for edits in range(len(before) - 1, -1, -1):
        reached = before[edits]
        is_added = ahead == -edits or (ahead != edits and reached[ahead - 1] < reached[ahead + 1])
        begin = reached[ahead + 1] if is_added else reached[ahead - 1] + 1
        if begin < end:
            matched.append((begin, begin - ahead, end - begin))
        end, ahead = (begin, ahead + 1) if is_added else (begin - 1, ahead - 1)
    return matched[::-1]


def spans(old: str, new: str, budget: Budget) -> list[Change]:
    """Answer what changed from one text to another as places of characters, as exactly as the budget allows."""
    old_lines, new_lines = PARAGRAPH.findall(old), PARAGRAPH.findall(new)
    old_places, new_places = _places(old_lines), _places(new_lines)
    found = []
    for line in changes(old_lines, new_lines, budget, is_thorough=False):
        old_at, new_at = old_places[line.old_start], new_places[line.new_start]
        old_words = tokens_of(old[old_at : old_places[line.old_end]])
        new_words = tokens_of(new[new_at : new_places[line.new_end]])
        old_within, new_within = _places(old_words), _places(new_words)
        found += [
            _without_common_space(
                old,
                new,
                Change(
                    old_at + old_within[word.old_start],
                    old_at + old_within[word.old_end],
                    new_at + new_within[word.new_start],
                    new_at + new_within[word.new_end],
                ),
            )
            for word in _legible(changes(old_words, new_words, budget, is_thorough=True), old_words, new_words, old_within)
        ]
    return found


def _without_common_space(old: str, new: str, change: Change) -> Change:
    """Leave the space before a word that was replaced where it is."""
    old_start, old_end, new_start, new_end = change
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start] == " ":
        old_start, new_start = old_start + 1, new_start + 1
    return Change(old_start, old_end, new_start, new_end)


def _places(tokens: Sequence[str]) -> list[int]:
    """Answer where each token begins, and where the last one ends."""
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def _legible(found: list[Change], old: Sequence[str], new: Sequence[str], places: Sequence[int]) -> list[Change]:
    """Join changes with next to nothing between them; make one of all of them where hardly anything is left in common.

    What was only added or only removed is shifted to where a paragraph or a sentence begins, if the words around allow it.
    """
    if not found:
        return found
    found = _shifted(found, old, new)
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


def _shifted(found: list[Change], old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Shift changes that are on one side only along the words that are like those at their other end."""
    made: list[Change] = []
    for place, change in enumerate(found):
        if _replaces(change):
            made.append(change)
            continue
        tokens, start, end = (new, *change[2:]) if change.old_start == change.old_end else (old, *change[:2])
        least = change.old_start - made[-1].old_end if made else change.old_start
        most = (found[place + 1].old_start if place + 1 < len(found) else len(old)) - change.old_end
        left = right = 0
        while left < min(least, FARTHEST) and tokens[start - left - 1] == tokens[end - left - 1]:
            left += 1
        while right < min(most, FARTHEST) and tokens[start + right] == tokens[end + right]:
            right += 1
        best = max(range(-left, right + 1), key=lambda shift: (_begins(tokens, start + shift), -abs(shift)))
        made.append(Change(*(at + best for at in change)))
    return made


def _begins(tokens: Sequence[str], at: int) -> int:
    """Say how good a place is for a change to begin: 2 for that of a paragraph, 1 for that of a sentence, or 0."""
    if at == 0 or tokens[at - 1] == "\n":
        return 2
    return int(tokens[at - 1] in SENTENCE_ENDS)


def _replaces(change: Change) -> bool:
    return change.old_start < change.old_end and change.new_start < change.new_end


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield both texts as one: what is kept and removed gives the old one, what is kept and added the new one."""
    at = 0
    for change in spans(old, new, Budget()):
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
