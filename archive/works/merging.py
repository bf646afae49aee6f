"""A form that was saved elsewhere meanwhile: what differs, who changed it, and how the two become one by hand."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.text import merging
from archive.text.merging import Side
from archive.works import revising

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django import forms
    from django.http import QueryDict

    from archive.text.comparing import Piece
    from archive.text.merging import Passage
    from archive.works.chapters import Chapter
    from archive.works.versioned_forms import Difference, VersionedForm

TEXT = "text"
BASE, SEAL = "merge_base", "merge_seal"  # the version that the author began from; what the choices were shown for
LONGEST_SHOWN = 600  # characters of what is the same that are shown unfolded on either side of what differs


@dataclass(frozen=True, slots=True)
class Same:
    """A passage in which nothing is to be decided: its end, its beginning, and what is folded between them."""

    head: str
    folded: str
    tail: str
    is_same: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage that differs, with both sides, each with what the other has not."""

    number: int
    kept: Sequence[Piece]
    yours: Sequence[Piece]
    proposed: Side
    is_same: bool = False

    @property
    def name(self) -> str:
        """The name of the field that says what is chosen."""
        return f"passage-{self.number}"

    @property
    def place(self) -> int:
        """Its number as people count."""
        return self.number + 1


@dataclass(frozen=True)
class Conflict:
    """What differs between a form as it was sent and what is kept by now."""

    differences: Sequence[Difference]
    base: str
    seal: str
    found: Sequence[Passage] = field(repr=False)
    is_known_who: bool = False  # the text that both began from is still kept

    @property
    def choices(self) -> int:
        """How many passages of the text differ."""
        return sum(not passage.is_same for passage in self.found)

    def shown(self) -> Iterator[Same | Choice]:
        """Yield the text's passages as a page shows them."""
        number = 0
        for place, passage in enumerate(self.found):
            if passage.is_same:
                yield _folded(passage.kept, is_first=place == 0, is_last=place == len(self.found) - 1)
            else:
                yield Choice(number, *merging.side_by_side(passage), passage.proposed)
                number += 1


def _folded(text: str, *, is_first: bool, is_last: bool) -> Same:
    """Fold what is the same, but for some of it beside what differs."""
    head = "" if is_first else _until_a_line_ends(text[:LONGEST_SHOWN])
    rest = text[len(head) :]
    tail = "" if is_last else rest[-LONGEST_SHOWN:]
    tail = tail[tail.find("\n") + 1 :] if len(tail) < len(rest) else tail
    return Same(head, rest[: len(rest) - len(tail)], tail)


def _until_a_line_ends(text: str) -> str:
    return text[: text.find("\n") + 1] or text


def between(form: VersionedForm, kept: forms.Form) -> Conflict:
    """Compare a form as it was sent with the form of what is kept now."""
    chapter: Chapter | None = form.chapter
    base = str(form.data.get(BASE) or form.data.get("text_version") or "")
    yours = str(form.data.get(TEXT, "")).replace("\r\n", "\n")
    found: Sequence[Passage] = []
    was = None
    if chapter is not None and TEXT in kept.initial and kept.initial[TEXT] != yours:
        was = _text_of(chapter, base)
        found = merging.passages(kept.initial[TEXT], yours, was=was)
    versions = [str(kept.initial.get(name, "")) for name in form.VERSIONS]
    seal = f"{zlib.crc32('|'.join([*versions, base, yours]).encode(errors='replace')):08x}"
    return Conflict(form.differences(kept), base, seal, found, is_known_who=was is not None)


def _text_of(chapter: Chapter, base: str) -> str | None:
    """Answer the text of the version that an author began from, or None where it is no longer kept."""
    try:
        return revising.source_of(chapter, int(base[:9])) if base.isdecimal() else None
    except revising.NotKept:
        return None


def put_together(conflict: Conflict, form: VersionedForm, kept: forms.Form, sent: QueryDict) -> None:
    """Make of a form what was chosen, passage by passage and field by field."""
    values: dict[str, list[str]] = {}
    if conflict.found:
        chosen = {n: Side(side) for n in range(conflict.choices) if (side := sent.get(f"passage-{n}")) in set(Side)}
        values[TEXT] = [merging.put_together(conflict.found, chosen)]
    for difference in conflict.differences:
        if sent.get(f"field-{difference.name}") == Side.KEPT and difference.name not in values:
            values[difference.name] = _as_sent(kept.initial.get(difference.name))
    form.hold(values)


def _as_sent(value: object) -> list[str]:
    """Answer what a browser would send for a value that is kept; of a box that is not ticked nothing."""
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return [] if value in (None, False) else ["on"] if value is True else [str(value)]
