"""A guest keeps filters in the browser as a member does in the account."""

from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.search import keepers, keeping
from archive.search.models import SavedFilter
from archive.tags.models import Tag
from archive.warnings import memory
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.search.pages import chips, page, texts, titles

pytestmark = pytest.mark.django_db

FANDOM = "/tags/Signal%20Fires/works"
FINISHED = "work_search[complete]=T"
LONG_ONES = "work_search[words_from]=1000"
FULL = (
    "This is more than your browser can remember, so nothing was changed. Please take something off your list; "
    "an account holds a longer one."
)


@pytest.fixture(autouse=True)
def works():
    make_work(title="Done", fandoms=("Signal Fires",))
    make_work(title="To come", fandoms=("Signal Fires",), expected_chapters=9)


def keep(client, name="Finished", query=FINISHED, **more):
    return client.post("/filters", {"name": name, "query": query, "tag": "Signal Fires", "path": FANDOM} | more)


def names(client):
    """What stands on the page of all filters: the names, and what is said of each."""
    return texts(client.get("/filters"), ".filter-list-name")


def address(client, way, number=0):
    """Where the form that renames, deletes or makes the default leads to, for one of the filters."""
    forms = page(client.get("/filters")).css(f".filter-list form[action$='/{way}']")
    return forms[number].attributes["action"]


def test_a_guest_keeps_a_filter_from_the_list_that_it_was_made_on_without_javascript():
    client = Client(enforce_csrf_checks=True)
    listing = client.get(f"{FANDOM}?{FINISHED}&page=1")
    cookies = dict(listing.cookies)
    form = page(client.get(page(listing).css_first(".filter-save a").attributes["href"])).css_first("main form")
    sent = {field.attributes["name"]: field.attributes.get("value", "") for field in form.css("input[type=hidden]")}

    response = client.post(form.attributes["action"], sent | {"name": "Finished"}, follow=True)

    assert cookies == {}
    assert titles(response) == ["Done"]
    assert texts(response, ".filter-kept li a[aria-current]") == ["Finished"]
    assert texts(response, ".flash") == ["The filter is kept in this browser until you close it."]


def test_what_is_named_is_what_the_list_asked_for_and_for_its_tag(client):
    away = page(client.get(f"{FANDOM}?{FINISHED}&{LONG_ONES}")).css_first(".filter-save a").attributes["href"]

    said = parse_qs(urlsplit(away).query)

    assert said == {"query": [f"{FINISHED}&{LONG_ONES}"], "path": [FANDOM], "tag": ["Signal Fires"]}
    assert "whenever I look at Signal Fires" in texts(client.get(away), "main form label.check")[0]


def test_a_filter_for_all_lists_stands_beside_every_list(client):
    keep(client, tag="", path="/works")

    assert [texts(client.get(place), ".filter-kept li") for place in ("/works", FANDOM)] == [["Finished"], ["Finished"]]
    assert names(client) == ["Finished for all lists"]


def test_a_filter_for_a_tag_stands_beside_its_list_only_and_is_used_from_there(client):
    keep(client)

    link = page(client.get(FANDOM)).css_first(".filter-kept li a").attributes["href"]

    assert titles(client.get(link)) == ["Done"]
    assert texts(client.get("/works"), ".filter-kept li") == []
    assert len(titles(client.get(FANDOM))) == 2


def test_a_default_filter_is_used_where_nothing_is_asked_and_says_so(client):
    keep(client, is_default="on")

    response = client.get(FANDOM)

    assert titles(response) == ["Done"]
    assert chips(response) == ["complete works"]
    assert texts(response, ".filter-default") == ["Your default filter: Finished · show all"]
    assert response.headers["Cache-Control"] == "private"
    assert len(titles(client.get("/works"))) == 2


