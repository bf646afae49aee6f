"""Puts two texts together that were changed apart from each other: who changed what, passage by passage.

A program finds the passages; which of the two stands in the end is said by a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from archive.text import comparing
from archive.text.comparing import Budget, Change, Piece

MOST_PASSAGES = 150  # that differ; more of them nobody decides one by one, and neighbours are taken together
# Passages with so few characters between them are one: first those of a sentence, then, where there are too many, more.
GAPS = (40, 400, 4_000, 40_000, 1_000_000)


class Side(StrEnum):
    """One of two texts, or both."""

    KEPT = "kept"
    YOURS = "yours"
    BOTH = "both"


class Passage(NamedTuple):
    """A passage as it was, as it stands in the text that is kept now, and as it stands in the one that was typed."""

    was: str
    kept: str
    yours: str
    changed_by: Side

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to decide."""
        return self.kept == self.yours

    @property
    def proposed(self) -> Side:
        """Which one to take if nothing is said: the changed one, and where both were changed both."""
        return self.changed_by


class _Stretch(NamedTuple):
    """Where something was changed, in the text that both began from, and by whom."""

    start: int
    end: int
    kept: list[Change]
    yours: list[Change]


def passages(kept: str, yours: str, *, was: str | None) -> list[Passage]:
    """Answer two texts as passages in order. Without the text that both began from nobody knows who changed what."""
    if was is None:
        return list(_two_ways(kept, yours))
    by_kept, by_yours = comparing.spans(was, kept, Budget()), comparing.spans(was, yours, Budget())
    for gap in GAPS:
        stretches = _stretches(by_kept, by_yours, was, gap)
        if len(stretches) <= MOST_PASSAGES:
            break
    return list(_three_ways(was, kept, yours, stretches))


def _two_ways(kept: str, yours: str) -> Iterator[Passage]:
    """Yield the passages of two texts that differ, and those between them."""
    found = comparing.spans(kept, yours, Budget())
    for gap in GAPS:
        stretches = _stretches(found, [], kept, gap)
        if len(stretches) <= MOST_PASSAGES:
            break
    old_at = new_at = 0
    for stretch in stretches:
        new_start, new_end = new_at + stretch.start - old_at, _place_in(stretch.kept, stretch.end)
        yield from _same(kept[old_at : stretch.start])
        yield Passage("", kept[stretch.start : stretch.end], yours[new_start:new_end], Side.BOTH)
        old_at, new_at = stretch.end, new_end
    yield from _same(kept[old_at:])


def _three_ways(was: str, kept: str, yours: str, stretches: Sequence[_Stretch]) -> Iterator[Passage]:
    """Yield the passages that somebody changed, and those between them."""
    at = kept_at = yours_at = 0
    for stretch in stretches:
        yield from _same(was[at : stretch.start])
        kept_start, yours_start = kept_at + stretch.start - at, yours_at + stretch.start - at
        kept_at, yours_at = _end(stretch, stretch.kept, kept_start), _end(stretch, stretch.yours, yours_start)
        by = Side.BOTH if stretch.kept and stretch.yours else Side.KEPT if stretch.kept else Side.YOURS
        yield Passage(was[stretch.start : stretch.end], kept[kept_start:kept_at], yours[yours_start:yours_at], by)
        at = stretch.end
    yield from _same(was[at:])


def _same(text: str) -> Iterator[Passage]:
    if text:
        yield Passage(text, text, text, Side.BOTH)


def _end(stretch: _Stretch, changes: Sequence[Change], start: int) -> int:
    """Answer where a stretch that begins at `start` of a changed text ends in it."""
    longer = sum((change.new_end - change.new_start) - (change.old_end - change.old_start) for change in changes)
    return start + stretch.end - stretch.start + longer


def _place_in(changes: Sequence[Change], old_end: int) -> int:
    """Answer where a place behind the last of some changes is in the new text."""
    last = changes[-1]
    return last.new_end + old_end - last.old_end


def _stretches(by_kept: Sequence[Change], by_yours: Sequence[Change], was: str, gap: int) -> list[_Stretch]:
    """Join the changes of both sides that overlap, touch, or have hardly anything between them."""
    found: list[_Stretch] = []
    every = chain(((change, True) for change in by_kept), ((change, False) for change in by_yours))
    for change, is_kept in sorted(every):
        if found and _belongs(change, found[-1], was, gap, is_kept=is_kept):
            last = found[-1]
            found[-1] = last._replace(end=max(last.end, change.old_end))
        else:
            found.append(_Stretch(change.old_start, change.old_end, [], []))
        (found[-1].kept if is_kept else found[-1].yours).append(change)
    return found


def _belongs(change: Change, last: _Stretch, was: str, gap: int, *, is_kept: bool) -> bool:
    """Whether a change is one with the stretch before it. What two people changed is held apart unless it touches."""
    if change.old_start <= last.end:
        return True
    is_of_one = not (last.yours if is_kept else last.kept)
    if gap == GAPS[0] and not is_of_one:
        return False
    between = was[last.end : change.old_start]
    return len(between) < gap and (gap > GAPS[0] or "\n" not in between)


def put_together(found: Sequence[Passage], chosen: Mapping[int, Side]) -> str:
    """Answer one text: of each passage that differs the chosen side, by its place among those that differ."""
    number, written = 0, []
    for passage in found:
        if passage.is_same:
            written.append(passage.kept)
            continue
        written.append(_taken(passage, chosen.get(number, passage.proposed)))
        number += 1
    return "".join(written)


def _taken(passage: Passage, side: Side) -> str:
    if side is not Side.BOTH:
        return passage.kept if side is Side.KEPT else passage.yours
    # One after the other, so that nothing of either is lost.
    needs_space = passage.kept and passage.yours and not passage.kept[-1].isspace() and not passage.yours[0].isspace()
    return passage.kept + (" " if needs_space else "") + passage.yours


def side_by_side(passage: Passage) -> tuple[list[Piece], list[Piece]]:
    """Answer both sides of a passage, each with what the other has not marked."""
    pieces = list(comparing.pieces(passage.kept, passage.yours))
    return [piece for piece in pieces if not piece.is_added], [piece for piece in pieces if not piece.is_removed]
