"""What crawlers are asked: by robots.txt, beside every answer, and on the pages of those who want to be left out."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.charter.models import Charter
from archive.transfer.presenting import robots
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import co_author_of, make_work

pytestmark = pytest.mark.django_db
LINES = "User-agent: SomeBot\r\nDisallow: /"


def robots_lines(client):
    return client.get("/robots.txt").text.splitlines()


def is_left_out(response):
    """Answer whether a page says so in its head and beside it."""
    in_head = LexborHTMLParser(response.content).css_first('meta[name="robots"][content="noindex"]') is not None
    return in_head, response.headers.get("X-Robots-Tag") == "noindex"


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def test_crawlers_are_kept_out_of_lists_without_end_and_those_of_ai_companies_out_of_everything(client):
    lines = robots_lines(client)

    group = lines[lines.index("User-agent: GPTBot") :]
    assert lines[:2] == ["User-agent: *", "Content-Usage: train-ai=n"]
    assert {"Disallow: /works?", "Disallow: /*?*bookmark_search", "Disallow: /downloads/", "Disallow: /autocomplete/"} <= set(lines)
    assert {f"User-agent: {name}" for name in robots.AI_CRAWLERS} <= set(lines)
    assert group[group.index("Disallow: /") - 1] == "Content-Usage: train-ai=n"


def test_robots_txt_is_for_everybody_and_may_be_kept(client):
    answer = client.get("/robots.txt")

    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "text/plain; charset=utf-8", "public, max-age=3600",
    )  # fmt: skip
    assert not answer.cookies


@pytest.mark.usefixtures("administrator")
def test_an_operator_can_let_ai_companies_in_and_add_lines(client):
    sent = {"may_be_found": "on", "robots_lines": LINES}

    client.post(reverse("machines_edit"), sent)

    lines = robots_lines(client)
    assert [line for line in lines if line][-3:-1] == ["User-agent: SomeBot", "Disallow: /"]
    assert "User-agent: GPTBot" not in lines
    assert "Content-Usage" not in client.get("/about").headers


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("line", ["no colon at all", "User-agent: x\nnot a line", "x" * 5_001, "nul\0: x"])
def test_a_line_that_no_crawler_reads_gets_a_sentence(client, line):
    answer = client.post(reverse("machines_edit"), {"robots_lines": line})

    assert answer.status_code == 422
    assert LexborHTMLParser(answer.content).css_first(".field-errors li").text()
    assert Charter.objects.current().may_be_found


def test_only_administrators_ask_machines(client):
    client.force_login(UserFactory())

    assert client.get(reverse("machines_edit")).status_code == 403


def test_an_archive_that_must_not_be_found_says_so_on_every_page(client):
    Charter.objects.update(may_be_found=False)

    found = [is_left_out(client.get(address))[0] for address in ("/", "/works", "/about", make_work().get_absolute_url())]

    assert found == [True] * 4


@pytest.mark.parametrize("avoids", [True, False])
def test_whoever_avoids_search_engines_is_left_out_on_every_page_of_theirs(client, avoids):
    author = UserFactory(username="heron", avoids_search_engines=avoids)
    work = make_work(by=author, series="The Lamp", rating="Explicit")
    chapter = work.chapters.get()
    pages = [
        work.get_absolute_url(), f"{work.get_absolute_url()}?view_adult=true", chapter.get_absolute_url(),
        f"/works/{work.pk}/navigate", Series.objects.get().get_absolute_url(), "/users/heron", "/users/heron/works",
        "/users/heron/pseuds", "/users/heron/pseuds/heron", "/users/heron/gifts",
    ]  # fmt: skip

    found = {page: is_left_out(client.get(page, follow=True)) for page in pages}

    assert found == dict.fromkeys(pages, (avoids, avoids))


def test_a_work_is_left_out_as_soon_as_one_of_its_authors_wants_it(client):
    work = make_work()
    co_author_of(work, avoids_search_engines=True)

    assert is_left_out(client.get(work.get_absolute_url())) == (True, True)


def test_a_member_can_ask_for_it_and_take_it_back(client):
    member = UserFactory()
    client.force_login(member)

    client.post("/preferences/wishes", {"avoids_search_engines": "on", "refuses_share_links": "on"})
    member.refresh_from_db()
    asked = (member.avoids_search_engines, member.refuses_share_links)
    client.post("/preferences/wishes", {})
    member.refresh_from_db()

    assert (asked, member.avoids_search_engines, member.refuses_share_links) == ((True, True), False, False)
