"""The catalogue in OPDS 1.2, which is Atom with links of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.transfer import atom, introducing, linking
from archive.transfer.atom import DUBLIN_CORE, OPDS, OPEN_SEARCH, SCHEMA, THREADS, Entry, Feed, Link, More, named
from archive.transfer.catalogue import files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from archive.transfer.catalogue.pages import CataloguePage, Way
    from archive.transfer.introducing import Introduction

BASE = "application/atom+xml;profile=opds-catalog"
NAVIGATION, ACQUISITION = f"{BASE};kind=navigation", f"{BASE};kind=acquisition"
DESCRIPTION = "application/opensearchdescription+xml"
FACET = "http://opds-spec.org/facet"
PLAIN = "application/atom+xml"  # as some clients want it to the letter


def content_type(page: CataloguePage) -> str:
    """Answer what kind of answer a page is."""
    return NAVIGATION if page.works is None else ACQUISITION


def draw(page: CataloguePage) -> bytes:
    """Answer a page as it is sent."""
    updated = page.updated
    if page.works is None:
        entries = [atom.entry_written(_of_way(way, updated)) for way in page.ways]
    else:
        entries = introducing.written(page.works, _written, BASE)
    return atom.written(
        Feed(
            id=page.id,
            title=page.title,
            updated=updated,
            people=[atom.Person(page.archive.name, linking.whole("/"))],
            links=[*_links(page), *_facets(page)],
            more=_counts(page),
            entries=entries,
        )
    )


def _links(page: CataloguePage) -> Iterator[Link]:
    kind = content_type(page)
    yield Link(rel="self", href=page.at(page.number), type=kind)
    yield Link(rel="start", href=page.start, type=NAVIGATION)
    if page.up:
        yield Link(rel="up", href=linking.whole(page.up), type=NAVIGATION)
    if page.page:
        yield Link(rel="alternate", href=linking.whole(page.page), type="text/html")
    # Some clients follow the description, some take no other than the second.
    yield Link(rel="search", href=page.description, type=DESCRIPTION, title=_("Search"))
    yield Link(rel="search", href=f"{page.search}?query={{searchTerms}}", type=PLAIN, title=_("Search"))
    for rel, href in page.pages:
        yield Link(rel=rel, href=href, type=kind)


def _facets(page: CataloguePage) -> Iterator[Link]:
    for group in page.groups:
        for facet in group.facets:
            said = {named(OPDS, "facetGroup"): group.title}
            said |= {named(OPDS, "activeFacet"): "true"} if facet.is_active else {}
            said |= {named(THREADS, "count"): str(facet.count)} if facet.count is not None else {}
            yield Link(rel=FACET, href=facet.href, type=ACQUISITION, title=facet.title, more=said)


def _counts(page: CataloguePage) -> list[More]:
    if page.works is None:
        return []
    counts = {"totalResults": page.total, "itemsPerPage": page.size, "startIndex": (page.number - 1) * page.size + 1}
    return [More(named(OPEN_SEARCH, name), str(value)) for name, value in counts.items()]


def _of_way(way: Way, updated: dt.datetime) -> Entry:
    """Answer the entry of a way on."""
    more = {named(THREADS, "count"): str(way.count)} if way.count is not None else {}
    return Entry(
        id=way.id,
        title=way.title,
        updated=updated,
        links=[Link(rel=way.rel, href=way.href, type=ACQUISITION if way.leads_to_works else NAVIGATION, more=more)],
        content=way.about or way.title,
        content_type="text",
    )


def _written(work: Introduction) -> bytes:
    return atom.entry_written(_of_work(work))


def _of_work(work: Introduction) -> Entry:
    """Answer the whole entry of a work.

    Older clients show the last of several authors alone: the first stands last, and the summary names them all.
    """
    names = ", ".join(person.name for person in work.people)
    by_all = [_("By %(names)s") % {"names": names}] if len(work.people) > 1 else []
    cover = files.cover_of(work)
    return Entry(
        id=work.id,
        title=str(work.work),
        updated=work.updated,
        published=work.work.published_at,
        people=work.people[::-1],
        categories=work.categories,
        links=[
            *(Link(rel=one.rel, href=one.href, type=one.type, title=one.title) for one in files.offers(work)),
            Link(rel=files.IMAGE, href=cover, type=files.PNG),
            Link(rel=files.THUMBNAIL, href=cover, type=files.PNG),
            Link(rel="alternate", href=work.url, type="text/html"),
        ],
        summary=work.words(by_all),
        summary_type="text",
        more=list(_more_of(work)),
    )


def _more_of(work: Introduction) -> Iterator[More]:
    if work.language:
        yield More(named(DUBLIN_CORE, "language"), work.language)
    if work.work.published_at:
        yield More(named(DUBLIN_CORE, "issued"), f"{timezone.localdate(work.work.published_at)}")
    extent = _("%(words)s words, %(chapters)s chapters")
    yield More(
        named(DUBLIN_CORE, "extent"), extent % {"words": intcomma(work.work.word_count), "chapters": work.work.chapters_of_expected}
    )
    for place in work.work.places:
        said = {"name": place.title, "position": str(place.position), "url": linking.whole(place.get_absolute_url)}
        yield More(named(SCHEMA, "Series"), "", {named(SCHEMA, name): value for name, value in said.items()})
