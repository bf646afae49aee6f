"""Logging in and out, by people and by tools."""

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.usefixtures("open_archive")

LOG_IN = "/users/login"


def answers(login: str = "heron", password: str = PASSWORD, **more: str) -> dict[str, str]:
    """Answer what the form of the log-in page sends."""
    return {"user[login]": login, "user[password]": password, **more}


def node(html: bytes, selector: str) -> LexborNode:
    """Answer the one node that a tool would look for."""
    found = LexborHTMLParser(html).css(selector)
    assert len(found) == 1, (selector, found)
    return found[0]


def main_text(html: bytes) -> str:
    """Answer the words of the page without its frame and its token."""
    return node(html, "#main").text(separator=" ", strip=True)


@pytest.fixture
def heron() -> None:
    """Have a member called heron."""
    UserFactory(username="heron", email="heron@example.com", password=PASSWORD)


def test_the_page_has_what_tools_look_for(client: Client) -> None:
    html = client.get(LOG_IN).content

    form = node(html, "div#main.sessions-new form#new_user")

    assert form.attributes["action"] == LOG_IN
    assert {field.attributes["name"] for field in form.css("input")} == {
        "csrfmiddlewaretoken",
        "user[login]",
        "user[password]",
        "user[remember_me]",
    }
    assert len(form.css("input[type=hidden][name][value]")) == 1


@pytest.mark.usefixtures("heron")
def test_a_tool_that_sends_all_hidden_inputs_back_is_in() -> None:
    tool = Client(enforce_csrf_checks=True)
    form = node(tool.get(LOG_IN).content, "form#new_user[action]")
    hidden = {str(field.attributes["name"]): str(field.attributes["value"]) for field in form.css("input[type=hidden]")}

    answer = tool.post(str(form.attributes["action"]), {**hidden, **answers()})

    assert answer.url == "/"


@pytest.mark.parametrize("login", ["heron", "HERON", " heron ", "heron@example.com", "Heron@Example.com"])
@pytest.mark.usefixtures("heron")
def test_name_and_address_open_the_door_in_any_capitals(client: Client, login: str) -> None:
    answer = client.post(LOG_IN, answers(login))

    assert answer.url == "/"
    assert "_auth_user_id" in client.session


@pytest.mark.usefixtures("heron")
def test_a_wrong_log_in_gets_one_sentence_whatever_was_wrong(client: Client) -> None:
    wrong = [("heron", "wrong"), ("nobody", "wrong"), ("heron@example.com", "wrong"), ("no@example.com", "wrong")]
    pages = [client.post(LOG_IN, answers(login, password)) for login, password in wrong]

    assert {page.status_code for page in pages} == {200}
    assert len({main_text(page.content) for page in pages}) == 1
    assert node(pages[0].content, ".form-errors").text(strip=True).startswith("Name and password do not belong together.")


@pytest.mark.usefixtures("heron")
def test_a_wrong_log_in_keeps_the_name_and_not_the_password(client: Client) -> None:
    html = client.post(LOG_IN, answers("heron", "wrong")).content

    assert node(html, "#user_login").attributes["value"] == "heron"
    assert "value" not in node(html, "#user_password").attributes


@pytest.mark.usefixtures("heron")
def test_the_way_goes_on_to_where_it_led(client: Client) -> None:
    page = client.get(LOG_IN, {"next": "/works/7?view_adult=true"})
    kept = node(page.content, "#new_user input[name=next]").attributes["value"]

    assert client.post(LOG_IN, answers(next=kept)).url == "/works/7?view_adult=true"


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "http://[", "javascript:alert(1)", "/\\elsewhere.example"]
)
@pytest.mark.usefixtures("heron")
def test_the_way_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    assert client.get(LOG_IN, {"next": elsewhere}).status_code == 200
    assert client.post(LOG_IN, answers(next=elsewhere)).url == "/"


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("/works/7", True),
        ("/works/7/chapters/9", True),
        ("/downloads/7/Fog.epub", True),
        ("/works/new", False),
        ("/works/7/edit", False),
        ("/works/7/bookmarks/new", False),
        ("/users/heron", False),
    ],
)
def test_whoever_comes_from_a_work_is_told_why(client: Client, path: str, is_told: bool) -> None:
    words = main_text(client.get(LOG_IN, {"next": path}).content)

    assert ("This work is only available to registered users of the Archive." in words) is is_told