@pytest.mark.parametrize("way", [".filter-default a", ".filter-clear", ".filter-chip"])
def test_a_default_filter_can_be_escaped(client, way):
    keep(client, is_default="on")

    away = page(client.get(FANDOM)).css_first(way).attributes["href"]

    assert away == f"{FANDOM}?default=off"
    assert sorted(titles(client.get(away))) == ["Done", "To come"]


def test_there_is_one_default_at_most_and_it_can_be_none(client):
    keep(client, is_default="on")
    keep(client, "Long ones", LONG_ONES)
    client.post(address(client, "default", 1), {"is_default": "1"})
    of_two = names(client)
    client.post(address(client, "default", 1), {})

    assert of_two == ["Finished for Signal Fires", "Long ones for Signal Fires · used without asking"]
    assert names(client) == ["Finished for Signal Fires", "Long ones for Signal Fires"]


def test_a_filter_for_all_lists_is_never_the_default(client):
    keep(client, tag="", is_default="on")
    number = signing.loads(client.cookies["filters"].value, salt="filters")
    client.post(f"/filters/{next(iter(number))}/default", {"is_default": "1"})

    assert names(client) == ["Finished for all lists"]
    assert len(titles(client.get(FANDOM))) == 2


def test_a_filter_of_the_same_name_is_written_over_and_stays_the_default(client):
    keep(client, is_default="on")
    keep(client, query="work_search[complete]=F")

    assert names(client) == ["Finished for Signal Fires · used without asking"]
    assert titles(client.get(FANDOM)) == ["To come"]


def test_a_filter_is_renamed(client):
    keep(client)

    client.post(address(client, "name"), {"name": "Done ones"})

    assert names(client) == ["Done ones for Signal Fires"]


def test_a_name_that_is_taken_is_refused_with_what_was_typed(client):
    keep(client)
    keep(client, "Other")

    response = client.post(address(client, "name", 1), {"name": "Finished"})

    assert response.status_code == 422
    assert texts(response, ".field-errors li") == ["You have another filter of this name."]
    assert page(response).css_first("#id_name").attributes["value"] == "Finished"


def test_a_filter_is_deleted_even_if_the_button_is_pressed_twice(client):
    keep(client)
    keep(client, "Other")
    deletion = address(client, "deletion")

    answers = [client.post(deletion).headers["Location"], client.post(deletion).headers["Location"]]

    assert answers == ["/filters", "/filters"]
    assert names(client) == ["Other for Signal Fires"]


@pytest.mark.parametrize("way", ["name", "default"])
def test_a_filter_that_is_not_there_is_not_found(client, way):
    keep(client)

    assert client.post(f"/filters/77/{way}", {"name": "x"}).status_code == 404


def test_no_row_stands_for_a_guest_and_only_answers_to_forms_set_the_cookie(client):
    answers = [keep(client, is_default="on"), client.get(FANDOM), client.get("/filters"), client.get("/works")]

    assert ["filters" in answer.cookies for answer in answers] == [True, False, False, False]
    assert "sessionid" not in client.cookies
    assert (Session.objects.count(), SavedFilter.objects.count()) == (0, 0)


def test_the_cookie_ends_with_the_browser_and_is_for_the_server_alone(client):
    cookie = keep(client).cookies["filters"]

    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_kept_filters_cost_a_guest_no_query_on_a_list(client):
    client.get(f"{FANDOM}?{FINISHED}")
    with CaptureQueriesContext(connection) as without:
        client.get(f"{FANDOM}?{FINISHED}")
    keep(client, is_default="on")

    with CaptureQueriesContext(connection) as queries:
        client.get(f"{FANDOM}?{FINISHED}")

    assert len(queries) <= len(without) <= 12


@pytest.mark.parametrize("value", ["", "x", "eyIxIjpbMV19:1abc:forged", "é" * 3000, "x" * 9000, "choices"])
def test_a_cookie_that_is_spoilt_or_forged_counts_as_none(client, value):
    client.cookies["filters"] = signing.dumps({"1": ["x", FINISHED, 0, 0]}, salt="choices") if value == "choices" else value

    assert client.get(FANDOM).status_code == 200
    assert names(client) == []
    assert keep(client).status_code == 302
    assert names(client) == ["Finished for Signal Fires"]


