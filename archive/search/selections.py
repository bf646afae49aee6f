"""What a reader asks of a listing of works, and what is found; whoever finds it, the index or the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from archive.search.query.tree import Node

FACETS_OF_A_KIND = 10


class Column(StrEnum):
    """What works can be sorted by, under the names that addresses have for it (facts/ao3.md 3.4)."""

    SCORE = "_score"
    CREATORS = "authors_to_sort_on"
    TITLE = "title_to_sort_on"
    POSTED = "created_at"
    UPDATED = "revised_at"
    ARRIVED = "arrived_at"  # before readers, by the clock: of feeds, and of no address
    WORDS = "word_count"
    HITS = "hits"
    KUDOS = "kudos_count"
    COMMENTS = "comments_count"
    BOOKMARKS = "bookmarks_count"
    CHAPTERS = "chapter_count"
    EXPECTED_CHAPTERS = "expected_number_of_chapters"

    @property
    def begins_with_the_first(self) -> bool:
        """Whether its order is ascending where nobody says otherwise: names from A, numbers and dates from the highest."""
        return self in {Column.CREATORS, Column.TITLE}


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a number, both ends included; None is open."""

    column: Column
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A range of a date: from the earliest moment until before the latest; None is open."""

    column: Column
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What every work of a listing must be. Tags stand for themselves with all their synonyms and sub-tags."""

    include: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    # Names that no tag has: they are looked for as words in the names of a work's tags.
    include_words: tuple[str, ...] = ()
    exclude_words: tuple[str, ...] = ()
    works: tuple[int, ...] | None = None  # these and no others, as in somebody's history
    user: int | None = None
    pseud: int | None = None
    series: int | None = None
    language: str = ""
    is_complete: bool | None = None
    is_crossover: bool | None = None
    is_single: bool | None = None
    spans: tuple[Span, ...] = ()
    periods: tuple[Period, ...] = ()
    query: Node | None = None
    sort: Column = Column.UPDATED
    is_ascending: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A canonical tag, and how many of the works that were found bear it or a synonym of it."""

    tag: int
    works: int


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of one page of works in their order, how many works there are in all, and the tags that they bear most."""

    ids: list[int]
    count: int
    facets: dict[str, list[Facet]] = field(default_factory=dict)  # by the code of their kind
    is_from_index: bool = True


type Meanwhile = Callable[[list[int], int], object]


def nothing(_ids: list[int], _count: int) -> None:
    """Do nothing meanwhile."""


class NotNow(ArchiveError):
    """What was asked needs the index, which is not there at the moment."""

    def __init__(self) -> None:
        super().__init__(
            _("This cannot be looked for at the moment, since the index is being made anew. Please try again in a minute.")
        )
