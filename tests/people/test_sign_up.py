"""Signing up: from the form to being in."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.charter.models import Charter
from archive.people import registering
from archive.people.models import Pseud, User
from tests.factories.people import PASSWORD, UserFactory
from tests.people.signing_up import ANSWERS, link_in, sign_up

pytestmark = pytest.mark.usefixtures("open_archive")


def errors_of(response: object, field: str) -> list[str]:
    """Answer the sentences beside a field."""
    page = LexborHTMLParser(response.content)  # type: ignore[attr-defined] # an HttpResponse
    return [item.text(strip=True) for item in page.css(f"#id_{field}_error li")]


def test_whoever_signs_up_confirms_and_is_in(client: Client) -> None:
    sent = sign_up(client)
    confirmation = link_in(mail.outbox[0])

    asked = client.get(confirmation)
    confirmed = client.post(confirmation)

    assert (sent.url, asked.status_code, confirmed.url) == ("/users/confirm-email", 200, "/")
    assert client.session["_auth_user_id"] == str(User.objects.get(username="Heron_Marsh").pk)


def test_an_account_begins_with_one_default_pseud_named_alike(client: Client) -> None:
    sign_up(client)

    pseuds = Pseud.objects.values_list("user__username", "name", "is_default")

    assert list(pseuds) == [("Heron_Marsh", "Heron_Marsh", True)]


def test_nobody_logs_in_before_confirming(client: Client) -> None:
    sign_up(client)
    other_browser = Client()

    answer = other_browser.post(reverse("account_login"), {"user[login]": "Heron_Marsh", "user[password]": ANSWERS["password1"]})

    assert answer.url == "/users/confirm-email"
    assert "_auth_user_id" not in other_browser.session


def test_looking_at_the_link_confirms_nothing(client: Client) -> None:
    sign_up(client)

    client.get(link_in(mail.outbox[0]))

    assert not User.objects.get().emailaddress_set.get().verified


def test_a_confirmation_works_once(client: Client) -> None:
    sign_up(client)
    confirmation = link_in(mail.outbox[0])
    client.post(confirmation)

    again = Client().get(confirmation)

    assert "This link works no longer" in again.content.decode()


def test_after_confirming_the_way_goes_on_to_where_it_began(client: Client) -> None:
    client.post(reverse("account_signup"), {**ANSWERS, "next": "/works/7"})

    confirmed = client.post(link_in(mail.outbox[0]))

    assert confirmed.url == "/works/7"


@pytest.mark.parametrize("name", ["Heron", "heron", "HERON"])
def test_a_name_is_taken_in_any_capitals(client: Client, name: str) -> None:
    UserFactory(username="heron")

    answer = sign_up(client, username=name)

    assert errors_of(answer, "username") == ["This name is taken. Please choose another."]
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["admin", "Ad_Min", "login", "ab", "a b c", "_heron", "héron", "heron\u202e", "гerоn"])
def test_a_name_that_nobody_can_have_is_refused_beside_its_field(client: Client, name: str) -> None:
    answer = sign_up(client, username=name)

    assert len(errors_of(answer, "username")) == 1
    assert not User.objects.exists()


def test_what_was_typed_is_kept_but_for_passwords(client: Client) -> None:
    answer = sign_up(client, username="admin")

    page = LexborHTMLParser(answer.content)
    typed = {name: page.css_first(f"[name={name}]").attributes.get("value") for name in ANSWERS if name != "agrees"}

    assert typed == {"username": "admin", "email": "heron@example.com", "password1": None, "password2": None}


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("agrees", ""),
        ("email", ""),
        ("email", "heron"),
        ("email", "a" * 250 + "@example.com"),
        ("email", "hér\u0131n@example.com"),
        ("password1", "short"),
        ("password1", "password123"),
        ("password2", "another one"),
    ],
)
def test_an_answer_that_will_not_do_is_told_beside_its_field(client: Client, field: str, answer: str) -> None:
    response = sign_up(client, **{field: answer})

    assert errors_of(response, field) != []
    assert not User.objects.exists()


def test_an_address_that_has_an_account_is_answered_like_any_other(client: Client) -> None:
    UserFactory(email="known@example.com")

    known = sign_up(client, email="Known@example.com")
    unknown = sign_up(Client(), email="unknown@example.com", username="somebody")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.subject for message in mail.outbox] == [
        "You have an account at The Lamp Room",
        "Confirm your address at The Lamp Room",
    ]
    assert User.objects.count() == 2


def test_a_refused_sign_up_leaves_nothing() -> None:
    registering.register(username="Heron", email="one@example.com", password=None)

    with pytest.raises(registering.NameTaken):
        registering.register(username="hERON", email="two@example.com", password=None)

    assert (User.objects.count(), Pseud.objects.count()) == (1, 1)


@pytest.mark.parametrize("password", ["x" * 40 + "日本語" * 40, "🕯️🔥" * 40, " two spaces  "])
def test_a_password_counts_to_its_last_character(client: Client, password: str) -> None:
    sign_up(client, password1=password, password2=password)
    user = User.objects.get()

    assert user.password.startswith("argon2$argon2id$")
    assert [user.check_password(password), user.check_password(password[:-1])] == [True, False]


def test_mails_lead_to_the_address_of_the_settings(client: Client) -> None:
    client.post(reverse("account_signup"), ANSWERS, headers={"host": "localhost"})

    assert "http://127.0.0.1:8000/users/confirm-email/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_a_subject_stays_one_line(client: Client) -> None:
    Charter.objects.update(name="Lamp\r\nBcc: everybody@example.com")

    sign_up(client)

    assert mail.outbox[0].subject == "Confirm your address at Lamp Bcc: everybody@example.com"
    assert mail.outbox[0].recipients() == ["heron@example.com"]


def test_a_mail_that_cannot_be_sent_loses_no_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_backend: EmailBackend, _messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)

    answer = client.post(reverse("account_signup"), ANSWERS, follow=True)

    assert "The mail could not be sent just now." in answer.content.decode()
    assert User.objects.count() == 1


def test_a_member_is_sent_on(client: Client) -> None:
    client.force_login(UserFactory(password=PASSWORD))

    assert client.get(reverse("account_signup")).url == "/"