def test_a_cookie_longer_than_ours_counts_as_none_though_it_is_signed(client):
    kept = {str(number): [f"{number * 7919:x}" * 30, f"x{number * 104729:x}", 0, 0] for number in range(1, 400)}
    client.cookies["filters"] = signing.dumps(kept, salt="filters", compress=True)

    assert names(client) == []


def test_no_more_than_ten_are_kept_and_a_sentence_says_so(client):
    for number in range(10):
        keep(client, f"Number {number}")

    response = keep(client, "Number 10", is_default="on")

    assert response.status_code == 409
    assert texts(response, ".field-errors li") == [FULL]
    assert "checked" in page(response).css_first("main form [name=is_default]").attributes
    assert len(names(client)) == 10
    assert keep(client, "Number 9", LONG_ONES).status_code == 302


def test_what_a_cookie_cannot_hold_is_refused_in_a_sentence(client, monkeypatch):
    keep(client)
    monkeypatch.setattr(keepers, "LONGEST_COOKIE", len(client.cookies["filters"].value) + 10)

    answers = [keep(client, "Other", f"{FINISHED}&{LONG_ONES}"), client.post(address(client, "name"), {"name": "qwertzuiopü" * 5})]

    assert [answer.status_code for answer in answers] == [409, 422]
    assert [texts(answer, ".field-errors li") for answer in answers] == [[FULL], [FULL]]
    assert names(client) == ["Finished for Signal Fires"]


def test_a_cookie_never_grows_past_what_is_set(client):
    random = Random(1)
    queries = [f"work_search[query]={random.randbytes(300).hex()}" for _ in range(10)]

    answers = {keep(client, f"Number {number}", query).status_code for number, query in enumerate(queries)}

    assert answers == {302, 409}
    assert len(client.cookies["filters"].value) <= keepers.LONGEST_COOKIE < memory.LONGEST_COOKIE


def test_a_filter_whose_tag_is_gone_is_not_shown_and_makes_room(client):
    work = make_work(title="Alone", fandoms=("Night Bus",))
    for number in range(9):
        keep(client, f"Number {number}")
    keep(client, tag="Night Bus")
    work.delete()
    Tag.objects.get(name="Night Bus").delete()

    assert len(names(client)) == 9
    assert keep(client, "Number 10").status_code == 302
    assert len(names(client)) == 10


@pytest.mark.parametrize("sent", [{"name": "x"}, {"name": " ", "query": FINISHED}, {"name": "n" * 61, "query": FINISHED}])
def test_what_cannot_be_kept_is_refused_in_a_sentence(client, sent):
    response = client.post("/filters", sent)

    assert response.status_code == 422
    assert len(texts(response, ".field-errors li, .flash.error p")) == 1
    assert "filters" not in response.cookies


def test_no_filter_is_named_or_kept_for_a_tag_that_nobody_may_know_of(client):
    away = urlencode({"query": FINISHED, "tag": "Nobody wrote this"})

    assert client.get(f"/filters/new?{away}").status_code == 404
    assert keep(client, tag="Nobody wrote this").status_code == 404


def test_a_filter_leads_nowhere_but_to_the_archive(client):
    assert keep(client, path="https://elsewhere.example/").headers["Location"] == "/filters"


def test_what_the_browser_keeps_is_not_mixed_with_what_an_account_keeps(client):
    keep(client, is_default="on")
    member = UserFactory()
    keeping.keep("Mine", LONG_ONES, tag=None, is_default=False, by=member)
    client.force_login(member)

    assert names(client) == ["Mine for all lists"]
    assert len(titles(client.get(FANDOM))) == 2
    del client.cookies["sessionid"]
    assert names(client) == ["Finished for Signal Fires · used without asking"]
