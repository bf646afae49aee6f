"""Feeds: who is in one, what comes first in it, how it tells clients that nothing is new."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from archive.tags import wrangling
from archive.tags.models import Tag
from archive.works import dating, deleting, publishing, writing
from archive.works.chapters import Chapter
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, co_author_of, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

NS = {"a": "http://www.w3.org/2005/Atom"}
FANDOM = "The Lighthouse Keepers (TV)"
TEXT = "<p>The zqxlampzqx was lit before the ship was seen.</p>"


def feed(client, address="/works/feed.atom", **query):
    answer = client.get(address, query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8"), answer.content
    return etree.fromstring(answer.content)


def said(node, path):
    return [found if isinstance(found, str) else found.text for found in node.xpath(path, namespaces=NS)]


def titles(client, address="/works/feed.atom", **query):
    return said(feed(client, address, **query), "a:entry/a:title")


FEEDS = {
    "all works": lambda author: "/works/feed.atom",
    "a search": lambda author: "/works/search/feed.atom",
    "a tag": lambda author: f"/tags/{Tag.objects.named('The Lighthouse Keepers (TV)').get().path_name}/feed.atom",
    "the works of a tag": lambda author: (
        f"/tags/{Tag.objects.named('The Lighthouse Keepers (TV)').get().path_name}/works/feed.atom"
    ),
    "a tag by its number": lambda author: f"/tags/{Tag.objects.named('The Lighthouse Keepers (TV)').get().pk}/feed.atom",
    "a member": lambda author: f"/users/{author.username}/feed.atom",
    "a member's works": lambda author: f"/users/{author.username}/works/feed.atom",
    "a pseud": lambda author: f"/users/{author.username}/pseuds/{author.username}/feed.atom",
    "a series": lambda author: f"/series/{author.pseuds.get().series.get().pk}/feed.atom",
    "a language": lambda author: "/languages/en/works/feed.atom",
}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_ADDRESS = "http://testserver"


@pytest.fixture
def author():
    return UserFactory()


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("who", ["guest", "member", "its author"])
def test_a_public_feed_has_what_a_guest_may_find_whoever_asks(client, author, kind, who):
    make_work(by=author, title="For everybody", series="The Lamp")
    make_work(by=author, title="For members", series="The Lamp", is_restricted=True)
    make_draft(by=author, title="For nobody", series="The Lamp")
    deleting.delete(make_work(by=author, title="Gone", series="The Lamp"), by=author)
    if who != "guest":
        client.force_login(author if who == "its author" else UserFactory())

    assert titles(client, FEEDS[kind](author)) == ["For everybody"]


@pytest.mark.parametrize("kind", FEEDS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_takes_the_same_queries_whatever_its_length(client, author, kind, count):
    for _ in range(count):
        make_work(by=author, series="The Lamp", tags={"freeform": ["Fog"], "character": ["Ines"]})
    address = FEEDS[kind](author)
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) == QUERIES[kind]


QUERIES = {
    "all works": 5, "a search": 5, "a tag": 7, "the works of a tag": 7, "a tag by its number": 8, "a member": 6,
    "a member's works": 6, "a pseud": 6, "a series": 8, "a language": 6,
}  # fmt: skip


@pytest.mark.parametrize("kind", [*FEEDS, "a work"])
def test_a_public_feed_may_be_kept_by_anybody_and_sets_no_cookie(client, author, kind):
    work = make_work(by=author, series="The Lamp")

    answer = client.get(FEEDS[kind](author) if kind in FEEDS else f"/works/{work.pk}/feed.atom")

    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies


def test_an_entry_tells_all_but_the_words_and_the_warnings_first(client, author):
    work = make_work(
        by=author, title="What the Tide Leaves", rating="Explicit", warnings=("Major Character Death",), text=TEXT,
        summary="<p>A <em>storm</em>.</p>", content_notes="Drowning.", tags={"relationship": ["Ines/Tom"], "freeform": ["Fog"]},
    )  # fmt: skip
    friend = co_author_of(work, username="old_tom")

    [entry] = feed(client).findall("a:entry", NS)

    assert said(entry, "a:author/a:name") == [author.username, "old_tom"]
    assert said(entry, "a:author/a:uri") == [
        f"http://testserver/users/{name}/pseuds/{name}" for name in (author.username, friend.username)
    ]
    assert sorted(zip(said(entry, "a:category/@term"), said(entry, "a:category/@label"), strict=True)) == sorted(
        (name, name) for name in ("Explicit", "Major Character Death", "The Lighthouse Keepers (TV)", "Ines/Tom", "Fog")
    )
    assert {scheme.rpartition(":")[2] for scheme in said(entry, "a:category/@scheme")} == {
        "rating", "warning", "fandom", "relationship", "freeform",
    }  # fmt: skip
    assert "".join(said(entry, "a:summary")) == (
        "<p>Rating: Explicit</p><p>Warnings: Major Character Death</p>"
        "<p>The author says more about what is ahead; it stands before the text.</p><p>A <em>storm</em>.</p>"
    )
    assert "zqxlampzqx" not in etree.tostring(entry, encoding="unicode")


def test_the_id_of_a_work_stays_whatever_becomes_of_its_title_and_its_day(client, author):
    work = make_work(by=author)
    before = said(feed(client), "a:entry/a:id")

    dating.date_chapter(work.chapters.get(), date(2004, 5, 1), by=author)
    Work.objects.update(title="Another")

    assert said(feed(client), "a:entry/a:id") == before == [f"tag:testserver,{work.created_at:%Y-%m-%d}:work:{work.pk}"]


def test_the_id_of_a_feed_stays_whatever_becomes_of_the_name_of_its_tag(client, author):
    make_work(by=author, tags={"freeform": ["Fogg"]})
    tag = Tag.objects.get(name="Fogg")
    before = said(feed(client, f"/tags/{tag.pk}/feed.atom"), "a:id")

    wrangling.rename(tag, "Fog", by=UserFactory(is_staff=True))

    assert said(feed(client, f"/tags/{tag.pk}/feed.atom"), "a:id") == before == [f"tag:testserver,2026-01-01:feed:tag:{tag.pk}"]


def test_every_feed_has_an_id_of_its_own_and_its_filters_another(client, author):
    make_work(by=author, series="Lamps")
    addresses = {FEEDS[kind](author) for kind in ("all works", "a tag", "a member", "a pseud", "a series", "a language")}

    ids = [said(feed(client, one), "a:id")[0] for one in addresses]
    ids += [said(feed(client, one, **{"work_search[complete]": "T"}), "a:id")[0] for one in addresses]

    assert len(set(ids)) == len(ids) == 2 * len(addresses)


@pytest.mark.parametrize("query", ["user_id={name}", "user_id={name}&pseud_id={name}", "tag_id=Fog", "language_id=ar"])
def test_a_place_that_ao3s_address_of_all_works_names_has_its_feed_and_catalogue(client, author, query):
    make_work(by=author, title="Wanted", tags={"freeform": ["Fog"]}, language="ar")
    make_work(title="Another")
    asked = query.format(name=author.username)

    catalogue = etree.fromstring(client.get(f"/opds/works?{asked}").content)
    assert titles(client, f"/works/feed.atom?{asked}") == said(catalogue, "a:entry/a:title") == ["Wanted"]


def test_what_is_posted_today_with_an_old_day_is_new_today(client, author):
    make_work(by=author, title="Of today")
    old = make_draft(by=author, title="From my old site")
    dating.date_chapter(old.chapters.get(), date(2004, 5, 1), by=author)
    publishing.publish(old, by=author)

    assert titles(client) == ["From my old site", "Of today"]


def test_a_new_chapter_with_an_old_day_is_new_in_the_feed_of_its_work(client, author):
    work = make_work(by=author, title="A Long Watch", expected_chapters=None)
    chapter = add_chapter(work, posts=False, title="Found again")
    dating.date_chapter(chapter, date(2004, 5, 1), by=author)
    publishing.publish_chapter(chapter, by=author)

    assert titles(client, f"/works/{work.pk}/feed.atom") == [
        "A Long Watch · Chapter 2: Found again", "A Long Watch · Chapter 1",
    ]  # fmt: skip


def test_a_work_that_is_opened_to_everybody_comes_as_new(client, author):
    work = make_work(by=author, title="Long for members", is_restricted=True)
    make_work(by=author, title="Of today")
    entry = work_entry(author, title="Long for members", is_restricted=False)
    writing.edit(Work.objects.get(pk=work.pk), entry, version=work.version, by=author)

    assert titles(client) == ["Long for members", "Of today"]
    assert titles(client, f"/works/{work.pk}/feed.atom") == ["Long for members"]


HIDES = {
    "it is deleted": lambda work, author: deleting.delete(work, by=author),
    "it is locked": lambda work, author: writing.edit(
        work, work_entry(author, title=work.title, is_restricted=True), version=work.version, by=author
    ),
}


@pytest.mark.parametrize("how", HIDES)
@pytest.mark.parametrize("by", ["ETag", "Last-Modified"])
def test_a_work_that_is_taken_away_is_gone_from_its_feeds_at_once(client, author, how, by):
    work = make_work(by=author, title="Mine")
    kept = client.get("/works/feed.atom")
    header = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[by]

    HIDES[how](work, author)

    answer = client.get("/works/feed.atom", headers={header: kept.headers[by]})
    assert (answer.status_code, said(etree.fromstring(answer.content), "a:entry/a:title")) == (200, [])
    assert client.get(f"/works/{work.pk}/feed.atom").status_code == 404


def test_a_feed_in_which_nothing_is_new_is_not_sent_again(client, author):
    make_work(by=author)
    kept = client.get("/works/feed.atom")

    answer = client.get("/works/feed.atom", headers={"If-None-Match": kept.headers["ETag"]})

    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", kept.headers["ETag"])


def test_a_change_moves_the_moment_of_an_entry_and_shows_at_once(client, author):
    work = make_work(by=author, title="A Watch", expected_chapters=None)
    Work.objects.update(arrived_at=work.arrived_at - timedelta(days=3), changed_at=work.changed_at - timedelta(days=3))
    Chapter.objects.update(arrived_at=work.arrived_at - timedelta(days=3), changed_at=work.changed_at - timedelta(days=3))
    address = f"/works/{work.pk}/feed.atom"
    before = [said(feed(client, one), "a:entry/a:updated") for one in ("/works/feed.atom", address)]

    writing.edit_chapter(work.chapters.get(), chapter_entry(summary="New."), version=1, by=author)

    after = [said(feed(client, one), "a:entry/a:updated") for one in ("/works/feed.atom", address)]
    assert all(new > old for new, old in zip(after, before, strict=True))


NOTHING = ("General Audiences", ("No Archive Warnings Apply",))
WORDS = {
    "allowed, and nobody is asked": (True, *NOTHING, True),
    "not allowed": (False, *NOTHING, False),
    "for adults": (True, "Explicit", NOTHING[1], False),
    "with a warning": (True, NOTHING[0], ("Major Character Death",), False),
    "not warned of": (True, NOTHING[0], ("Creator Chose Not To Use Archive Warnings",), False),
}


@pytest.mark.parametrize("which", WORDS)
def test_only_the_feed_of_a_work_carries_words_and_only_where_nobody_has_to_be_asked(client, author, which):
    allows, rating, warnings, carries = WORDS[which]
    work = make_work(by=author, text=TEXT, rating=rating, warnings=warnings, feeds_carry_text=allows, content_notes="Fog.")

    of_work, of_all = client.get(f"/works/{work.pk}/feed.atom").content, client.get("/works/feed.atom").content

    assert (b"zqxlampzqx" in of_work, b"zqxlampzqx" in of_all) == (carries, False)
    if carries:
        [content] = said(etree.fromstring(of_work), "a:entry/a:content")
        assert content.index("Rating: General") < content.index("Fog.") < content.index("zqxlampzqx")


def test_words_in_a_feed_have_round_them_what_they_have_on_their_page(client, author):
    work = make_work(by=author, feeds_carry_text=True, expected_chapters=None, notes="Begins.", endnotes="Ends.", text=TEXT)
    add_chapter(work, text=TEXT, notes='See <a href="/works/1">there</a>.', endnotes="Note.")

    last, first = said(feed(client, f"/works/{work.pk}/feed.atom"), "a:entry/a:content")

    assert first.index("<blockquote><p>Begins.</p></blockquote>") < first.index("zqxlampzqx")
    assert ("Ends." in first, "Begins" in last) == (False, False)
    assert last.index('"http://testserver/works/1"') < last.index("zqxlampzqx") < last.index("Note.") < last.index("Ends.")


def test_an_entry_of_a_chapter_names_what_the_chapter_warns_of(client, author):
    work = make_work(by=author, expected_chapters=None, warnings=("Graphic Depictions Of Violence",))
    add_chapter(work, warnings=("Major Character Death",), summary="The end.")

    newest = feed(client, f"/works/{work.pk}/feed.atom").find("a:entry", NS)

    assert "".join(said(newest, "a:summary")) == (
        "<p>Rating: General Audiences</p><p>Warnings: Graphic Depictions Of Violence, Major Character Death</p>"
        "<p>In this chapter: Major Character Death</p><p>The end.</p>"
    )


def test_draft_chapters_are_in_no_feed(client, author):
    work = make_work(by=author, title="A Watch", expected_chapters=None)
    add_chapter(work, posts=False, title="Not yet")

    assert titles(client, f"/works/{work.pk}/feed.atom") == ["A Watch · Chapter 1"]


def test_a_feed_takes_the_filters_of_its_listing(client, author):
    make_work(by=author, title="In fog", tags={"freeform": ["Fog"]})
    make_work(by=author, title="In sun", tags={"freeform": ["Sun"]})
    query = {"work_search[other_tag_names]": "Fog"}

    found = feed(client, **query)

    assert said(found, "a:entry/a:title") == ["In fog"]
    assert said(found, "a:link[@rel='self']/@href") == ["http://testserver/works/feed.atom?work_search%5Bother_tag_names%5D=Fog"]
    assert said(found, "a:link[@rel='alternate']/@href") == ["http://testserver/works?work_search%5Bother_tag_names%5D=Fog"]


def test_a_long_feed_has_pages(client, author):
    for _ in range(26):
        make_work(by=author)

    first, second = feed(client), feed(client, page="2")

    assert [len(page.findall("a:entry", NS)) for page in (first, second)] == [25, 1]
    assert said(first, "a:link[@rel='next']/@href") == ["http://testserver/works/feed.atom?page=2"]
    assert said(second, "a:link[@rel='previous']/@href") == ["http://testserver/works/feed.atom"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/works/999999999999999999999/feed.atom", 404),
        ("/works/1/feed.atom", 404),
        ("/tags/99999999999999999999/feed.atom", 404),
        ("/tags/Nothing/feed.atom", 404),
        ("/about/feed.atom", 404),
        ("/works/feed.atom?page=0", 404),
        ("/works/feed.atom?page=-1", 404),
        ("/works/feed.atom?page=99", 404),
        ("/works/feed.atom?work_search[words_from]=few", 422),
        ("/works/feed.atom?work_search[query]=(", 422),
        ("/users/nobody/feed.atom", 404),
        ("/%ff/feed.atom", 404),
    ],
)
def test_what_is_no_feed_is_refused_in_few_words(client, address, status):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert len(answer.content) < 300


@pytest.mark.parametrize("address", ["/works/feed.atom", "/opds/works"])
def test_a_filter_that_cannot_be_read_is_named_in_the_refusal(client, address):
    answer = client.get(f"{address}?work_search[words_from]=few&work_search[query]=(")

    first, *mistakes = answer.text.strip().split("\n")
    assert first.startswith("Nothing was looked for")
    assert [mistake.partition(":")[0] for mistake in mistakes] == ["Any words", "Words from"]


def test_a_synonym_leads_to_the_feed_of_what_it_is_a_synonym_of(client, author):
    make_work(by=author, tags={"freeform": ["Fog", "Mist"]})
    tag, canonical = (Tag.objects.named(name).get() for name in ("Mist", "Fog"))
    Tag.objects.filter(pk=canonical.pk).update(is_canonical=True)
    wrangling.merge(tag, into=Tag.objects.get(pk=canonical.pk), by=UserFactory(is_wrangler=True))

    answer = client.get("/tags/Mist/feed.atom?work_search[complete]=T")

    assert (answer.status_code, answer.url) == (302, "/tags/Fog/works/feed.atom?work_search[complete]=T")


PAGES = {
    "all works": lambda work, author: ("/works", "/works/feed.atom"),
    "a filtered listing": lambda work, author: (
        "/works?work_search[complete]=T&page=1", "/works/feed.atom?work_search[complete]=T",
    ),
    "a search": lambda work, author: ("/works/search?work_search[complete]=T", "/works/search/feed.atom?work_search[complete]=T"),
    "a work": lambda work, author: (work.get_absolute_url(), f"/works/{work.pk}/feed.atom"),
    "a member": lambda work, author: (author.get_absolute_url(), f"/users/{author.username}/works/feed.atom"),
    "a series": lambda work, author: (reverse("series_show", args=[work.series_entries.get().series_id]), None),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_its_feed_for_feed_readers_and_for_people(client, author, page):
    address, expected = PAGES[page](make_work(by=author, series="The Lamp"), author)

    tree = etree.HTML(client.get(address).content.decode())

    expected = expected or f"{address}/feed.atom"
    assert tree.xpath("//head/link[@rel='alternate'][@type='application/atom+xml']/@href") == [expected]
    assert tree.xpath("//main//a[@type='application/atom+xml']/@href") == [expected]


def test_the_page_of_a_work_for_members_names_no_feed(client, author):
    work = make_work(by=author, is_restricted=True)
    client.force_login(author)

    assert b"feed.atom" not in client.get(work.get_absolute_url()).content
