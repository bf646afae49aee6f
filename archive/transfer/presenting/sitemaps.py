"""The site map: every page that search engines may have, in files of their own for each kind of page.

A file holds what lies within a range of ids, so that nothing is counted and no row is passed over: the thousandth file of a
million works costs what the first does. Django's own site maps count, page by OFFSET and take the host from the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.addresses import address
from archive.people.models import User
from archive.reading.pages import FULL
from archive.tags.labels import tag_address
from archive.tags.models import MEDIA, Tag
from archive.transfer import linking
from archive.works.models import Creatorship, Work
from archive.works.series import Series
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from django.db.models import Model, QuerySet

SPAN = 10_000  # ids in a file; fifty thousand addresses are allowed
PAGES = ("home", "works_index", "media_index", "languages_index", "about", "policy")
# By the clock, whatever days authors give: what warns of a work may be other than it was. Old rows know only those days.
CHANGED = Coalesce("changed_at", "revised_at")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, and when it last changed, where that is known."""

    path: str
    changed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind: the rows that they are of, as guests may find them, and the entries of some of these."""

    rows: Callable[[], QuerySet[Model]]
    entries: Callable[[QuerySet[Model]], Iterator[Entry]]


def works() -> QuerySet[Model]:
    """Answer the works that search engines may have."""
    unwanted = Creatorship.objects.filter(work=OuterRef("pk"), pseud__user__avoids_search_engines=True)
    return cast("QuerySet[Model]", Work.objects.listed_to(AnonymousUser()).exclude(Exists(unwanted)))


def entries_of_works(rows: QuerySet[Model]) -> Iterator[Entry]:
    """Give the address under which a work is read entire, without a redirect."""
    for pk, chapters, changed_at in rows.values_list("pk", "chapter_count", CHANGED):
        path = address("work_show", pk)
        yield Entry(f"{path}?{FULL}=true" if chapters > 1 else path, changed_at)


def series() -> QuerySet[Model]:
    """Answer the series with a work that search engines may have."""
    within = works().filter(series_entries__series=OuterRef("pk"))
    return cast("QuerySet[Model]", Series.objects.filter(Exists(within)).exclude(pseuds__user__avoids_search_engines=True))


def entries_of_series(rows: QuerySet[Model]) -> Iterator[Entry]:
    """Give the addresses of series, changed when one of their public works was."""
    pks = list(rows.values_list("pk", flat=True))
    listed = Work.objects.listed_to(AnonymousUser()).filter(series_entries__series__in=pks)
    changed = dict(listed.values_list("series_entries__series").annotate(last=Max(CHANGED)))
    return (Entry(address("series_show", pk), changed.get(pk)) for pk in pks)


def authors() -> QuerySet[Model]:
    """Answer the members who have a public work and do not mind being found."""
    theirs = Work.objects.listed_to(AnonymousUser()).filter(pseuds__user=OuterRef("pk"))
    return cast("QuerySet[Model]", User.objects.filter(Exists(theirs), is_active=True, avoids_search_engines=False))


def entries_of_authors(rows: QuerySet[Model]) -> Iterator[Entry]:
    """Give the addresses of their works."""
    return (Entry(address("user_works", name)) for name in rows.values_list("username", flat=True))


def tags() -> QuerySet[Model]:
    """Answer the canonical tags with a public work."""
    bearing = Tagging.objects.visible_to(AnonymousUser()).filter(tag=OuterRef("pk"))
    return cast("QuerySet[Model]", Tag.objects.filter(Exists(bearing), is_canonical=True).exclude(kind=MEDIA))


def entries_of_tags(rows: QuerySet[Model]) -> Iterator[Entry]:
    """Give the addresses of the works that bear them."""
    return (Entry(tag_address(name)) for name in rows.values_list("name", flat=True))


SECTIONS = {
    "works": Section(works, entries_of_works),
    "series": Section(series, entries_of_series),
    "authors": Section(authors, entries_of_authors),
    "tags": Section(tags, entries_of_tags),
}


def files() -> Iterator[tuple[str, int]]:
    """Give the section and the number of each file that has anything in it."""
    yield "pages", 0
    for name, section in SECTIONS.items():
        number = 0
        while (pk := _first_from(section, number * SPAN)) is not None:
            yield name, pk // SPAN
            number = pk // SPAN + 1


def _first_from(section: Section, lowest: int) -> int | None:
    """Answer the first id of a section that is not below this one."""
    return section.rows().filter(pk__gte=lowest).order_by("pk").values_list("pk", flat=True).first()


def entries(name: str, number: int) -> list[Entry]:
    """Answer what is in a file; nothing where there is no such file."""
    if name == "pages":
        return [] if number else [Entry(reverse(page)) for page in PAGES]
    section = SECTIONS.get(name)
    if section is None:
        return []
    rows = section.rows().filter(pk__gte=number * SPAN, pk__lt=(number + 1) * SPAN).order_by("pk")
    return list(section.entries(rows))


def index_text() -> str:
    """Answer the file that names all others."""
    names = "".join(f"<sitemap><loc>{_whole(reverse('sitemap_part', args=found))}</loc></sitemap>\n" for found in files())
    return f"{HEAD.format('sitemapindex')}{names}</sitemapindex>\n"


def part_text(found: list[Entry]) -> str:
    """Answer a file with these entries."""
    lines = "".join(f"<url><loc>{_whole(one.path)}</loc>{_changed(one.changed_at)}</url>\n" for one in found)
    return f"{HEAD.format('urlset')}{lines}</urlset>\n"


def _whole(path: str) -> str:
    """Answer an address as it stands in XML; every path is percent-encoded, so these two signs are all there is to escape."""
    return linking.whole(path).replace("&", "&amp;").replace("'", "&apos;")


def _changed(moment: dt.datetime | None) -> str:
    """Answer when a page changed, as it stands in a site map."""
    return f"<lastmod>{moment:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""
