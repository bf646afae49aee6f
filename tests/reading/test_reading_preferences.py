"""How a reader wants texts set: kept in one plain cookie or in the account, and written into a page's first tag."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.reading.choices import COOKIE, ReadingChoices
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.django_db
ADDRESS = "/preferences/reading"
HERE = {"Origin": "http://testserver"}
CHOSEN = {"size": "135", "face": "sans", "theme": "sepia"}


def set_of(client, address="/works"):
    """Answer what the first tag of a page says of how texts are set."""
    attributes = LexborHTMLParser(client.get(address).content).css_first("html").attributes
    return {name.removeprefix("data-"): value for name, value in attributes.items() if name.startswith("data-")}


def test_a_guests_choices_hold_on_every_page(client):
    client.post(ADDRESS, CHOSEN, headers=HERE)

    assert [set_of(client, address) for address in ("/works", "/about", "/nowhere")] == [CHOSEN] * 3
    assert list(client.cookies) == ["theme", COOKIE]  # the older one is taken back


def test_a_guest_who_has_said_nothing_gets_no_cookie(client):
    assert set_of(client, ADDRESS) == {}
    assert dict(client.cookies) == {}


def test_a_members_choices_follow_them_to_another_browser(client):
    member = UserFactory()
    client.force_login(member)
    client.post(ADDRESS, CHOSEN, headers=HERE)
    other = type(client)()
    other.force_login(member)

    assert set_of(other) == CHOSEN


def test_a_member_may_go_another_way_in_one_browser_and_come_back(client):
    member = UserFactory(reading_choices="size:90")
    client.force_login(member)
    client.post(ADDRESS, {"size": "160", "place": "browser"}, headers=HERE)
    apart = set_of(client)
    member.refresh_from_db()
    kept = member.reading_choices

    client.post(ADDRESS, {"place": ""}, headers=HERE)
    member.refresh_from_db()

    assert (apart, kept) == ({"size": "160"}, "size:90")
    assert (client.cookies[COOKIE].value, member.reading_choices) == ("", "size:160")


def test_an_account_that_was_set_back_does_not_follow_an_old_cookie(client):
    client.post(ADDRESS, CHOSEN, headers=HERE)
    client.force_login(UserFactory())
    followed = set_of(client)

    client.post(ADDRESS, dict.fromkeys(CHOSEN, ""), headers=HERE)

    assert (followed, set_of(client)) == (CHOSEN, {})


@pytest.mark.parametrize(
    "sent_with",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("address", [ADDRESS, "/theme", "/skins/1/choice"])
def test_no_other_site_says_how_texts_are_set(client, address, sent_with):
    assert (client.post(address, CHOSEN, headers=sent_with).status_code, dict(client.cookies)) == (403, {})


def test_a_browser_that_says_where_a_form_is_from_is_believed(client):
    assert client.post(ADDRESS, CHOSEN, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


def test_a_theme_is_one_of_the_choices(client):
    client.post(ADDRESS, {"size": "90"}, headers=HERE)
    client.post("/theme", {"theme": "dark"}, headers=HERE)

    assert set_of(client) == {"size": "90", "theme": "dark"}


def test_a_theme_of_an_earlier_version_holds(client):
    client.cookies["theme"] = "dark"

    assert set_of(client) == {"theme": "dark"}


@pytest.mark.parametrize(
    "kept", ["size:1000", "size:135\x00", "x" * 5_000, "::..::", 'size:"><script>', "size", "colour:red", "\ud83d", "size:135:face"]
)
def test_what_is_not_known_counts_as_not_said(kept):
    assert ReadingChoices.read(kept) == ReadingChoices()


def test_what_cannot_be_chosen_changes_nothing(client):
    client.post(ADDRESS, {"size": "90"}, headers=HERE)
    client.post(ADDRESS, {"size": "1e9", "face": "\x00", "theme": "plaid"}, headers=HERE)

    assert set_of(client) == {"size": "90"}


def test_whatever_is_chosen_is_written_down_whole():
    everything = ReadingChoices().saying({"size": "160", "face": "plain", "leading": "double", "width": "narrow", "edges": "even"})
    everything = everything.saying({"theme": "contrast", "place": "browser"})

    assert ReadingChoices.read(str(everything)) == everything
    assert len(str(everything)) < 150


def test_one_comes_back_to_where_one_was(client):
    work = make_work()

    answer = client.post(
        ADDRESS, CHOSEN, headers={**HERE, "referer": f"http://testserver{work.get_absolute_url()}?view_adult=true"}
    )
    abroad = client.post(ADDRESS, CHOSEN, headers={**HERE, "referer": "https://elsewhere.example/"})

    assert answer.url == f"http://testserver{work.get_absolute_url()}?view_adult=true"
    assert abroad.url == ADDRESS


@pytest.mark.parametrize("rating", ["General Audiences", "Explicit"])
def test_the_menu_stands_over_a_text_and_over_its_advisory(client, rating):
    client.post(ADDRESS, CHOSEN, headers=HERE)
    page = LexborHTMLParser(client.get(make_work(rating=rating).get_absolute_url()).content)

    chosen = {radio.attributes["name"]: radio.attributes["value"] for radio in page.css("reading-tools input[checked]")}

    assert chosen == {"size": "135", "face": "sans", "leading": "", "width": "", "edges": ""}
