"""The catalogue: what is in it, how it is told, and what single clients need of it (facts/clients.md 3.2)."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from archive.tags import wrangling
from archive.tags.models import Tag
from archive.transfer import freshness
from archive.transfer.catalogue import first, second
from archive.works import deleting, writing
from archive.works.models import Tally, Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, co_author_of, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

NS = {
    "a": "http://www.w3.org/2005/Atom", "o": "http://opds-spec.org/2010/catalog", "dc": "http://purl.org/dc/terms/",
    "s": "http://a9.com/-/spec/opensearch/1.1/", "schema": "http://schema.org", "thr": "http://purl.org/syndication/thread/1.0",
}  # fmt: skip
KOREADER = "application/opds+json, application/atom+xml;profile=opds-catalog, */*"
FANDOM = "The Lighthouse Keepers (TV)"
OPEN = "http://opds-spec.org/acquisition/open-access"
TEXT = "<p>The zqxlampzqx was lit before the ship was seen.</p>"


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.SITE_ADDRESS = "http://testserver"
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def author():
    return UserFactory()


def xml(client, address="/opds/works", **query):
    answer = client.get(address, query)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/atom+xml"), answer.content
    return etree.fromstring(answer.content)


def told(client, address="/opds/works", **query):
    answer = client.get(address, query, headers={"Accept": KOREADER})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/opds+json"), answer.content
    return json.loads(answer.content)


def said(node, path):
    return [found if isinstance(found, str) else found.text for found in node.xpath(path, namespaces=NS)]


def titles(client, address="/opds/works", **query):
    in_first = said(xml(client, address, **query), "a:entry/a:title")
    assert [one["metadata"]["title"] for one in told(client, address, **query)["publications"]] == in_first
    return in_first


WAYS = {
    "the beginning": lambda author: "/opds",
    "the fandoms": lambda author: "/opds/fandoms",
    "kinds of media": lambda author: "/opds/media",
    "the series": lambda author: "/opds/series",
    "the languages": lambda author: "/opds/languages",
}
LISTINGS = {
    "all works": lambda author: "/opds/works",
    "a search": lambda author: "/opds/search",
    "a tag": lambda author: f"/opds/tags/{FANDOM}",
    "the works of a tag": lambda author: f"/opds/tags/{FANDOM}/works",
    "a member": lambda author: f"/opds/users/{author.username}",
    "a pseud": lambda author: f"/opds/users/{author.username}/pseuds/{author.username}",
    "a series": lambda author: f"/opds/series/{author.pseuds.get().series.get().pk}",
    "a language": lambda author: "/opds/languages/en/works",
}
EVERYWHERE = WAYS | LISTINGS


@pytest.mark.parametrize("kind", LISTINGS)
@pytest.mark.parametrize("who", ["guest", "its author"])
def test_the_public_catalogue_has_what_a_guest_may_find_whatever_cookie_comes(client, author, kind, who):
    make_work(by=author, title="For everybody", series="The Lamp")
    make_work(by=author, title="For members", series="The Lamp", is_restricted=True)
    make_draft(by=author, title="For nobody", series="The Lamp")
    deleting.delete(make_work(by=author, title="Gone", series="The Lamp"), by=author)
    if who != "guest":
        client.force_login(author)

    assert titles(client, LISTINGS[kind](author)) == ["For everybody"]


@pytest.mark.parametrize("kind", EVERYWHERE)
@pytest.mark.parametrize("accept", ["*/*", KOREADER])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_catalogue_takes_the_same_queries_whatever_its_length(client, author, kind, accept, count):
    for _ in range(count):
        make_work(by=author, series="The Lamp", tags={"freeform": ["Fog"], "character": ["Ines"]})
    address = EVERYWHERE[kind](author)
    client.get(address, headers={"Accept": accept})

    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers={"Accept": accept})

    assert len(queries) == QUERIES[kind]


QUERIES = {
    "the beginning": 1, "the fandoms": 3, "kinds of media": 6, "the series": 3, "the languages": 3, "all works": 8, "a search": 8,
    "a tag": 10, "the works of a tag": 10, "a member": 9, "a pseud": 9, "a series": 11, "a language": 9,
}  # fmt: skip


# Which language is spoken


@pytest.mark.parametrize("address", ["/opds", "/opds/"])
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", first.NAVIGATION),
        ("*/*", first.NAVIGATION),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", first.NAVIGATION),
        ("application/atom+xml;profile=opds-catalog, */*", first.NAVIGATION),
        ("application/opds+json;q=0.5, application/atom+xml", first.NAVIGATION),
        ("application/opds+json;q=0, */*", first.NAVIGATION),
        ("application/opds+json;q=many", second.TYPE),
        (KOREADER, second.TYPE),
        ("application/opds+json", second.TYPE),
    ],
)
def test_the_older_language_is_spoken_unless_the_newer_is_asked_for_by_name(client, address, accept, kind):
    answer = client.get(address, headers={"Accept": accept} if accept else {})

    assert (answer.status_code, answer.headers["Content-Type"].removesuffix(";charset=utf-8")) == (200, kind)
    assert answer.headers["Vary"].startswith("Accept, Authorization")
    assert not answer.cookies


# What single clients need


@pytest.mark.parametrize("kind", EVERYWHERE)
@pytest.mark.parametrize("accept", ["*/*", KOREADER])
def test_koreader_asks_for_the_head_of_an_answer_first(client, author, kind, accept, monkeypatch):
    monkeypatch.setattr(freshness.time, "time", lambda: 1_000.5)  # both within one second
    make_work(by=author, series="The Lamp")
    address = EVERYWHERE[kind](author)

    head, whole = (ask(address, headers={"Accept": accept}) for ask in (client.head, client.get))

    names = ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control", "Vary")
    assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]
    assert head.content == b""


def test_last_modified_is_another_once_something_was_taken_away(client, author, monkeypatch):
    clock = iter(range(1_000, 2_000, 100))
    monkeypatch.setattr(freshness.time, "time", lambda: float(next(clock)))
    work = make_work(by=author)
    before = [client.head("/opds/works").headers["Last-Modified"] for _ in range(2)]

    deleting.delete(work, by=author)

    after = client.get("/opds/works", headers={"If-Modified-Since": before[1]})
    assert before[0] == before[1] != after.headers["Last-Modified"]
    assert after.status_code == 200


@pytest.mark.parametrize("encoding", ["identity", "identity;q=1, *;q=0", "gzip;q=0", "GZIP; q=0.00, identity"])
def test_koreader_is_sent_nothing_compressed(client, author, encoding):
    for _ in range(5):
        make_work(by=author)

    plain, packed = (client.get("/opds/works", headers={"Accept-Encoding": one}) for one in (encoding, "gzip"))

    assert ("Content-Encoding" in plain.headers, packed.headers["Content-Encoding"]) == (False, "gzip")


def test_koreader_which_shows_the_last_author_alone_shows_the_first_and_names_all(client, author):
    work = make_work(by=author, rating="Mature", summary="A storm.")
    co_author_of(work, username="old_tom")

    entry = xml(client).find("a:entry", NS)

    assert said(entry, "a:author/a:name") == ["old_tom", author.username]
    assert said(entry, "a:summary") == [
        f"Rating: Mature\nWarnings: No Archive Warnings Apply\nBy {author.username}, old_tom\nA storm."
    ]
    assert [one["name"] for one in told(client)["publications"][0]["metadata"]["author"]] == [author.username, "old_tom"]


def test_every_client_finds_a_search_that_it_understands(client, author):
    make_work(by=author)
    feed = xml(client)
    description = etree.fromstring(client.get("/opds/search.xml").content)
    urls = dict(zip(said(description, "s:Url/@type"), said(description, "s:Url/@template"), strict=True))
    template = "http://testserver/opds/search?query={searchTerms}"

    assert dict(zip(said(feed, "a:link[@rel='search']/@type"), said(feed, "a:link[@rel='search']/@href"), strict=True)) == {
        "application/opensearchdescription+xml": "http://testserver/opds/search.xml",  # KOReader, calibre, Moon+
        "application/atom+xml": template,  # Librera, which takes no other
    }
    assert (next(iter(urls)), urls["application/atom+xml"]) == ("application/atom+xml", template)  # calibre, to the letter
    assert [link for link in told(client)["links"] if link["rel"] == "search"] == [
        {"rel": "search", "href": "http://testserver/opds/search{?query}", "type": "application/opds+json", "templated": True}
    ]


def test_moon_gets_the_description_without_a_password(client):
    answer = client.get("/opds/search.xml")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/opensearchdescription+xml")
    assert len(said(etree.fromstring(answer.content), "s:ShortName")[0]) <= 16


def test_moon_gets_covers_without_a_password_and_of_locked_works_one_that_tells_nothing(client, author):
    work = make_work(by=author, title="For everybody")
    locked = make_work(by=author, title="For members", is_restricted=True)

    [cover] = said(xml(client), "a:entry/a:link[@rel='http://opds-spec.org/image']/@href")

    answers = [client.get(address) for address in (cover, f"/works/{locked.pk}/cover.png", "/opds/cover.png")]
    assert cover.startswith(f"http://testserver/works/{work.pk}/cover.png?")
    assert [(one.status_code, one.headers["Content-Type"].partition(";")[0]) for one in answers] == [
        (200, "image/png"), (404, "text/plain"), (200, "image/png"),
    ]  # fmt: skip
    assert [b"".join(one.streaming_content)[:8] for one in answers if one.streaming] == [b"\x89PNG\r\n\x1a\n"] * 2


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_calibre_and_moon_find_whole_addresses_and_only_prefixes_that_are_bound(client, author, kind):
    make_work(by=author, series="The Lamp")

    feed = xml(client, EVERYWHERE[kind](author))  # an unbound prefix is an error to this parser, too

    assert [href for href in said(feed, "//@href | //a:uri/text()") if not href.startswith("http://testserver/")] == []


@pytest.mark.parametrize("accept", ["*/*", KOREADER])
@pytest.mark.parametrize("title", ["A\x0bB", "]]>", "<b>&amp;</b>", "🔥🔥", "\u202eqarab", "قصة قصيرة", "\ufffe", "\ud7ff"])
def test_no_title_breaks_a_page(client, author, title, accept):
    title = f"Lamp {title}"
    work = make_work(by=author)
    Work.objects.filter(pk=work.pk).update(title=title)

    answer = client.get("/opds/works", headers={"Accept": accept})

    if accept == KOREADER:
        assert json.loads(answer.content)["publications"][0]["metadata"]["title"] == title
    else:
        fit = title.replace("\x0b", "").replace("\ufffe", "")
        assert said(etree.fromstring(answer.content), "a:entry/a:title") == [fit]


# What an entry tells


def test_an_entry_tells_the_advisory_before_all_and_offers_the_e_book_first(client, author):
    work = make_work(
        by=author, title="A Watch", rating="Explicit", warnings=("Major Character Death",), text=TEXT, series="The Lamp",
        summary="<p>A <em>storm</em>.</p>", content_notes="Drowning.", tags={"freeform": ["Fog"]},
    )  # fmt: skip

    entry = xml(client).find("a:entry", NS)

    summary = (
        "Rating: Explicit\nWarnings: Major Character Death\n"
        "The author says more about what is ahead; it stands before the text.\nA storm."
    )
    place = work.series_entries.get()
    moment = int(work.changed_at.timestamp())
    assert said(entry, "a:summary[@type='text']") == [summary]
    assert said(entry, f"a:link[@rel='{OPEN}']/@type") == ["application/epub+zip", "text/html", "text/plain", "text/markdown"]
    assert said(entry, f"a:link[@rel='{OPEN}']/@href")[0] == (
        f"http://testserver/downloads/{work.pk}/A_Watch.epub?view_adult=true&updated_at={moment}"
    )
    assert said(entry, "schema:Series/@*") == ["The Lamp", "1", f"http://testserver/series/{place.series_id}"]
    assert said(entry, "dc:language") == ["en"]


def test_the_e_book_of_an_entry_can_be_fetched_by_a_client_without_cookies_and_opens_with_its_advisory(client, author):
    make_work(by=author, rating="Explicit", text=TEXT)
    [address, *_others] = said(xml(client), f"a:entry/a:link[@rel='{OPEN}']/@href")

    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/epub+zip")
    answer.close()


def test_a_work_in_the_newer_language(client, author):
    work = make_work(by=author, title="A Watch", series="The Lamp", tags={"freeform": ["Fog"]})

    [found] = told(client)["publications"]

    assert {name: found["metadata"][name] for name in ("@type", "title", "identifier", "language", "belongsTo")} == {
        "@type": "http://schema.org/Book",
        "title": "A Watch",
        "identifier": f"tag:testserver,{work.created_at:%Y-%m-%d}:work:{work.pk}",
        "language": "en",
        "belongsTo": {
            "series": [{"name": "The Lamp", "position": 1, "links": [
                {"href": f"http://testserver/series/{work.series_entries.get().series_id}", "type": "text/html"}
            ]}]
        },
    }  # fmt: skip
    assert found["links"][0]["type"] == "application/epub+zip"
    assert [image["type"] for image in found["images"]] == ["image/png"]


@pytest.mark.parametrize("kind", EVERYWHERE)
@pytest.mark.parametrize("accept", ["*/*", KOREADER])
def test_no_page_of_the_catalogue_has_a_word_of_a_text(client, author, kind, accept):
    make_work(by=author, text=TEXT, series="The Lamp", feeds_carry_text=True)

    assert b"zqxlampzqx" not in client.get(EVERYWHERE[kind](author), headers={"Accept": accept}).content


# Ways on, filters, pages


def test_the_beginning_leads_to_all_that_there_is(client, author):
    Tally.objects.create(work=make_work(by=author, title="Loved"), kudos=5)
    make_work(by=author, title="New")
    ways = dict(zip(said(xml(client, "/opds"), "a:entry/a:title"), said(xml(client, "/opds"), "a:entry/a:link/@href"), strict=True))

    assert [one["href"] for one in told(client, "/opds")["navigation"]] == list(ways.values())
    assert said(xml(client, ways["New works"]), "a:entry/a:title") == ["New", "Loved"]
    assert said(xml(client, ways["Popular works"]), "a:entry/a:title") == ["Loved", "New"]
    own = {"Marked for later", "What I follow", "My bookmarks"}
    assert {name for name, address in ways.items() if client.get(address).status_code == 401} == own
    assert {name for name, address in ways.items() if client.get(address).status_code == 200} == set(ways) - own


def test_fandoms_stand_there_the_largest_first(client, author):
    make_work(by=author, fandoms=("Small",))
    for _ in range(2):
        make_work(by=author, fandoms=("Large",))

    feed = xml(client, "/opds/fandoms")

    assert said(feed, "a:entry/a:title") == ["Large", "Small"]
    assert said(feed, "a:entry/a:link/@thr:count") == ["2", "1"]
    assert titles(client, said(feed, "a:entry/a:link/@href")[1]) == [Work.objects.get(tags__name="Small").title]


def test_a_fandom_keeps_its_id_when_it_is_renamed(client, author):
    make_work(by=author, fandoms=("Kitiwake Light",))
    fandom = Tag.objects.get(name="Kitiwake Light")

    def ids():
        page = Tag.objects.get(pk=fandom.pk).get_absolute_url()
        return said(xml(client, "/opds/fandoms"), "a:entry/a:id"), said(xml(client, f"/opds{page}"), "a:id")

    before = ids()
    wrangling.rename(fandom, "Kittiwake Light", by=UserFactory(is_staff=True))

    assert ids() == before == ([f"tag:testserver,2026-01-01:catalogue:tag:{fandom.pk}"],) * 2


def facets(feed, group):
    return [
        (link.get("title"), link.get(f"{{{NS['thr']}}}count"), link.get(f"{{{NS['o']}}}activeFacet"), link.get("href"))
        for link in feed.xpath("a:link[@rel='http://opds-spec.org/facet']", namespaces=NS)
        if link.get(f"{{{NS['o']}}}facetGroup") == group
    ]


def test_facets_are_the_filters_and_one_of_each_group_is_at_work(client, author):
    Tag.objects.filter(pk__in=[tag.pk for tag in _fog_and_sun(author)]).update(is_canonical=True)
    feed = xml(client)
    fog = next(href for title, _count, _active, href in facets(feed, "Additional Tags") if title == "Fog")

    filtered = xml(client, fog)

    assert [one[:3] for one in facets(feed, "Additional Tags")] == [("All", None, "true"), ("Fog", "1", None), ("Sun", "1", None)]
    assert said(filtered, "a:entry/a:title") == ["In fog"]
    assert [one[:3] for one in facets(filtered, "Additional Tags")][:2] == [("All", None, None), ("Fog", None, "true")]
    assert next(iter(facets(feed, "Order")))[2] == "true"
    assert titles(client, facets(filtered, "Additional Tags")[0][3]) == ["In sun", "In fog"]


def _fog_and_sun(author):
    make_work(by=author, title="In fog", tags={"freeform": ["Fog"]})
    make_work(by=author, title="In sun", tags={"freeform": ["Sun"]})
    return Tag.objects.filter(name__in=["Fog", "Sun"])


@pytest.mark.parametrize(
    "query", ["", "work_search[sort_column]=kudos_count", "work_search[sort_column]=hits", "work_search[sort_column]=x"]
)
def test_of_every_group_of_facets_exactly_one_is_active(client, author, query):
    _fog_and_sun(author)

    feed = told(client, f"/opds/works?{query}")

    assert {group["metadata"]["title"]: sum(link.get("rel") == "self" for link in group["links"]) for group in feed["facets"]} == {
        group["metadata"]["title"]: 1 for group in feed["facets"]
    }
    assert all(len(group["links"]) > 1 for group in feed["facets"])


def test_a_long_listing_has_pages(client, author):
    for _ in range(21):
        make_work(by=author)

    page_one, page_two = xml(client), xml(client, page="2")

    assert [len(page.findall("a:entry", NS)) for page in (page_one, page_two)] == [20, 1]
    assert said(page_one, "s:totalResults | s:itemsPerPage") == ["21", "20"]
    assert said(page_one, "a:link[@rel='next']/@href") == ["http://testserver/opds/works?page=2"]
    assert told(client, page="2")["metadata"]["currentPage"] == 2


def test_a_series_keeps_its_order(client, author):
    for title in ("One", "Two", "Three"):
        make_work(by=author, title=title, series="The Lamp")

    assert titles(client, f"/opds/series/{author.pseuds.get().series.get().pk}") == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/opds/nothing", 404),
        ("/opds/tags/Nothing", 404),
        ("/opds/about", 404),
        ("/opds/opds", 404),
        ("/opds/works/1", 404),
        ("/opds/series/99999999999999999999", 404),
        ("/opds/media/Nothing", 404),
        ("/opds/fandoms?page=0", 404),
        ("/opds/fandoms?page=9", 404),
        ("/opds/works?page=-1", 404),
        ("/opds/search?query=(", 422),
        ("/opds/search?query=words", 503),  # there is no index in these tests
        ("/opds/works?work_search[words_from]=few", 422),
        ("/works/99999999999999999999/cover.png", 404),
    ],
)
def test_what_is_not_there_is_refused_in_few_words(client, address, status):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")


def test_a_hidden_work_is_gone_at_once(client, author):
    work = make_work(by=author, title="Mine")
    kept = client.get("/opds/works")

    writing.edit(work, work_entry(author, title="Mine", is_restricted=True), version=work.version, by=author)

    answer = client.get("/opds/works", headers={"If-None-Match": kept.headers["ETag"]})
    assert (answer.status_code, b"Mine" in answer.content) == (200, False)
    assert client.get(f"/works/{work.pk}/cover.png").status_code == 404


def test_what_is_not_new_is_not_sent_again(client, author):
    add_chapter(make_work(by=author, expected_chapters=None))
    kept = client.get("/opds/works")

    assert client.get("/opds/works", headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
    assert client.get("/opds/works", headers={"If-None-Match": kept.headers["ETag"], "Accept": KOREADER}).status_code == 200
