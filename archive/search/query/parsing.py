"""Reads what was typed into the box that searches works. What readers of AO3 type means here what it means there."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.search.query import shorthands
from archive.search.query.mistakes import (
    BeginsWithStar,
    HalfQuoted,
    NoSuchOrder,
    NoSuchValue,
    NothingAfter,
    NothingBeside,
    TooDeep,
    TooFuzzy,
    TooLong,
    TooManyWildcards,
    TooManyWords,
    Unclosed,
    Unopened,
)
from archive.search.query.shorthands import BREAK, SHORTHANDS, Shorthand
from archive.search.query.tree import AllOf, AnyOf, Field, Not, Phrase, Query, Word
from archive.text import characters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from archive.search.query.tree import Node, Sort

LONGEST = 1_000  # characters
MOST_WORDS = 100
MOST_WILDCARDS = 20  # how long it takes to make ready for looking grows with their square
DEEPEST = 32  # parentheses within each other
MOST_SLOP = 100
MOST_FUZZINESS = 2  # letters; what an index can still look up quickly
LONG_WORD = 6  # letters; in a shorter one two wrong letters would make any other
SHOWN = 20  # characters on each side of a mistake

FIELDS = {
    "title": Field.TITLE,
    **dict.fromkeys(("creator", "creators", "author", "authors"), Field.CREATORS),
    "summary": Field.SUMMARY,
    **dict.fromkeys(("notes", "endnotes"), Field.NOTES),
    # Tags of all kinds are looked for together: a word that is in a fandom's name finds it in the names of its pairings too.
    **dict.fromkeys(("tag", "tags", "rating", "warning", "category"), Field.TAGS),
    **dict.fromkeys(("fandom", "character", "relationship", "freeform"), Field.TAGS),
    **dict.fromkeys(("series", "series.title"), Field.SERIES),
    "text": Field.TEXT,
}

# One character for one, so that a place in what is read is the same place in what was typed.
KIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟＂", '"'),
        "»": "«",
        **dict.fromkeys("–−－‐‑", "-"),
        **dict(zip("（）：＜＞＝｜＆", "():<>=|&", strict=True)),
    }
)
UNREADABLE = re.compile(f"[{characters.C0_CONTROLS}{characters.C1_CONTROLS}{characters.SURROGATES}]")
HEBREW_QUOTE = re.compile('(?<=[א-ת])"(?=[א-ת])')  # is spelling, as in acronyms

SPACES = re.compile(r"(?:\s|[,;](?!\d))*+")
CHUNK = re.compile(rf"(?:(?!{BREAK}).)*+")
MARKS = re.compile(rf"(?:(?!{BREAK})[\W_])*+(?={BREAK}|\Z)")
PHRASE = re.compile(r'(?:"(?P<words>[^"]*+)"|«(?P<others>[^«]*+)«)(?:~(?P<slop>\d*+))?+')
QUOTED_VALUE = re.compile(r'(?P<than>[<>=≤≥]*+)\s*+(?:"(?P<words>[^"]*+)"|«(?P<others>[^«]*+)«)')
STANDS_ALONE = r'(?=[\s()"«]|\Z)'
WRONG_VALUE = re.compile(r'[:<>=≤≥\s]*+["«]?[^\s()"«]*+["«]?')
AND = re.compile(rf"&&|AND{STANDS_ALONE}")
OR = re.compile(rf"\|\||OR{STANDS_ALONE}")
BEFORE = re.compile(rf"(?P<not>NOT{STANDS_ALONE}|[-!](?![-!+]))|\+(?![-!+])")
NAME = re.compile(r"(?P<name>[a-z][a-z_.]*+(?:\s++count)?)\s*+(?:(?P<colon>:)\s*+|(?=[<>=≤≥]))", re.IGNORECASE)
JOINTS = re.compile("[/:-]")
STARS = re.compile(r"\*++")


def parse(text: str, *, now: datetime | None = None) -> Query:
    """Answer what a typed search means; “7 days ago” is counted back from `now`. Raises `Mistake`."""
    if len(text) > LONGEST:
        raise TooLong(len(text), most=LONGEST)
    return _Parser(text, now=now or timezone.localtime()).query()


class _Parser:
    """Reads one search from its beginning to its end, one method for each thing that can stand in it.

    What is beside each other must all be found. AND joins closest, then OR, so that `angst mature OR explicit` asks for
    angst and for one of the two, as AO3's help has it.
    """

    def __init__(self, typed: str, *, now: datetime) -> None:
        self.typed = UNREADABLE.sub(" ", typed)
        self.text = HEBREW_QUOTE.sub("״", self.typed.translate(KIN))
        self.now = now
        self.position = 0
        self.words = self.wildcards = 0
        self.said = ""  # the name or sign that was read last
        self.sort: Sort | None = None

    def query(self) -> Query:
        root = self.all_of(None, depth=0)
        if self.position < len(self.text):
            raise Unopened(self.around(self.position))
        return Query(root, self.sort)

    def all_of(self, field: Field | Shorthand | None, *, depth: int) -> Node | None:
        parts = []
        while not self.is_at_end(field):
            parts.append(self.any_of(field, depth=depth))
        return _joined(AllOf, parts)

    def any_of(self, field: Field | Shorthand | None, *, depth: int) -> Node | None:
        parts = [self.both(field, depth=depth)]
        while not self.is_at_end(field) and self.takes(OR):
            parts.append(self.both(field, depth=depth))
        return _joined(AnyOf, parts)

    def both(self, field: Field | Shorthand | None, *, depth: int) -> Node | None:
        parts = [self.part(field, depth=depth)]
        while not self.is_at_end(field) and self.takes(AND):
            parts.append(self.part(field, depth=depth))
        return _joined(AllOf, parts)

    def part(self, field: Field | Shorthand | None, *, depth: int) -> Node | None:
        """Read a word, phrase, value or group, with what stands before it: its name, and whether it is wanted at all."""
        is_wanted = True
        while not self.is_at_end(field):
            begin = self.position
            if before := self.takes(BEFORE):
                is_wanted ^= before["not"] is not None
                continue
            named = self.name() or field
            if isinstance(named, Field) and self.position > begin:
                field = named
                continue
            node = self.thing(named, begin=begin, depth=depth)
            return node if is_wanted or node is None else Not(node)
        raise NothingAfter(self.said)

    def thing(self, field: Field | Shorthand | None, *, begin: int, depth: int) -> Node | None:
        if self.text.startswith("(", self.position):
            return self.group(field, depth=depth)
        if isinstance(field, Shorthand):
            return self.value(field, begin=begin)
        if self.text.startswith(('"', "«"), self.position):
            return self.phrase(field)
        if lonely := self.takes(OR) or self.takes(AND):
            raise NothingBeside(lonely[0])
        self.position = self.end_of(CHUNK, begin)
        return self.word(_bare(self.text[begin : self.position]), field)

    def group(self, field: Field | Shorthand | None, *, depth: int) -> Node | None:
        if depth == DEEPEST:
            raise TooDeep(most=DEEPEST)
        begin = self.position
        self.position += 1
        node = self.all_of(field, depth=depth + 1)
        if self.position == len(self.text):
            raise Unclosed(self.around(begin))
        self.position += 1
        return node

    def value(self, shorthand: Shorthand, *, begin: int) -> Node:
        """Read a number, date, yes or no, or id; in quotation marks or not."""
        if quoted := QUOTED_VALUE.match(self.text, self.position):
            written = quoted["than"] + _inside(quoted)
            value, end = shorthand.read(written, 0, now=self.now)
            if end < len(written):
                value = None
            end = quoted.end()
        else:
            value, end = shorthand.read(self.text, self.position, now=self.now)
            if value is None:
                end = self.end_of(WRONG_VALUE, self.position)
        if value is None:
            raise NoSuchValue(shorthand.refusal, written=self.typed[begin:end], name=shorthand.name)
        self.count(1)
        self.position = end
        return value

    def phrase(self, field: Field | None) -> Phrase:
        found = PHRASE.match(self.text, self.position)
        if found is None:
            raise HalfQuoted(self.around(self.position))
        self.position = found.end()
        words = _inside(found).split()
        self.count(len(words))
        return Phrase(" ".join(words), field, min(int(found["slop"] or 0), MOST_SLOP))

    def word(self, written: str, field: Field | None) -> Node | None:
        """Read what has no space in it: a word, `Re:Zero`, `m/m`, or with signs for what may differ `wom*n`, `colour~`."""
        text, fuzziness = _without_fuzziness(written)
        if not fuzziness and ("://" in text or not {"*", "?"} & set(text)):
            self.count(1)
            return Phrase(text, field) if {"/", ":"} & set(text) else Word(text, field)
        # What may differ is looked up word by word.
        words = [bare for piece in JOINTS.split(text) if _says_something(bare := _bare(piece))]
        self.count(len(words), wildcards=sum(word.count("*") + word.count("?") for word in words))
        return _joined(AllOf, [_differing(word, field, fuzziness) for word in words])

    def name(self) -> Field | Shorthand | None:
        """Take the name of a field or shorthand that stands here. A name of neither is the beginning of a title (`Re:Zero`)."""
        found = NAME.match(self.text, self.position)
        if found is None:
            return None
        name = "_".join(found["name"].lower().split())
        named = SHORTHANDS.get(name) or (FIELDS.get(name) if found["colon"] else None)
        if named is not None:
            self.position, self.said = found.end(), found[0].strip()
        return named

    def takes(self, sign: re.Pattern[str]) -> re.Match[str] | None:
        """Take a sign if it stands here."""
        if found := sign.match(self.text, self.position):
            self.position, self.said = found.end(), found[0]
        return found

    def is_at_end(self, field: Field | Shorthand | None) -> bool:
        """Go on to what comes next, and say whether that is the end of the search or of a group.

        Passed over are spaces and commas, marks that say nothing (Steve & Tony, a dash between spaces, an empty phrase), and
        the order, which is kept. Where values are read, marks say something.
        """
        begin = None
        while begin != self.position:
            begin = self.position
            self.position = self.end_of(SPACES, self.position)
            if ordered := shorthands.ORDER_NAME.match(self.text, self.position):
                self.order(ordered)
            elif not isinstance(field, Shorthand):
                self.position = self.end_of_marks()
        return self.position == len(self.text) or self.text[self.position] == ")"

    def end_of_marks(self) -> int:
        """Answer where the marks end that stand here and say nothing, which is here if there are none."""
        found = PHRASE.match(self.text, self.position)
        if found is not None:
            return self.position if _says_something(_inside(found)) else found.end()
        end = self.end_of(MARKS, self.position)
        marks = self.text[self.position : end]
        is_for_what_follows = marks in {"-", "!", "+"} and self.text.startswith(("(", '"', "«"), end)
        return self.position if is_for_what_follows or _says_something(marks) else end

    def order(self, named: re.Match[str]) -> None:
        """Keep the order that is named here. The last one counts."""
        found = shorthands.order_at(self.text, named.end())
        if found is None:
            raise NoSuchOrder(self.typed[named.start() : self.end_of(WRONG_VALUE, named.end())])
        self.sort, self.position = found

    def end_of(self, pattern: re.Pattern[str], position: int) -> int:
        """Answer where this pattern ends that begins here."""
        found = pattern.match(self.text, position)
        return found.end() if found else position

    def count(self, words: int, *, wildcards: int = 0) -> None:
        self.words += words
        self.wildcards += wildcards
        if self.words > MOST_WORDS:
            raise TooManyWords(most=MOST_WORDS)
        if self.wildcards > MOST_WILDCARDS:
            raise TooManyWildcards(most=MOST_WILDCARDS)

    def around(self, position: int) -> str:
        """Answer what was typed before and after a place."""
        begin, end = max(position - SHOWN, 0), position + SHOWN
        return f"{'…' if begin else ''}{self.typed[begin:end].strip()}{'…' if end < len(self.typed) else ''}"


def _joined(kind: type[AllOf | AnyOf], parts: Iterable[Node | None]) -> Node | None:
    """Answer what these parts are together: one part is itself, and parts of the same kind lie beside each other."""
    joined: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            joined.extend(part.parts)
        elif part is not None:
            joined.append(part)
    return kind(tuple(joined)) if len(joined) > 1 else next(iter(joined), None)


def _differing(text: str, field: Field | None, fuzziness: int) -> Word:
    text = STARS.sub("*", text)
    if text[0] == "*":
        raise BeginsWithStar(text)
    if {"*", "?"} & set(text[:-1]):
        return Word(text, field, is_pattern=True)
    if text[-1] == "*":
        return Word(text[:-1], field, is_prefix=True)
    return Word(text, field, fuzziness=fuzziness)


def _without_fuzziness(written: str) -> tuple[str, int]:
    """Answer a word and how many letters of it may differ: `colour~1` says so, `colour~` lets its length decide."""
    text, sign, most = written.rpartition("~")
    if not sign or (most and not most.isdecimal()) or not _says_something(text):
        return written, 0
    if most and int(most) > MOST_FUZZINESS:
        raise TooFuzzy(written, most=MOST_FUZZINESS)
    text = _bare(text).strip("~")
    if most:
        return text, int(most)
    return text, 2 if len(text) >= LONG_WORD else 1


def _bare(text: str) -> str:
    """Answer a word without the punctuation around it; a question mark at its end is one, a star is a sign."""
    begin = sum(1 for _ in takewhile(_is_punctuation, text))
    end = sum(1 for _ in takewhile(_is_punctuation, reversed(text[begin:])))
    return text[begin : len(text) - end]


def _is_punctuation(character: str) -> bool:
    return character not in "*_" and unicodedata.category(character)[0] == "P"


def _says_something(text: str) -> bool:
    """Say whether there is more in this than marks: a letter, a number, an emoji."""
    return any((kind := unicodedata.category(character))[0] in "LN" or kind == "So" for character in text)


def _inside(quoted: re.Match[str]) -> str:
    """Answer what stands between quotation marks."""
    return (quoted["words"] if quoted["words"] is not None else quoted["others"]).strip()
