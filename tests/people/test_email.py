"""Giving an account another address."""

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from archive.people import registering
from archive.people.models import User
from tests.factories.people import PASSWORD, UserFactory
from tests.people.signing_up import link_in

pytestmark = pytest.mark.usefixtures("open_archive")

EMAIL = "/users/email"
OLD = "heron@example.com"
NEW = "marsh@example.com"


@pytest.fixture
def heron(client: Client) -> User:
    """Have a member called heron, logged in."""
    user = UserFactory(username="heron", email=OLD, password=PASSWORD)
    client.force_login(user)
    return user


def ask_to_change(client: Client, email: str = NEW, password: str = PASSWORD) -> HttpResponse:
    """Ask for another address, giving the password when asked for it."""
    asked = client.post(EMAIL, {"email": email, "action_add": "1"})
    return client.post(asked.url, {"password": password, "next": EMAIL})


def address_of(user: User) -> tuple[str, list[tuple[str, bool]]]:
    """Answer the address of an account, and what allauth knows about it."""
    user.refresh_from_db()
    return user.email, sorted(user.emailaddress_set.values_list("email", "verified"))


def test_nothing_changes_without_the_password(client: Client, heron: User) -> None:
    asked = client.post(EMAIL, {"email": NEW, "action_add": "1"})
    client.post(asked.url, {"password": "wrong", "next": EMAIL})

    assert asked.url == "/users/login/again?next=%2Fusers%2Femail"
    assert (address_of(heron), mail.outbox) == ((OLD, [(OLD, True)]), [])


def test_the_new_address_counts_once_it_is_confirmed(client: Client, heron: User) -> None:
    ask_to_change(client)
    before = address_of(heron)

    client.post(link_in(mail.outbox[0]))

    assert before == (OLD, [(OLD, True), (NEW, False)])
    assert address_of(heron) == (NEW, [(NEW, True)])


@pytest.mark.usefixtures("heron")
def test_the_old_address_is_told_and_not_told_the_new_one(client: Client) -> None:
    ask_to_change(client)
    client.post(link_in(mail.outbox[0]))

    assert [message.to for message in mail.outbox] == [[NEW], [OLD]]
    assert mail.outbox[1].subject == "Your address at The Lamp Room was changed"
    assert NEW not in mail.outbox[1].body


def test_a_change_can_be_called_off(client: Client, heron: User) -> None:
    ask_to_change(client)
    link = link_in(mail.outbox[0])

    client.post(EMAIL, {"email": NEW, "action_remove": "1"})
    client.post(link)

    assert address_of(heron) == (OLD, [(OLD, True)])


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_an_address_of_somebody_else_stays_theirs_and_is_not_given_away(client: Client, heron: User, is_confirmed: bool) -> None:
    other = registering.register(username="egret", email=NEW, password=None)
    if is_confirmed:
        registering.vouch(other)

    asked = ask_to_change(client)
    confirmed = client.post(link_in(mail.outbox[0]), follow=True)

    assert (asked.status_code, asked.url) == (302, EMAIL)
    assert "cannot be yours" in confirmed.content.decode()
    assert (address_of(heron)[0], address_of(other)[0]) == (OLD, NEW)


@pytest.mark.usefixtures("heron")
def test_whoever_follows_the_link_of_another_account_leaves_their_own(client: Client) -> None:
    ask_to_change(client)
    other_browser = Client()
    other_browser.force_login(UserFactory())

    other_browser.get(link_in(mail.outbox[0]))

    assert "_auth_user_id" not in other_browser.session


@pytest.mark.parametrize("email", ["", "heron", OLD, "a" * 250 + "@example.com", "h\u0131@example.com", "a\r\nBcc: b@example.com"])
def test_an_address_that_will_not_do_is_refused(client: Client, heron: User, email: str) -> None:
    page = client.post(EMAIL, {"email": email, "action_add": "1"})

    assert "id_email_error" in page.content.decode()
    assert (address_of(heron), mail.outbox) == ((OLD, [(OLD, True)]), [])
