"""What a typed search means, as a tree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from archive.search.selections import Column


class Field(StrEnum):
    """Where words can be looked for. Without a field they are looked for in all of them."""

    TITLE = "title"
    CREATORS = "creators"
    SUMMARY = "summary"
    NOTES = "notes"
    TAGS = "tags"
    SERIES = "series"
    TEXT = "text"


class FlagName(StrEnum):
    """What holds of a work or does not."""

    OTP = "otp"
    CROSSOVER = "crossover"
    COMPLETE = "complete"
    RESTRICTED = "restricted"
    SINGLE_CHAPTER = "single_chapter"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed. Whoever looks it up folds it, and may find that it is several or none.

    Several (`Spider-Man`, `don't`, a sentence in Chinese) must stand one after another, none (an emoji) asks for nothing.
    A prefix is written without its `*`. A pattern holds `*` for any characters and `?` for one, and begins with neither.
    """

    text: str
    field: Field | None = None
    is_prefix: bool = False
    is_pattern: bool = False
    fuzziness: int = 0  # how many letters may differ


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another, with at most `slop` steps between where they stand and where they should."""

    text: str
    field: Field | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A range of a number, both ends included; None is open."""

    column: Column
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A range of a date: from the earliest moment until before the latest; None is open."""

    column: Column
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Works of which this holds, or does not."""

    name: FlagName
    value: bool


@dataclass(frozen=True, slots=True)
class TagId:
    """Works with this tag, its synonyms and its sub-tags."""

    pk: int


@dataclass(frozen=True, slots=True)
class LanguageIs:
    """Works in one language, its code in capitals or small letters as it was typed."""

    code: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """What all parts ask for. All of them may be a `Not`: then it is every work but those."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What one part or more asks for."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every work but those that the part asks for."""

    part: Node


type Node = Word | Phrase | Number | Date | Flag | TagId | LanguageIs | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Sort:
    """The order that was asked for."""

    column: Column
    is_ascending: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: what to find (None is everything) and in which order (None is the order of the page)."""

    root: Node | None = None
    sort: Sort | None = None
