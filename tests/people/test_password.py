"""Setting a password anew, with the old one or without."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.people import passes
from archive.people.models import User
from tests.factories.people import PASSWORD, UserFactory
from tests.people.app_passwords import secret_of
from tests.people.signing_up import link_in

pytestmark = pytest.mark.usefixtures("open_archive")

NEW = "ten lamps in a row"
BOTH = {"password1": NEW, "password2": NEW}


@pytest.fixture
def heron() -> User:
    """Have a member called heron."""
    return UserFactory(username="heron", email="heron@example.com", password=PASSWORD)


def ask_for_a_link(client: Client, email: str = "heron@example.com") -> None:
    """Ask for a mail with a link."""
    client.post(reverse("account_reset_password"), {"email": email})


def follow(client: Client, link: str) -> str:
    """Follow a link from a mail and answer where its form is."""
    return str(client.get(link).headers.get("Location", ""))


def is_new(user: User) -> bool:
    """Whether the account has the new password."""
    user.refresh_from_db()
    return user.check_password(NEW)


def test_a_forgotten_password_is_set_with_a_link(client: Client, heron: User) -> None:
    ask_for_a_link(client)

    set_anew = client.post(follow(client, link_in(mail.outbox[0])), BOTH)

    assert set_anew.url == reverse("account_reset_password_from_key_done")
    assert is_new(heron)
    assert [message.subject for message in mail.outbox] == [
        "A new password for The Lamp Room",
        "Your password at The Lamp Room was changed",
    ]


@pytest.mark.usefixtures("heron")
def test_the_token_does_not_stay_in_the_address(client: Client) -> None:
    ask_for_a_link(client)
    link = link_in(mail.outbox[0])

    form = follow(client, link)

    assert form.endswith("-set-password")
    assert client.get(form).headers["Referrer-Policy"] == "same-origin"


@pytest.mark.usefixtures("heron")
def test_a_link_works_once(client: Client) -> None:
    ask_for_a_link(client)
    link = link_in(mail.outbox[0])
    client.post(follow(client, link), BOTH)

    again = Client().get(link)

    assert "This link works no longer" in again.content.decode()


def test_a_link_dies_with_the_old_password(client: Client, heron: User) -> None:
    ask_for_a_link(client)
    heron.set_password("another in between")
    heron.save(update_fields=["password"])

    assert follow(client, link_in(mail.outbox[0])) == ""


def test_a_link_dies_with_the_old_address(client: Client, heron: User) -> None:
    ask_for_a_link(client)
    heron.email = "new@example.com"
    heron.save(update_fields=["email"])

    assert follow(client, link_in(mail.outbox[0])) == ""


@pytest.mark.usefixtures("heron")
def test_a_link_lives_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_a_link(client)
    link = link_in(mail.outbox[0])
    tomorrow = dt.datetime.now() + dt.timedelta(days=1, minutes=1)  # noqa: DTZ005 # as Django's own clock

    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _self: tomorrow)

    assert follow(client, link) == ""


@pytest.mark.parametrize("link", ["1-abc-def", "zzzzzzzzzzzzz-abc-def", "zzzzzzzzzzzzzzzzz-a-b", "0-set-password"])
@pytest.mark.usefixtures("heron")
def test_a_made_up_link_opens_nothing(client: Client, link: str) -> None:
    page = client.get(f"/users/password/reset/key/{link}")

    assert "This link works no longer" in page.content.decode()


@pytest.mark.usefixtures("heron")
def test_an_unknown_address_is_answered_like_a_known_one(client: Client) -> None:
    known = client.post(reverse("account_reset_password"), {"email": "heron@example.com"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [["heron@example.com"], ["nobody@example.com"]]
    assert "/key/" not in mail.outbox[1].body


@pytest.mark.usefixtures("heron")
def test_a_flood_of_mails_to_one_address_ends(client: Client) -> None:
    statuses = [client.post(reverse("account_reset_password"), {"email": "heron@example.com"}).status_code for _ in range(4)]

    assert (statuses, len(mail.outbox)) == ([302, 302, 302, 429], 3)


@pytest.mark.usefixtures("heron")
def test_the_mail_takes_its_address_from_the_settings(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "heron@example.com"}, headers={"host": "localhost"})

    assert "localhost" not in mail.outbox[0].body
    assert link_in(mail.outbox[0]).startswith("/users/password/reset/key/")


def test_a_changed_password_ends_every_other_session(heron: User) -> None:
    here, elsewhere = Client(), Client()
    here.force_login(heron)
    elsewhere.force_login(heron)

    changed = here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **BOTH})
    own = reverse("preferences", args=["heron"])

    assert changed.url == reverse("preferences")
    assert is_new(heron)
    assert (here.get(own).status_code, elsewhere.get(own).status_code) == (200, 302)


def test_a_password_set_by_mail_ends_every_session(client: Client, heron: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(heron)
    ask_for_a_link(client)

    client.post(follow(client, link_in(mail.outbox[0])), BOTH)

    assert elsewhere.get(reverse("preferences", args=["heron"])).status_code == 302


def test_a_new_password_revokes_every_app_password_of_the_account(client: Client, heron: User) -> None:
    theirs, of_another = secret_of(heron), secret_of(UserFactory())
    client.force_login(heron)

    client.post(reverse("account_change_password"), {"oldpassword": "wrong", **BOTH})
    before = passes.find(theirs)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **BOTH})

    assert before is not None
    assert (passes.find(theirs), passes.find(of_another) is None) == (None, False)


@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("oldpassword", {"oldpassword": "wrong", **BOTH}),
        ("password1", {"oldpassword": PASSWORD, "password1": "heron", "password2": "heron"}),
        ("password2", {"oldpassword": PASSWORD, "password1": NEW, "password2": "another"}),
    ],
)
def test_a_change_that_will_not_do_is_told_beside_its_field(
    client: Client, heron: User, field: str, answers: dict[str, str]
) -> None:
    client.force_login(heron)

    page = client.post(reverse("account_change_password"), answers)

    assert LexborHTMLParser(page.content).css(f"#id_{field}_error li") != []
    assert not is_new(heron)


def test_an_account_made_without_a_password_can_be_given_one(client: Client) -> None:
    user = UserFactory(username="heron")
    client.force_login(user)

    sent_on = client.get(reverse("account_change_password"))
    client.post(sent_on.url, BOTH)

    assert sent_on.url == reverse("account_set_password")
    assert is_new(user)


@pytest.mark.usefixtures("heron")
def test_wrong_tries_are_forgotten_with_the_old_password(client: Client) -> None:
    login = reverse("account_login")
    for number in range(6):
        client.post(login, {"user[login]": "heron", "user[password]": f"wrong {number}"})
    ask_for_a_link(client)
    client.post(follow(client, link_in(mail.outbox[0])), BOTH)

    assert client.post(login, {"user[login]": "heron", "user[password]": NEW}).url == "/"
