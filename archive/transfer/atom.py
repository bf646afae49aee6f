"""Writes Atom (RFC 4287), of which feeds and the older catalogues are made.

Django's own writer knows one author an entry and no labels. Here whatever stands in a title comes out as XML: what XML has no
character for is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from archive.text.characters import SURROGATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
DUBLIN_CORE = "http://purl.org/dc/terms/"
OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
OPDS = "http://opds-spec.org/2010/catalog"
THREADS = "http://purl.org/syndication/thread/1.0"
SCHEMA = "http://schema.org"  # to the letter as Thorium has it
# Every prefix that is written is bound at the root: there are readers that take no other.
PREFIXES = {None: ATOM, "dcterms": DUBLIN_CORE, "opensearch": OPEN_SEARCH, "opds": OPDS, "thr": THREADS, "schema": SCHEMA}
UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff{SURROGATES}]")
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
END = b"</feed>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link. `more` holds attributes of other vocabularies."""

    rel: str
    href: str
    type: str = ""
    title: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody under whose name something stands."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class Category:
    """A tag, and of which kind it is."""

    term: str
    scheme: str
    label: str


@dataclass(frozen=True, slots=True)
class More:
    """An element of another vocabulary."""

    name: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in a feed. The summary is HTML or words, the content is HTML."""

    id: str
    title: str
    updated: dt.datetime
    published: dt.datetime | None = None
    people: Sequence[Person] = ()
    categories: Sequence[Category] = ()
    links: Sequence[Link] = ()
    summary: str = ""
    summary_type: str = "html"
    content: str = ""
    content_type: str = "html"
    language: str = ""
    more: Sequence[More] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed."""

    id: str
    title: str
    updated: dt.datetime
    subtitle: str = ""
    icon: str = ""
    people: Sequence[Person] = ()
    links: Sequence[Link] = ()
    entries: Sequence[bytes] = ()  # each as `entry_written` answers it
    more: Sequence[More] = ()


def named(vocabulary: str, name: str) -> str:
    """Answer the name of an element or an attribute of another vocabulary."""
    return f"{{{vocabulary}}}{name}"


def written(feed: Feed) -> bytes:
    """Answer a feed as it is sent."""
    root = etree.Element(named(ATOM, "feed"), nsmap=PREFIXES)
    _put(root, "id", feed.id)
    _put(root, "title", feed.title)
    if feed.subtitle:
        _put(root, "subtitle", feed.subtitle)
    if feed.icon:
        _put(root, "icon", feed.icon)
    _put(root, "updated", moment(feed.updated))
    _put_people(root, feed.people)
    _put_links(root, feed.links)
    _put_more(root, feed.more)
    whole = bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    return b"".join([whole.removesuffix(END), *feed.entries, END])


def entry_written(entry: Entry) -> bytes:
    """Answer an entry as it stands in a feed, which binds the prefixes."""
    root = etree.Element(named(ATOM, "feed"), nsmap=PREFIXES)
    _put_entry(root, entry)
    whole = bytes(etree.tostring(root, encoding="utf-8"))
    return whole[whole.index(b">") + 1 :].removesuffix(END)


def moment(when: dt.datetime) -> str:
    """Answer a moment as Atom writes it."""
    return f"{when.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def fit(text: str) -> str:
    """Answer a text without what XML has no character for."""
    return UNFIT.sub("", text)


def _put_entry(root: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(root, named(ATOM, "entry"))
    if entry.language:
        element.set(named(XML, "lang"), entry.language)
    _put(element, "id", entry.id)
    _put(element, "title", entry.title)
    _put(element, "updated", moment(entry.updated))
    if entry.published:
        _put(element, "published", moment(entry.published))
    _put_people(element, entry.people)
    for category in entry.categories:
        said = {"term": fit(category.term), "scheme": category.scheme, "label": fit(category.label)}
        etree.SubElement(element, named(ATOM, "category"), said)
    _put_links(element, entry.links)
    _put_more(element, entry.more)
    if entry.summary:
        _put(element, "summary", entry.summary, type=entry.summary_type)
    if entry.content:
        _put(element, "content", entry.content, type=entry.content_type)


def _put(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, named(ATOM, name), attributes).text = fit(text)


def _put_more(parent: etree._Element, more: Sequence[More]) -> None:
    for one in more:
        attributes = {name: fit(value) for name, value in one.attributes.items()}
        etree.SubElement(parent, one.name, attributes).text = fit(one.text) or None


def _put_people(parent: etree._Element, people: Sequence[Person]) -> None:
    for person in people:
        element = etree.SubElement(parent, named(ATOM, "author"))
        _put(element, "name", person.name)
        if person.uri:
            _put(element, "uri", person.uri)


def _put_links(parent: etree._Element, links: Sequence[Link]) -> None:
    for link in links:
        said = {"rel": link.rel, "href": fit(link.href)} | ({"type": link.type} if link.type else {})
        said |= {"title": fit(link.title)} if link.title else {}
        etree.SubElement(parent, named(ATOM, "link"), said | {name: fit(value) for name, value in link.more.items()})
