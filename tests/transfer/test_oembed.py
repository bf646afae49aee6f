"""oEmbed: what another site may show of an address here."""

import pytest

from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work

pytestmark = pytest.mark.django_db
SITE = "http://archive.test:8000"


@pytest.fixture(autouse=True)
def at_an_address(settings):
    settings.SITE_ADDRESS = SITE


def asked(client, url, **more):
    return client.get("/oembed", {"url": url, **more})


def test_a_work_is_a_link_with_its_advisory(client):
    author = UserFactory(username="heron")
    work = make_work(by=author, title="Tide", rating="Explicit", warnings=("Major Character Death",), summary="Ines waits.")

    answer = asked(client, f"{SITE}{work.get_absolute_url()}", format="json", maxwidth="1")

    assert answer.json() == {
        "version": "1.0", "type": "link", "title": "Tide", "author_name": "heron",
        "description": "Explicit · Major Character Death — Ines waits.", "author_url": f"{SITE}/users/heron/pseuds/heron",
        "provider_name": "The Harbour Archive", "provider_url": f"{SITE}/",
    }  # fmt: skip
    assert (answer.headers["Cache-Control"], bool(answer.cookies)) == ("no-cache", False)


def test_a_chapter_has_its_number(client):
    work = make_work(title="Tide", expected_chapters=None)

    assert asked(client, f"{SITE}{add_chapter(work).get_absolute_url()}").json()["title"] == "Tide - Chapter 2"


def test_a_series_is_a_link_with_what_its_works_warn_of(client):
    author = UserFactory(username="heron")
    make_work(by=author, series="The Lamp", rating="Explicit", warnings=("Major Character Death",))
    make_work(by=author, series="The Lamp", rating="Mature", warnings=("Rape/Non-Con",), is_restricted=True)
    series = Series.objects.get()

    answer = asked(client, f"{SITE}{series.get_absolute_url()}").json()

    assert (answer["title"], answer["description"], answer["author_name"]) == (
        "The Lamp", "Explicit · Major Character Death", "heron",
    )  # fmt: skip


def test_what_a_guest_may_not_see_is_not_there_even_for_members(client):
    author = UserFactory()
    client.force_login(author)
    locked, draft, work = make_work(by=author, is_restricted=True), make_draft(by=author), make_work(by=author)
    chapter = add_chapter(work, posts=False)

    answers = [asked(client, f"{SITE}{one.get_absolute_url()}") for one in (locked, draft, chapter)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(404, b"nothing\n")] * 3


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "//", "javascript:alert(1)", "http://[", "http://evil.test/works/{pk}", "http://archive.test/works/{pk}",
        "http://archive.test:8000@evil.test/works/{pk}", "http://u:p@archive.test:8000/works/{pk}",
        "http://archive.test:8000/x/../works/{pk}", "ftp://archive.test:8000/works/{pk}", "http://archive.test:8000/works/1%00",
        "http://archive.test:8000/works/99999999999999999999999", "http://archive.test:8000/series/99999999999999999999999",
        "http://archive.test:8000/works/{pk}/chapters/99999999999999999999999", "http://archive.test:8000/settings",
        "http://archive.test:8000/works/\ud800", "http://archive.test:8000/works/{pk}?" + "x" * 3_000,
    ],
)  # fmt: skip
def test_an_address_that_is_not_a_page_of_ours_is_nothing(client, url):
    pk = make_work().pk
    answer = client.get("/oembed", {"url": url.replace("{pk}", str(pk)).encode("utf-8", "surrogatepass")})

    assert (answer.status_code, answer.content) == (404, b"nothing\n")


@pytest.mark.parametrize(("query", "status"), [("", 400), ("?url=x&format=xml", 501), ("?url=x&format=", 501)])
def test_a_request_that_is_not_whole_is_refused_shortly(client, query, status):
    answer = client.get(f"/oembed{query}")

    assert (answer.status_code, len(answer.content) < 20) == (status, True)


def test_a_page_says_where_its_link_is_described(client):
    work = make_work()

    page = client.get(work.get_absolute_url()).text

    assert f"/oembed?url=http%3A%2F%2Farchive.test%3A8000%2Fworks%2F{work.pk}&amp;format=json" in page
