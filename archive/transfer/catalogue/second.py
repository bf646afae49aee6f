"""The catalogue in OPDS 2.0, which is JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from archive.transfer import introducing, linking
from archive.transfer.atom import moment
from archive.transfer.catalogue import files

if TYPE_CHECKING:
    from archive.transfer.catalogue.pages import CataloguePage, FacetGroup, Way
    from archive.transfer.introducing import Introduction

TYPE = "application/opds+json"
BOOK = "http://schema.org/Book"
# A language as RFC 5646 has it, roughly: what is none must not be claimed.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

type Json = dict[str, Any]


def draw(page: CataloguePage) -> bytes:
    """Answer a page as it is sent."""
    metadata: Json = {"title": page.title, "modified": moment(page.updated)}
    if page.works is not None or page.last > 1:
        metadata |= {"numberOfItems": page.total, "itemsPerPage": page.size, "currentPage": page.number}
    told: Json = {"metadata": metadata, "links": _links(page)}
    if page.works is None:
        told["navigation"] = [_way(way) for way in page.ways]
    else:
        told["publications"] = [orjson.Fragment(one) for one in introducing.written(page.works, _written, TYPE)]
    if page.groups:
        told["facets"] = [_facets(group) for group in page.groups]
    return orjson.dumps(told)


def _links(page: CataloguePage) -> list[Json]:
    links: list[Json] = [
        {"rel": "self", "href": page.at(page.number), "type": TYPE},
        {"rel": "start", "href": page.start, "type": TYPE},
        {"rel": "search", "href": f"{page.search}{{?query}}", "type": TYPE, "templated": True},
    ]
    if page.up:
        links.append({"rel": "up", "href": linking.whole(page.up), "type": TYPE})
    if page.page:
        links.append({"rel": "alternate", "href": linking.whole(page.page), "type": "text/html"})
    return links + [{"rel": rel, "href": href, "type": TYPE} for rel, href in page.pages]


def _way(way: Way) -> Json:
    told: Json = {"title": way.title, "href": way.href, "rel": way.rel, "type": TYPE}
    return told | ({"properties": {"numberOfItems": way.count}} if way.count is not None else {})


def _facets(group: FacetGroup) -> Json:
    links: list[Json] = []
    for facet in group.facets:
        link: Json = {"title": facet.title, "href": facet.href, "type": TYPE}
        link |= {"rel": "self"} if facet.is_active else {}
        links.append(link | ({"properties": {"numberOfItems": facet.count}} if facet.count is not None else {}))
    return {"metadata": {"title": group.title}, "links": links}


def _written(work: Introduction) -> bytes:
    return orjson.dumps(publication(work))


def publication(work: Introduction) -> Json:
    """Answer a work."""
    metadata: Json = {
        "@type": BOOK,
        "title": str(work.work),
        "identifier": work.id,
        "author": [{"name": person.name, "links": [{"href": person.uri, "type": "text/html"}]} for person in work.people],
        "modified": moment(work.updated),
        "description": work.words(),
        "subject": [{"name": one.label, "code": one.term, "scheme": one.scheme} for one in work.categories],
    }
    if work.work.published_at:
        metadata["published"] = moment(work.work.published_at)
    if LANGUAGE.fullmatch(work.language):
        metadata["language"] = work.language
    if work.work.language and work.work.language.is_right_to_left:
        metadata["readingProgression"] = "rtl"
    if work.work.places:
        metadata["belongsTo"] = {
            "series": [
                {"name": place.title, "position": place.position, "links": [
                    {"href": linking.whole(place.get_absolute_url), "type": "text/html"}
                ]}
                for place in work.work.places
            ]
        }  # fmt: skip
    links = [{"rel": one.rel, "href": one.href, "type": one.type, "title": one.title} for one in files.offers(work)]
    links.append({"rel": "alternate", "href": work.url, "type": "text/html"})
    return {"metadata": metadata, "links": links, "images": [{"href": files.cover_of(work), "type": files.PNG}]}
