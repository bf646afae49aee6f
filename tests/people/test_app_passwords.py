"""The page of a member's app passwords."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from selectolax.lexbor import LexborHTMLParser

from archive.people import passes
from archive.people.models import AppPassword, Scope
from tests.factories.people import PASSWORD, UserFactory
from tests.people.app_passwords import secret_of
from tests.people.pages import faults

pytestmark = pytest.mark.django_db

PAGE = "/users/heron/app-passwords"


@pytest.fixture
def heron(client):
    user = UserFactory(username="heron", email="heron@example.com", password=PASSWORD)
    client.force_login(user)
    return user


def sent(name="Kobo", scopes=("read",), key=""):
    return {"name": name, "scopes": list(scopes), "key": key or str(uuid.uuid4())}


def confirmed(client):
    """Give the password once more."""
    client.post("/users/login/again", {"password": PASSWORD})


def shown(response):
    """Answer what a page shows to be typed."""
    return [node.text() for node in LexborHTMLParser(response.content).css("code.account-secret")]


def test_one_is_made_and_shown_once(client, heron):
    confirmed(client)

    made = client.post(PAGE, sent(scopes=["marks", "read"]))
    later = client.get(PAGE)

    (secret,) = shown(made)
    assert re.fullmatch(r"lamp(-[abcdefghjkmnpqrstuvwxyz]{5}){6}", secret)
    assert made.status_code == 201
    assert passes.find(secret, login="heron").scopes == ["read", "marks"]
    assert shown(later) == []
    assert secret not in later.content.decode()


def test_making_one_asks_for_the_password_first(client, heron):
    asked = client.post(PAGE, sent())

    made = client.post(asked.url, {"password": PASSWORD, "next": PAGE})

    assert asked.url == "/users/login/again?next=%2Fusers%2Fheron%2Fapp-passwords"
    assert len(shown(made)) == AppPassword.objects.count() == 1


def test_an_app_password_is_no_answer_to_that(client, heron):
    secret = secret_of(heron)
    asked = client.post(PAGE, sent("Another"))

    client.post(asked.url, {"password": secret, "next": PAGE})

    assert AppPassword.objects.count() == 1


def test_sent_twice_it_is_made_once_and_the_second_answer_says_so(client, heron):
    confirmed(client)
    form = sent()

    client.post(PAGE, form)
    again = client.post(PAGE, form, follow=True)

    assert AppPassword.objects.count() == 1
    assert (shown(again), "made already" in again.content.decode()) == ([], True)


def test_what_is_kept_is_not_what_is_typed(heron):
    secret = secret_of(heron)

    row = repr(AppPassword.objects.values().get())

    assert [group for group in secret.split("-")[1:] if group in row] == []


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        (sent(name=""), "name", "This field is required."),
        (sent(name="kobo"), "name", "You have an app password of this name"),
        (sent(name="n" * 61), "name", "at most 60 characters"),
        (sent(name="a\0b"), "name", "Null characters"),
        (sent(name="Libra", scopes=[]), "scopes", "choose what it may read"),
        (sent(name="Libra", scopes=["everything"]), "scopes", "everything"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, heron, form, field, sentence):
    secret_of(heron)
    confirmed(client)

    page = client.post(PAGE, form)

    assert sentence in LexborHTMLParser(page.content).css_first(f"#id_{field}_error").text()
    assert (page.status_code, AppPassword.objects.count()) == (422, 1)


def test_there_is_an_end_to_them(client, heron, monkeypatch):
    monkeypatch.setattr(passes, "MOST", 1)
    secret_of(heron)
    confirmed(client)

    assert client.post(PAGE, sent("Libra")).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_there_is_an_end_to_them_however_many_are_made_at_once(monkeypatch):
    monkeypatch.setattr(passes, "MOST", 1)
    owner = UserFactory()

    def make(name):
        try:
            return passes.make(by=owner, name=name, scopes=[Scope.READ]) and "made"
        except passes.TooMany:
            return "too many"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(make, "abcd"))

    assert answers == ["made", "too many", "too many", "too many"]


def test_a_revoked_one_opens_nothing_and_leaves_its_name_free(client, heron):
    secret = secret_of(heron)
    row = AppPassword.objects.get()

    client.post(f"{PAGE}/{row.pk}/revocation")

    assert passes.find(secret, login="heron") is None
    assert passes.find(secret_of(heron, name="KOBO"), login="heron").name == "KOBO"
    assert client.post(f"{PAGE}/{row.pk}/revocation").status_code == 404


def test_nobody_sees_or_revokes_those_of_others(client, heron):
    row = passes.make(by=UserFactory(username="marsh"), name="Kindle", scopes=[Scope.READ]).app_password

    answers = [client.get("/users/marsh/app-passwords"), client.post(f"{PAGE}/{row.pk}/revocation")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Kindle" not in client.get(PAGE).content.decode()


def test_the_owner_is_told_by_mail(client, heron):
    confirmed(client)

    (secret,) = shown(client.post(PAGE, sent()))

    (message,) = mail.outbox
    assert (message.to, "Kobo" in message.body, secret in message.body) == (["heron@example.com"], True, False)
    assert "/users/heron/app-passwords" in message.body


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, heron, django_assert_num_queries, count):
    for number in range(count):
        secret_of(heron, name=f"Kobo {number}")
    client.get(PAGE)

    with django_assert_num_queries(5):
        page = client.get(PAGE)

    assert faults(page.content) == []


def test_what_is_typed_need_not_be_typed_exactly(heron):
    secret = secret_of(heron)

    typed = [secret.upper(), secret.replace("-", " "), secret.replace("-", ""), f"  {secret}\n"]

    assert [passes.find(one, login="HERON@example.com") is not None for one in typed] == [True] * 4
