"""Names to write under."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from archive.people.models import Pseud, User
from archive.people.signals import pseud_leaving
from tests.factories.people import PseudFactory, UserFactory
from tests.people.pages import faults

pytestmark = pytest.mark.django_db

NEW = "/users/heron/new-pseud"


@pytest.fixture
def heron(client: Client) -> User:
    """Have a member called heron, logged in."""
    user = UserFactory(username="heron")
    client.force_login(user)
    return user


def answers(name: str = "Egret", about_source: str = "", **more: str) -> dict[str, str]:
    """Answer what the form of a new pseud sends."""
    return {"name": name, "about_source": about_source, "key": str(uuid.uuid4()), **more}


def pseuds_of(user: User) -> list[tuple[str, bool]]:
    """Answer the names of an account, and which is its default."""
    return list(user.pseuds.order_by("pk").values_list("name", "is_default"))


def errors_of(html: bytes, field: str = "name") -> list[str]:
    """Answer the sentences beside a field."""
    return [item.text(strip=True) for item in LexborHTMLParser(html).css(f"#id_{field}_error li")]


@contextmanager
def listening() -> Iterator[list[tuple[str, str]]]:
    """Note which pseud leaves what to which."""
    heard: list[tuple[str, str]] = []

    def note(pseud: Pseud, heir: Pseud, **_more: object) -> None:
        heard.append((pseud.name, heir.name))

    pseud_leaving.connect(note)
    try:
        yield heard
    finally:
        pseud_leaving.disconnect(note)


def test_a_member_takes_another_name(client: Client, heron: User) -> None:
    answer = client.post(NEW, answers("سهر", "I <b>wade</b><script>alert(1)</script>."))

    pseud = heron.pseuds.get(name="سهر")
    assert answer.url == reverse("pseuds_index", args=["heron"])
    assert (pseud.about_source, pseud.about) == ("I <b>wade</b><script>alert(1)</script>.", "<p>I <b>wade</b>.</p>")
    assert pseuds_of(heron) == [("heron", True), ("سهر", False)]


def test_a_button_pressed_twice_makes_one_pseud(client: Client, heron: User) -> None:
    sent = answers()

    answered = [client.post(NEW, sent).url for _ in range(2)]

    assert answered == [reverse("pseuds_index", args=["heron"])] * 2
    assert pseuds_of(heron) == [("heron", True), ("Egret", False)]


def test_a_new_pseud_can_be_the_default(client: Client, heron: User) -> None:
    client.post(NEW, answers(is_default="on"))

    assert pseuds_of(heron) == [("heron", False), ("Egret", True)]


@pytest.mark.parametrize("name", ["Heron", "HERON", "heron", "ｈｅｒｏｎ"])
@pytest.mark.usefixtures("heron")
def test_a_name_is_once_in_an_account_in_any_capitals(client: Client, name: str) -> None:
    page = client.post(NEW, answers(name, "Wading."))

    assert page.status_code == 422
    assert errors_of(page.content) == ["You have a pseud of this name already."]
    assert LexborHTMLParser(page.content).css_first("textarea").text().strip() == "Wading."


def test_two_accounts_can_have_a_pseud_of_one_name(client: Client, heron: User) -> None:
    PseudFactory(name="Egret")

    client.post(NEW, answers("Egret"))

    assert ("Egret", False) in pseuds_of(heron)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "a/b", "a" * 41, "ma\u202erk", "a\x00b", "a, b", "Heron (heron)"])
def test_a_name_that_nobody_can_have_is_refused_beside_its_field(client: Client, heron: User, name: str) -> None:
    page = client.post(NEW, answers(name))

    assert (page.status_code, len(errors_of(page.content)), faults(page.content)) == (422, 1, [])
    assert pseuds_of(heron) == [("heron", True)]


@pytest.mark.usefixtures("heron")
def test_too_many_words_are_kept_and_told(client: Client) -> None:
    page = client.post(NEW, answers(about_source="x" * 501))

    assert errors_of(page.content, "about_source") != []
    assert "x" * 501 in page.content.decode()


def test_a_pseud_can_be_changed(client: Client, heron: User) -> None:
    pseud = PseudFactory(user=heron, name="Egret")
    path = reverse("pseud_edit", args=["heron", "Egret"])

    shown = client.get(path)
    client.post(path, {"name": "Little Egret", "about_source": "White.", "is_default": "on"})

    pseud.refresh_from_db()
    assert LexborHTMLParser(shown.content).css_first("#id_name").attributes["value"] == "Egret"
    assert (pseud.name, pseud.about) == ("Little Egret", "<p>White.</p>")
    assert pseuds_of(heron) == [("heron", False), ("Little Egret", True)]


def test_the_default_stays_until_another_is(client: Client, heron: User) -> None:
    client.post(reverse("pseud_edit", args=["heron", "heron"]), {"name": "heron", "about_source": "Grey."})

    assert pseuds_of(heron) == [("heron", True)]
    assert heron.pseuds.get().about == "<p>Grey.</p>"


def test_the_pseud_named_as_the_account_keeps_its_name(client: Client, heron: User) -> None:
    client.post(reverse("pseud_edit", args=["heron", "heron"]), {"name": "Somebody", "about_source": ""})

    assert pseuds_of(heron) == [("heron", True)]


def test_what_a_deleted_pseud_made_goes_to_the_default(client: Client, heron: User) -> None:
    PseudFactory(user=heron, name="Egret")
    path = reverse("pseud_delete", args=["heron", "Egret"])

    asked = client.get(path)
    with listening() as heard:
        client.post(path)

    assert faults(asked.content) == []
    assert heard == [("Egret", "heron")]
    assert pseuds_of(heron) == [("heron", True)]


@pytest.mark.parametrize(
    ("name", "sentence"), [("Egret", "This is your default pseud."), ("heron", "bears the name of your account")]
)
def test_default_and_namesake_cannot_be_deleted(client: Client, heron: User, name: str, sentence: str) -> None:
    client.post(NEW, answers("Egret", is_default="on"))

    with listening() as heard:
        page = client.post(reverse("pseud_delete", args=["heron", name]))

    assert (page.status_code, sentence in page.content.decode(), heard) == (409, True, [])
    assert pseuds_of(heron) == [("heron", False), ("Egret", True)]


@pytest.mark.parametrize("page", ["pseud_new", "pseud_edit", "pseud_delete", "preferences"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.usefixtures("heron")
def test_the_pages_of_somebody_else_are_not_there(client: Client, page: str, method: str) -> None:
    egret = UserFactory(username="egret")
    PseudFactory(user=egret, name="Little")
    arguments = ["egret", "Little"] if page in ("pseud_edit", "pseud_delete") else ["egret"]

    answer = getattr(client, method)(reverse(page, args=arguments), answers())

    assert answer.status_code == 404
    assert pseuds_of(egret) == [("egret", True), ("Little", False)]


def test_everybody_sees_the_list_and_only_its_owner_what_can_be_done(client: Client, heron: User) -> None:
    PseudFactory(user=heron, name="Egret")
    path = reverse("pseuds_index", args=["heron"])

    own, public = (LexborHTMLParser(browser.get(path).content) for browser in (client, Client()))
    forms = "a[href$='/edit'], a[href$='/delete'], a[href$='/new-pseud']"

    assert [heading.text(strip=True) for heading in public.css("h2")] == ["heron", "Egret"]
    assert (len(own.css(forms)), len(public.css(forms))) == (4, 0)


def test_the_list_of_a_closed_account_is_not_there(client: Client) -> None:
    UserFactory(username="heron", is_active=False)

    assert client.get(reverse("pseuds_index", args=["heron"])).status_code == 404


@pytest.mark.parametrize("path", ["/users/heron/pseuds/%00/edit", "/users/heron/pseuds/a%0Ab/edit", "/users/he%00ron/pseuds"])
@pytest.mark.usefixtures("heron")
def test_a_name_that_no_database_holds_is_no_address(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_of_few_and_many(
    client: Client, heron: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    PseudFactory.create_batch(count, user=heron)

    with django_assert_num_queries(6):
        client.get(reverse("pseuds_index", args=["heron"]))


def test_a_long_list_comes_in_pages(client: Client, heron: User) -> None:
    PseudFactory.create_batch(51, user=heron)

    first, second = (client.get(reverse("pseuds_index", args=["heron"]), {"page": number}).content.decode() for number in (1, 2))

    assert (first.count('<li class="section">'), second.count('<li class="section">')) == (50, 2)
