"""Every page, mail and address of accounts is the archive's own."""

import re
from importlib import import_module
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.test import Client

from archive.errors import ArchiveError
from archive.people import naming
from archive.people.urls import accounts
from tests.factories.people import PASSWORD, PseudFactory, UserFactory
from tests.people.pages import faults
from tests.people.signing_up import link_in, sign_up

pytestmark = pytest.mark.usefixtures("open_archive")

TEMPLATES = Path(allauth.__file__).parent / "templates"
# Of log-in by code, by telephone and by passkey alone, which are off; and what only allauth's own templates extend.
NEVER_SHOWN = re.compile(r"base_(?!message|notification)|code|phone|passkey|snippets/")
OURS = sorted(
    str(path.relative_to(TEMPLATES))
    for path in (TEMPLATES / "account").rglob("*.*")
    if not NEVER_SHOWN.search(str(path.relative_to(TEMPLATES)))
)
FOR_GUESTS = [
    "/users/login",
    "/users/signup",
    "/users/confirm-email",
    "/users/confirm-email/made-up",
    "/users/login/inactive",
    "/users/password/reset",
    "/users/password/reset/done",
    "/users/password/reset/key/1-abc-def",
    "/users/password/reset/key/done",
    "/users/heron/pseuds",
]
FOR_MEMBERS = [
    "/users/email",
    "/users/password/change",
    "/users/login/again",
    "/users/heron/preferences",
    "/users/heron/new-pseud",
    "/users/heron/pseuds/heron/edit",
    "/users/heron/pseuds/Egret/edit",
    "/users/heron/pseuds/Egret/delete",
    "/settings/invitations",
]


@pytest.mark.parametrize("name", OURS)
def test_no_template_is_allauths_own(name: str) -> None:
    assert Path(get_template(name).origin.name).is_relative_to(settings.BASE_DIR / "templates")


def test_allauth_finds_every_address_that_it_knows() -> None:
    names = [pattern.name for pattern in import_module("allauth.account.urls").urlpatterns]
    known = {pattern.name for pattern in accounts}

    assert [name for name in names if name not in known] == []


def test_every_word_before_a_profile_is_a_reserved_name() -> None:
    words = {str(pattern.pattern).lstrip("^").split("/")[1] for pattern in accounts if "users/" in str(pattern.pattern)}
    free = []
    for word in words:
        try:
            free.append(naming.username(word))
        except ArchiveError:
            continue

    assert free == []


@pytest.mark.parametrize("path", FOR_GUESTS)
def test_a_page_for_guests_is_whole(client: Client, path: str) -> None:
    UserFactory(username="heron")

    page = client.get(path)

    assert (page.status_code, faults(page.content)) == (200, [])


@pytest.mark.parametrize("path", [*FOR_MEMBERS, "/users/logout", "/users/heron/pseuds"])
def test_a_page_for_members_is_whole(client: Client, path: str) -> None:
    heron = UserFactory(username="heron", password=PASSWORD, is_staff=True)
    PseudFactory(user=heron, name="Egret")
    client.force_login(heron)

    page = client.get(path)

    assert (page.status_code, faults(page.content)) == (200, [])


@pytest.mark.parametrize("path", FOR_MEMBERS)
def test_a_page_for_members_sends_guests_to_log_in_and_back(client: Client, path: str) -> None:
    UserFactory(username="heron")

    assert client.get(path).url == f"/users/login?next={path}"


@pytest.mark.parametrize("path", ["/users/login", "/users/signup", "/users/password/reset"])
def test_a_page_that_refuses_is_whole(client: Client, path: str) -> None:
    page = client.post(path, {"username": "admin"})

    assert (page.status_code, faults(page.content)) == (200, [])


def test_the_pages_behind_links_of_mails_are_whole(client: Client) -> None:
    UserFactory(email="known@example.com", password=PASSWORD)
    sign_up(client)
    client.post("/users/password/reset", {"email": "known@example.com"})

    pages = [client.get(link_in(message), follow=True) for message in mail.outbox]

    assert [faults(page.content) for page in pages] == [[], []]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/users/login", {"user[login]": "username", "user[password]": "current-password"}),
        (
            "/users/signup",
            {"username": "username", "email": "email", "password1": "new-password", "password2": "new-password"},
        ),
        ("/users/password/reset", {"email": "email"}),
    ],
)
def test_browsers_are_told_what_to_fill_in(client: Client, path: str, expected: dict[str, str]) -> None:
    form = client.get(path).context["form"]

    assert {field.html_name: field.field.widget.attrs["autocomplete"] for field in form if field.html_name in expected} == expected
