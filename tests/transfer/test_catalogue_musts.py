"""What OPDS 1.2 demands of every catalogue, on every page of ours, and what single clients read beside it."""

import re

import pytest
from lxml import etree

from archive.transfer.catalogue import first
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.transfer.test_catalogue import EVERYWHERE, LISTINGS, NS, WAYS, said

pytestmark = pytest.mark.django_db

ACQUISITION = "http://opds-spec.org/acquisition"
FACET = "http://opds-spec.org/facet"
# RFC 3986: no bracket stands unquoted but round the address of a host.
URI = re.compile(r"[a-z]+:([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+")


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_ADDRESS = "http://testserver"


@pytest.fixture
def author():
    author = UserFactory()
    for _ in range(2):
        make_work(by=author, series="The Lamp", tags={"freeform": ["Fog"]}, summary="A <em>storm</em>.")
    return author


def page(client, author, kind):
    answer = client.get(EVERYWHERE[kind](author))
    return answer, etree.fromstring(answer.content)


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_every_page_says_what_it_is_and_where_it_and_the_beginning_are(client, author, kind):
    answer, feed = page(client, author, kind)

    links = {link.get("rel"): (link.get("href"), link.get("type")) for link in feed.findall("a:link", NS)}
    own = first.NAVIGATION if kind in WAYS else first.ACQUISITION
    assert answer.headers["Content-Type"] == f"{own};charset=utf-8"
    assert [len(said(feed, f"a:{name}")) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    assert (links["self"][1], links["start"]) == (own, ("http://testserver/opds", first.NAVIGATION))


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_every_entry_has_an_id_of_its_own_a_title_and_a_moment(client, author, kind):
    _answer, feed = page(client, author, kind)

    entries = feed.findall("a:entry", NS)
    ids = said(feed, "a:entry/a:id")
    assert entries
    assert len(set(ids)) == len(entries) == len(said(feed, "a:entry/a:title")) == len(said(feed, "a:entry/a:updated"))
    assert all(one.startswith("tag:testserver,") for one in ids)


@pytest.mark.parametrize("kind", LISTINGS)
def test_every_work_can_be_acquired_by_a_link_that_says_its_type(client, author, kind):
    _answer, feed = page(client, author, kind)

    for entry in feed.findall("a:entry", NS):
        acquired = entry.xpath(f"a:link[starts-with(@rel, '{ACQUISITION}')]", namespaces=NS)
        assert next(link.get("type") for link in acquired) == "application/epub+zip"
        assert said(entry, "a:summary/@type") == ["text"]
        assert "<" not in said(entry, "a:summary")[0]


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_every_address_is_one_to_the_letter(client, author, kind):
    _answer, feed = page(client, author, kind)

    addresses = [link.get("href").replace("{searchTerms}", "") for link in feed.iter(f"{{{NS['a']}}}link")]
    assert [one for one in [*addresses, *said(feed, "//a:id")] if not URI.fullmatch(one)] == []


@pytest.mark.parametrize("kind", WAYS)
def test_a_page_of_ways_has_no_facets_and_one_way_an_entry(client, author, kind):
    _answer, feed = page(client, author, kind)

    kinds = [entry.xpath("a:link/@type", namespaces=NS) for entry in feed.findall("a:entry", NS)]
    assert feed.xpath(f"a:link[@rel='{FACET}']", namespaces=NS) == []
    assert {tuple(one) for one in kinds} <= {(first.NAVIGATION,), (first.ACQUISITION,)}


@pytest.mark.parametrize("kind", LISTINGS)
def test_one_facet_of_each_group_is_active(client, author, kind):
    _answer, feed = page(client, author, kind)

    active = said(feed, f"a:link[@rel='{FACET}'][@o:activeFacet='true']/@o:facetGroup")
    assert sorted(active) == sorted(set(said(feed, f"a:link[@rel='{FACET}']/@o:facetGroup")))


def test_librera_shows_the_labels_of_tags(client, author):
    _answer, feed = page(client, author, "all works")

    labels = said(feed, "a:entry[1]/a:category/@label")
    assert sorted(labels) == ["Fog", "General Audiences", "No Archive Warnings Apply", "The Lighthouse Keepers (TV)"]


def test_koreader_takes_the_name_of_a_book_from_its_answer(client, author, settings, tmp_path):
    settings.FILES_FOLDER = tmp_path
    make_work(by=author, title="A Watch")
    _answer, feed = page(client, author, "all works")

    answer = client.get(said(feed, "a:entry[1]/a:link[@type='application/epub+zip']/@href")[0])

    assert answer.headers["Content-Disposition"] == 'attachment; filename="A_Watch.epub"'
    answer.close()
