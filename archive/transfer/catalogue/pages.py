"""A page of the catalogue, whichever of the two languages it is told in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from archive.search.parameters import PAGE, written
from archive.transfer import freshness, introducing
from archive.transfer.linking import whole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from archive.charter.models import Charter
    from archive.search.parameters import Pairs
    from archive.transfer.introducing import Introduction

CHOICES_ON_A_PAGE = 50


def id_of(name: str) -> str:
    """Answer what catalogues know something by for ever."""
    return introducing.tag_of("catalogue", name.lstrip("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way on into the catalogue."""

    title: str
    path: str
    about: str = ""
    rel: str = "subsection"
    leads_to_works: bool = True
    count: int | None = None
    name: str = ""  # what it is, where its address has a name in it that may change

    @property
    def href(self) -> str:
        """The whole address."""
        return whole(self.path)

    @property
    def id(self) -> str:
        """What catalogues know it by for ever."""
        return id_of(self.name or self.path)


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to fewer, or to other works; the count is that of those that it leads to."""

    title: str
    path: str
    count: int | None = None
    is_active: bool = False

    @property
    def href(self) -> str:
        """The whole address."""
        return whole(self.path)


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Facets of one kind, of which exactly one is active."""

    title: str
    facets: Sequence[Facet]


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """A page of the catalogue: ways on, or works."""

    archive: Charter
    title: str
    path: str
    name: str = ""  # what it shows, where its address has a name in it that may change
    query: Pairs = field(default_factory=list)
    number: int = 1
    last: int = 1
    total: int = 0
    size: int = CHOICES_ON_A_PAGE
    up: str = ""
    page: str = ""  # the address of the same for people
    ways: Sequence[Way] = ()
    works: Sequence[Introduction] | None = None  # None on a page of ways
    groups: Sequence[FacetGroup] = ()

    @property
    def id(self) -> str:
        """What catalogues know it by for ever, all its pages alike."""
        return id_of((self.name or self.path) + (f"?{written(self.query)}" if self.query else ""))

    def at(self, number: int) -> str:
        """Answer the whole address of one of its pages."""
        pairs = [*self.query, *([(PAGE, str(number))] if number > 1 else [])]
        return whole(f"{self.path}?{written(pairs)}" if pairs else self.path)

    @property
    def updated(self) -> dt.datetime:
        """When the newest of its works came or changed; of ways, since when there is an archive."""
        return max((work.updated for work in self.works or ()), default=self.archive.founded_at or introducing.BEFORE_ALL)

    @property
    def pages(self) -> list[tuple[str, str]]:
        """The ways to its other pages, each by what it is."""
        if self.last < 2:  # noqa: PLR2004 - there is no other
            return []
        found = [("first", self.at(1))]
        if self.number > 1:
            found.append(("previous", self.at(self.number - 1)))
        if self.number < self.last:
            found.append(("next", self.at(self.number + 1)))
        return [*found, ("last", self.at(self.last))]

    @property
    def start(self) -> str:
        """The address of the catalogue's beginning."""
        return whole(reverse("opds"))

    @property
    def search(self) -> str:
        """The address at which words are looked for."""
        return whole(reverse("opds_search"))

    @property
    def description(self) -> str:
        """The address of what says how to search."""
        return whole(reverse("opds_description"))

    def digest(self, kind: str) -> str:
        """Answer a digest of all that it shows in one of the two languages."""
        works = None if self.works is None else [work.shown for work in self.works]
        return freshness.digest_of(
            kind, self.archive.name, self.title, self.at(self.number), self.last, self.total, self.up, self.page, self.ways, works,
            self.groups,
        )  # fmt: skip
