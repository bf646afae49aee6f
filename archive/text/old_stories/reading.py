"""Parts an old story into its header and its text. What is not surely a header stays text, and no line is ever lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archive.text.old_stories import notes
from archive.text.old_stories.labels import Label
from archive.text.old_stories.lines import Line, look

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_HEADER_LINES = 300
MOST_BETWEEN = 1_500  # characters without a label between two parts of a header
LONGEST_GAP = 12  # lines without a label between two labels of one block
WIDEST = 100  # characters; lines that are longer were not broken at an edge
LONGEST_TITLE = 100
# What is told in sentences, and so may go on over several full lines.
TOLD = frozenset([Label.SUMMARY, Label.NOTE, Label.DISCLAIMER, Label.WARNING, Label.SPOILER, Label.THANKS, Label.OTHER])
# One of these in a block is enough to make what stands before it a header.
CORE = frozenset([Label.TITLE, Label.FANDOM, Label.RELATIONSHIP, Label.RATING, Label.DISCLAIMER, Label.SPOILER])
# Behind lines without a label, these say that the lines were header too; a note or a warning may stand in a story.
AFTER_WORDS = CORE | {Label.AUTHOR, Label.CHARACTER, Label.OTHER}
ENOUGH = 2
OPEN_END = re.compile(r"(?:[,;&/+-]|\b(?:and|or|with|by|the|of|a|to|in))\s*$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
BY = re.compile(r"[\s*_~(\[-]*(?:written )?by[:\s]\s*(?P<name>\S.{0,60})", re.IGNORECASE)
POSTED = re.compile(r"\b(?:fic|story|new|repost|re-post)\b|\[[^\]]+\]|\d\s*/\s*\d|\bre:|\([^)]*\)", re.IGNORECASE)


class Pair(NamedTuple):
    """A label of the header with all the words behind it, and the line in which it begins, counted from 0."""

    number: int
    label: Label
    value: str
    others: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Parted:
    """An old story in two: `header` and `text` together are the whole of it."""

    header: tuple[str, ...]
    text: str
    pairs: tuple[Pair, ...]

    @property
    def header_text(self) -> str:
        """The lines of the header as they lay there."""
        return "\n".join(self.header)

    @property
    def whole(self) -> str:
        """All lines in their order."""
        return "\n".join([*self.header, self.text])


def evenly(raw: str) -> str:
    """The same lines with line ends of one kind, and without the mark that some systems put before a text."""
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def part(raw: str) -> Parted:
    """Part a story into its header and its text; linear in its length."""
    whole = evenly(raw)
    written = whole.split("\n", MOST_HEADER_LINES)
    sheet = _Sheet([look(line) for line in written[:MOST_HEADER_LINES]], is_whole=len(written) <= MOST_HEADER_LINES)
    end = sheet.end()
    pairs = tuple(sheet.pairs(end))
    if end == len(written):  # nothing but a header; behind its last line end there is no line
        return Parted(tuple(written if written[-1] else written[:-1]), "", pairs)
    return Parted(tuple(written[:end]), "\n".join(written[end:]), pairs)


def pairs_in(header: str) -> tuple[Pair, ...]:
    """What the lines of a header say that were parted from their text before."""
    lines = [look(line) for line in evenly(header).split("\n", MOST_HEADER_LINES)[:MOST_HEADER_LINES]]
    return tuple(_Sheet(lines, is_whole=True).pairs(len(lines)))


class _Block(NamedTuple):
    """Lines between blank ones; a drawn line is one of its own."""

    start: int
    stop: int


class _Sheet:
    """The first lines of a story, in which its header would be."""

    def __init__(self, lines: list[Line], *, is_whole: bool) -> None:
        self.lines = lines
        self.is_whole = is_whole
        self.blocks = list(self._blocks())
        widths = [len(line.written.rstrip()) for line in lines if line.bare]
        self.edge = max(widths, default=0)
        if self.edge > WIDEST:
            self.edge = 0

    def _blocks(self) -> Iterator[_Block]:
        start: int | None = None
        for number, line in enumerate(self.lines):
            if start is not None and (line.is_blank or line.is_drawn):
                yield _Block(start, number)
                start = None
            if line.is_drawn:
                yield _Block(number, number + 1)
            elif not line.is_blank and start is None:
                start = number
        if start is not None:
            yield _Block(start, len(self.lines))

    # Where the header ends

    def end(self) -> int:
        """The number of the first line of the text."""
        end = self._walk()
        if end and not self._is_surely_header(end):
            end = 0
        end = end or self._unlabelled_top()
        return self._past_what_holds_no_word(end) if end else 0

    def _walk(self) -> int:
        end = between = 0
        for place, block in enumerate(self.blocks):
            if self._is_drawn(block):
                continue
            stop = self._header_part(place, block, end, waits=bool(between))
            if stop:
                end, between = stop, 0
                if stop < block.stop and not self._labels_follow(place, stop):
                    break
                end = block.stop
                continue
            between += sum(len(line.written) for line in self._in(block))
            if between > MOST_BETWEEN:
                break
        return end

    def _header_part(self, place: int, block: _Block, end: int, *, waits: bool) -> int:
        """Where the part of a block ends that is surely header, or 0. `waits` says that there are unlabelled words before it."""
        labelled = [number for number in range(block.start, block.stop) if self.lines[number].labelled]
        if not labelled:
            return 0 if waits else self._notes_end(place, block, end)
        found = [one for number in labelled for one in self.lines[number].labelled]
        sure = [one for one in found if one.is_sure]
        if waits and not (len(found) >= ENOUGH and sure) and not any(one.label in CORE for one in sure):
            return 0
        if end and not sure and not self._is_part(block):
            return 0
        if end and len(found) == 1 and found[0].label is Label.WARNING and self._has(Label.WARNING, end):
            return 0
        if labelled[0] > block.start and end and not (len(found) >= ENOUGH and sure):
            return 0
        return self._extent(block, labelled)

    def _labels_follow(self, place: int, stop: int) -> bool:
        """Whether what is left of a block stands between labels that are surely of the header."""
        if self.blocks[place].stop - stop > LONGEST_GAP or place + 1 == len(self.blocks):
            return False
        return any(one.is_sure and one.label in AFTER_WORDS for one in self.lines[self.blocks[place + 1].start].labelled)

    def _extent(self, block: _Block, labelled: list[int]) -> int:
        """Where the lines of a block end that labels hold together."""
        last = labelled[0]
        for number in labelled[1:]:
            if number - last > LONGEST_GAP:
                break
            last = number
        label = self.lines[last].labelled[-1]
        stop = last + 1
        while stop < block.stop and self._continues(stop, label.label, value=label.value, first=last):
            stop += 1
        return stop

    def _continues(self, number: int, label: Label, *, value: str, first: int) -> bool:
        """Whether a line goes on with what the label before it says."""
        before, line = self.lines[number - 1], self.lines[number]
        if not value and number == first + 1:
            return True
        if OPEN_END.search(before.bare) and not SENTENCE_END.search(before.bare):
            return True
        if value and (column := before.written.find(value if number == first + 1 else before.bare)) > 1:
            indent = len(line.written) - len(line.written.lstrip())
            if abs(indent - column) <= 1:
                return True
        was_full = self.edge and len(before.written.rstrip()) + 1 + len(line.bare.split()[0]) > self.edge
        return bool(was_full) and (label in TOLD or not SENTENCE_END.search(before.bare))

    def _notes_end(self, place: int, block: _Block, end: int) -> int:
        """Where a block without labels ends that the author says beside the story, or 0."""
        is_last = self.is_whole and place == len(self.blocks) - 1
        if is_last:
            return 0
        words = " ".join(line.bare for line in self._in(block))
        if notes.is_note(words):
            return block.stop
        if end and self._waits_for_words(end) and place + 1 < len(self.blocks) and len(words) < MOST_BETWEEN:
            after = self.blocks[place + 1]
            if self._is_drawn(after) or any(line.labelled for line in self._in(after)):
                return block.stop
        return 0

    def _waits_for_words(self, end: int) -> bool:
        """Whether the line before is a label with nothing behind it."""
        last = self.lines[end - 1]
        return bool(last.labelled) and not last.labelled[-1].value and last.labelled[-1].label in TOLD

    def _is_surely_header(self, end: int) -> bool:
        """Whether what was found says more than a letter or a diary in the story would."""
        found = [one for line in self.lines[:end] for one in line.labelled]
        if any(one.is_sure and one.label not in {Label.MAIL, Label.SUBJECT, Label.OTHER} for one in found):
            return True
        if any(one.label is Label.MAIL and one.is_sure for one in found):
            return True
        if any(one.label is Label.SUBJECT and POSTED.search(one.value) for one in found):
            return True
        return not found and end > 0

    def _unlabelled_top(self) -> int:
        """The end of a title with the author's name under it, where nothing is labelled."""
        first, second = ([line for line in self.lines[:10] if line.bare] + [None, None])[:2]
        if first and second and _is_title(first.bare) and BY.fullmatch(second.bare) and not SENTENCE_END.search(second.bare):
            return self.lines.index(second) + 1
        return 0

    def _past_what_holds_no_word(self, end: int) -> int:
        """The first line of the text: past blank lines, and past what is drawn under a header."""
        stop = end
        while stop < len(self.lines) and (self.lines[stop].is_blank or self.lines[stop].is_drawn):
            stop += 1
        return stop

    # What the header says

    def pairs(self, end: int) -> Iterator[Pair]:
        """What the lines before `end` say, each label with all of its words."""
        current: Pair | None = None
        goes_on = False
        for number in range(end):
            line = self.lines[number]
            if line.is_blank or line.is_drawn:
                goes_on = bool(current and not current.value)
                continue
            if line.labelled:
                if current:
                    yield current
                *earlier, last = line.labelled
                for one in earlier:
                    yield Pair(number, one.label, one.value, one.others)
                current, goes_on = Pair(number, last.label, last.value, last.others), True
            elif current and goes_on:
                current = current._replace(value=f"{current.value} {line.bare}".strip())
            else:
                if current:
                    yield current
                current = self._unlabelled(number, line)
                goes_on = current.label is Label.NOTE
        if current:
            yield current

    def _unlabelled(self, number: int, line: Line) -> Pair:
        is_top = not any(earlier.labelled for earlier in self.lines[:number])
        lines_before = sum(1 for earlier in self.lines[:number] if earlier.bare and not earlier.is_drawn)
        if is_top and lines_before and (by := BY.fullmatch(line.bare)):
            return Pair(number, Label.AUTHOR, by["name"])
        if is_top and not lines_before and _is_title(line.bare):
            return Pair(number, Label.TITLE, line.bare)
        return Pair(number, Label.NOTE, line.bare)

    def _is_drawn(self, block: _Block) -> bool:
        return self.lines[block.start].is_drawn

    def _is_part(self, block: _Block) -> bool:
        return block.stop == block.start + 1 and self.lines[block.start].labelled[0][:2] == (
            Label.PART,
            self.lines[block.start].bare,
        )

    def _has(self, label: Label, end: int) -> bool:
        return any(one.label is label for line in self.lines[:end] for one in line.labelled)

    def _in(self, block: _Block) -> list[Line]:
        return self.lines[block.start : block.stop]


def _is_title(bare: str) -> bool:
    """Whether a line may be a title that stands by itself."""
    return len(bare) <= LONGEST_TITLE and not re.search(r"[.,;:][\"'”’]?$", bare) and not notes.is_note(bare)
