"""The feed of a listing: a work an entry, what came before readers last first, and never a word of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.charter.context import charter_of_late
from archive.search.listings import Manner
from archive.search.parameters import PAGE, written
from archive.search.selections import Column
from archive.transfer import atom, freshness, introducing
from archive.transfer.atom import Entry, Feed, Link
from archive.transfer.linking import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page

    from archive.charter.models import Charter
    from archive.search.blurbs import Blurb
    from archive.search.parameters import Pairs
    from archive.transfer.introducing import Introduction

ENTRIES = 25
TYPE = "application/atom+xml"
NEWEST_FIRST = Manner(size=ENTRIES, sort=Column.ARRIVED, has_facets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where a feed is, and where its pages are."""

    path: str
    query: Pairs
    number: int
    last: int
    page: str  # the address of the same for people

    def at(self, number: int) -> str:
        """Answer the whole address of one of its pages."""
        pairs = [*self.query, *([(PAGE, str(number))] if number > 1 else [])]
        return whole(f"{self.path}?{written(pairs)}" if pairs else self.path)

    def links(self, kind: str = TYPE) -> list[Link]:
        """Answer the ways to this page of it, to the others, and to the page for people."""
        found = [Link(rel="self", href=self.at(self.number), type=kind)]
        if self.page:
            found.append(Link(rel="alternate", href=whole(self.page), type="text/html"))
        if self.last > 1:
            found += [
                Link(rel="first", href=self.at(1), type=kind),
                Link(rel="last", href=self.at(self.last), type=kind),
            ]
        if self.number > 1:
            found.append(Link(rel="previous", href=self.at(self.number - 1), type=kind))
        if self.number < self.last:
            found.append(Link(rel="next", href=self.at(self.number + 1), type=kind))
        return found


@dataclass(frozen=True, slots=True)
class ListingFeed:
    """A page of the feed of some works."""

    title: str
    archive: Charter
    ways: Ways
    works: Sequence[Introduction]
    name: str  # for ever, whatever becomes of its address

    @classmethod
    def of(cls, title: str, page: Page[Blurb], *, path: str, query: Pairs, html_page: str, name: str) -> ListingFeed:
        """Answer the feed of a page of works. `name` is what they are, whatever it is called."""
        ways = Ways(path=path, query=query, number=page.number, last=page.paginator.num_pages, page=html_page)
        asked = f"?{written(query)}" if query else ""
        return cls(title, charter_of_late(), ways, introducing.introduced(page.object_list), name + asked)

    def digest(self) -> str:
        """Answer a digest of all that it shows."""
        return freshness.digest_of(self.archive.name, self.title, self.ways, [work.shown for work in self.works])

    def draw(self) -> bytes:
        """Answer it as it is sent."""
        return atom.written(
            Feed(
                id=introducing.tag_of("feed", self.name),
                title=_("%(title)s · %(archive)s") % {"title": self.title, "archive": self.archive.name},
                updated=max((work.updated for work in self.works), default=self.archive.founded_at or introducing.BEFORE_ALL),
                links=self.ways.links(),
                people=() if all(work.people for work in self.works) else [atom.Person(self.archive.name, "")],
                entries=introducing.written(self.works, _written, "feed"),
            )
        )


def _written(work: Introduction) -> bytes:
    return atom.entry_written(entry_of(work))


def entry_of(work: Introduction) -> Entry:
    """Answer the entry of a work."""
    return Entry(
        id=work.id,
        title=str(work.work),
        updated=work.updated,
        published=work.work.published_at,
        people=work.people,
        categories=work.categories,
        links=[Link(rel="alternate", href=work.url, type="text/html")],
        summary=work.summary(),
        language=work.language,
    )