@pytest.mark.usefixtures("heron")
def test_whoever_pressed_a_button_is_told_that_it_is_not_done_however_often_they_try(client: Client) -> None:
    work = "http://testserver/works/7"
    first = client.post("/works/7/mark_for_later", headers={"referer": work}, follow=True)
    sent = {
        str(one.attributes["name"]): str(one.attributes["value"])
        for one in LexborHTMLParser(first.content).css("#new_user [type=hidden]")
    }

    second = client.post(LOG_IN, {**answers(password="wrong"), **sent})

    for page in (first, second):
        assert "is not done yet" in main_text(page.content)
        assert "only available to registered users" not in main_text(page.content)
    assert client.post(LOG_IN, {**answers(), **sent}).url == work


@pytest.mark.usefixtures("heron")
def test_remembered_is_three_months_and_else_until_the_browser_closes() -> None:
    remembered, forgotten = Client(), Client()
    remembered.post(LOG_IN, answers(**{"user[remember_me]": "1"}))
    forgotten.post(LOG_IN, answers())

    assert remembered.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60
    assert forgotten.cookies["sessionid"]["max-age"] == ""


@pytest.mark.usefixtures("heron")
def test_too_many_wrong_tries_are_answered_with_429_and_when_to_come_back(client: Client) -> None:
    statuses = [client.post(LOG_IN, answers("heron", f"wrong {number}")).status_code for number in range(6)]
    last = client.post(LOG_IN, answers("heron", PASSWORD))

    assert statuses == [200] * 5 + [429]
    assert (last.status_code, last["Retry-After"]) == (429, "300")


@pytest.mark.usefixtures("heron")
def test_a_stranger_cannot_keep_the_owner_out(client: Client) -> None:
    for number in range(7):
        client.post(LOG_IN, answers("heron", f"wrong {number}"), REMOTE_ADDR="203.0.113.5")

    assert client.post(LOG_IN, answers(), REMOTE_ADDR="198.51.100.9").url == "/"


@pytest.mark.usefixtures("heron")
def test_a_flood_gets_the_429_page(client: Client) -> None:
    pages = [client.post(LOG_IN, {"user[login]": "heron"}) for _ in range(31)]

    assert [page.status_code for page in pages] == [200] * 30 + [429]
    assert len(LexborHTMLParser(pages[-1].content).css("h1")) == 1


def test_a_closed_account_is_told_so(client: Client) -> None:
    UserFactory(username="heron", password=PASSWORD, is_active=False)

    page = client.post(LOG_IN, answers(), follow=True)

    assert "This account is closed" in main_text(page.content)
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("heron")
def test_logging_out_is_asked_first(client: Client) -> None:
    client.post(LOG_IN, answers())

    asked = client.get("/users/logout")
    is_still_in = "_auth_user_id" in client.session
    left = client.post("/users/logout")

    assert node(asked.content, "form#logout").attributes["action"] == "/users/logout"
    assert (is_still_in, left.url, "_auth_user_id" in client.session) == (True, "/", False)


@pytest.mark.usefixtures("heron")
def test_whoever_is_in_has_the_words_that_tools_wait_for(client: Client) -> None:
    page = client.post(LOG_IN, answers(next=reverse("pseuds_index", args=["heron"])), follow=True)

    assert b'href="/users/logout"' in page.content
    assert node(page.content, "body").attributes["class"] == "logged-in"


@pytest.mark.usefixtures("heron")
def test_an_old_cookie_is_dead_after_logging_out(client: Client) -> None:
    client.post(LOG_IN, answers())
    old = client.cookies["sessionid"].value
    client.post("/users/logout")

    thief = Client()
    thief.cookies["sessionid"] = old

    assert thief.get(reverse("preferences", args=["heron"])).status_code == 302


def test_a_guest_who_looks_at_the_page_gets_no_session(client: Client) -> None:
    client.get(LOG_IN)

    assert "sessionid" not in client.cookies
