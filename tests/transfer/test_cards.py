"""What other sites and search engines are told of a page: its advisory and the author's summary, and nothing of a locked work."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.warnings.models import WarningPreferences
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work

pytestmark = pytest.mark.django_db
SITE = "http://archive.test"
SECRET = "zqxsecretzqx"
WARNED = {"rating": "Explicit", "warnings": ("Major Character Death",)}


@pytest.fixture(autouse=True)
def at_an_address(settings):
    settings.SITE_ADDRESS = SITE


def page_at(client, address):
    return LexborHTMLParser(client.get(address, follow=True).content)


def card_on(client, address):
    """Answer what the head of a page says, by name, the last of each."""
    nodes = page_at(client, address).css("meta[property], meta[name]")
    return {node.attributes.get("property") or node.attributes.get("name"): node.attributes["content"] for node in nodes}


def data_on(client, address):
    """Answer the linked data of a page."""
    return [json.loads(node.text()) for node in page_at(client, address).css('script[type="application/ld+json"]')]


def canonical_on(client, address):
    return [node.attributes["href"] for node in page_at(client, address).css("link[rel=canonical]")]


def head_of(client, address):
    page = client.get(address).text
    return page[page.index("</title>") : page.index("</head>")]


def test_the_card_of_a_work_says_its_advisory_before_its_summary(client):
    work = make_work(title="Tide & <Lamp>", summary="<p>Ines <em>waits</em>.</p>", **WARNED)

    card = card_on(client, work.get_absolute_url())

    assert {name: card[name] for name in ("og:title", "og:description", "og:type", "og:url", "article:tag", "og:locale")} == {
        "og:title": "Tide & <Lamp>",
        "og:description": "Explicit · Major Character Death — Ines waits.",
        "og:type": "article",
        "og:url": f"{SITE}{work.get_absolute_url()}",
        "article:tag": "The Lighthouse Keepers (TV)",
        "og:locale": "en",
    }


@pytest.mark.parametrize("consents", ["", "?view_adult=true"])
def test_nothing_of_a_text_its_notes_or_its_other_tags_is_in_a_head(client, consents):
    secrets = {"content_notes": SECRET, "notes": SECRET, "endnotes": SECRET, "tags": {"freeform": [SECRET]}}
    work = make_work(text=f"<p>The {SECRET} is in the lamp room.</p>", **secrets, **WARNED)

    assert SECRET not in head_of(client, f"{work.get_absolute_url()}{consents}")


@pytest.mark.parametrize("state", ["restricted", "draft"])
def test_a_work_that_is_not_for_everybody_has_the_archives_card_alone(client, state):
    author = UserFactory()
    make = make_draft if state == "draft" else make_work
    work = make(by=author, title=SECRET, summary=SECRET, is_restricted=state == "restricted")
    client.force_login(author)

    head = head_of(client, work.get_absolute_url())

    assert 'og:site_name" content="The Harbour Archive"' in head
    assert SECRET not in head


def test_a_guest_at_a_restricted_work_is_told_nothing_of_it(client):
    work = make_work(title=SECRET, summary=SECRET, is_restricted=True)

    answer = client.get(work.get_absolute_url(), follow=True)

    assert (answer.redirect_chain[0][0].startswith("/users/login"), SECRET in answer.text) == (True, False)


def test_a_reader_who_hides_which_warnings_finds_none_named_in_a_head(client):
    member = UserFactory()
    WarningPreferences.objects.create(user=member, hides_which=True)
    client.force_login(member)
    work = make_work(series="The Lamp", **WARNED)

    heads = [head_of(client, one.get_absolute_url()) for one in (work, Series.objects.get())]

    assert ["Major Character Death" in head for head in heads] == [False, False]
    assert ["This work has warnings" in head for head in heads] == [True, True]


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", '"><img src=x>', "&amp;"])
def test_a_hostile_title_stays_a_title(client, title):
    work = make_work(title=title)

    [data] = data_on(client, work.get_absolute_url())

    assert data["name"] == title
    assert card_on(client, work.get_absolute_url())["og:title"] == title


def test_a_work_is_described_as_a_book_of_its_makers(client):
    work = make_work(by=UserFactory(username="heron"), title="Tide", series="The Lamp", summary="Ines waits.", **WARNED)
    Work.objects.update(word_count=9)
    address = f"{SITE}{work.get_absolute_url()}"

    [data] = data_on(client, work.get_absolute_url())

    assert data.pop("datePublished") <= data.pop("dateModified")
    assert data == {
        "@context": "https://schema.org", "@type": ["Book", "Article"], "@id": address, "url": address, "name": "Tide",
        "author": [{"@type": "Person", "name": "heron", "url": f"{SITE}/users/heron/pseuds/heron"}],
        "description": "Explicit · Major Character Death — Ines waits.", "contentRating": "Explicit · Major Character Death",
        "genre": "Fan fiction", "about": [{"@type": "Thing", "name": "The Lighthouse Keepers (TV)"}], "inLanguage": "en",
        "isAccessibleForFree": True, "wordCount": 9,
        "isPartOf": [{"@type": "BookSeries", "name": "The Lamp", "url": f"{SITE}{Series.objects.get().get_absolute_url()}"}],
    }  # fmt: skip


def test_a_chapter_is_a_part_of_its_work(client):
    work = make_work(title="Tide", expected_chapters=None)
    chapter = add_chapter(work)

    [data] = data_on(client, chapter.get_absolute_url())

    assert (data["@type"], data["position"], data["name"], data["isPartOf"]["name"]) == ("Chapter", 2, "Tide - Chapter 2", "Tide")


def test_each_page_has_one_address_for_search_engines(client):
    single, work = make_work(expected_chapters=1), make_work(expected_chapters=None)
    chapter = add_chapter(work)
    at = work.get_absolute_url()
    wanted = {
        f"{single.get_absolute_url()}?view_adult=true": [f"{SITE}{single.get_absolute_url()}"],
        single.chapters.get().get_absolute_url(): [f"{SITE}{single.get_absolute_url()}"],
        f"{at}?view_full_work=true&style=light": [f"{SITE}{at}?view_full_work=true"],
        f"{chapter.get_absolute_url()}?style=light": [f"{SITE}{chapter.get_absolute_url()}"],
        "/works?utm_source=x": [f"{SITE}/works"],
        "/works?work_search[complete]=T": [],
    }

    assert {address: canonical_on(client, address) for address in wanted} == wanted


def test_a_long_summary_is_cut_at_a_words_end(client):
    work = make_work(summary="word " * 200)

    description = card_on(client, work.get_absolute_url())["og:description"]

    assert (len(description) < 350, description.endswith("word…")) == (True, True)


def test_lists_and_profiles_have_cards_of_their_own(client):
    make_work(by=UserFactory(username="heron"), series="The Lamp", **WARNED)
    pages = ["/works", "/users/heron", "/users/heron/works", "/tags/The%20Lighthouse%20Keepers%20(TV)/works"]

    assert [card_on(client, page)["og:title"] for page in pages] == [
        "Recent Works", "heron", "heron", "The Lighthouse Keepers (TV)",
    ]  # fmt: skip
    assert card_on(client, "/users/heron/works")["og:description"] == "1 work"
    assert card_on(client, Series.objects.get().get_absolute_url())["og:description"] == "Explicit · Major Character Death"
