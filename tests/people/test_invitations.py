"""Signing up where the archive is not open to everybody."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from selectolax.lexbor import LexborHTMLParser

from archive.charter.models import Charter
from archive.people import inviting
from archive.people.models import Invitation, User
from tests.factories.people import InvitationFactory, UserFactory
from tests.people.pages import faults
from tests.people.signing_up import sign_up

INVITATIONS = "/settings/invitations"


def path_of(invitation: Invitation) -> str:
    """Answer the path of the link that is sent to whoever is invited."""
    return reverse("account_signup_invited", args=[invitation.token])


def newcomers() -> list[str]:
    """Answer who has signed up, but for those who invited."""
    return list(User.objects.filter(is_staff=False).values_list("username", flat=True))


@pytest.mark.usefixtures("invited_archive")
def test_an_invitation_lets_one_person_in(client: Client) -> None:
    invitation = InvitationFactory()

    first = sign_up(client, path=path_of(invitation))
    second = sign_up(Client(), path=path_of(invitation), username="second", email="second@example.com")

    invitation.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 403)
    assert [user.username for user in User.objects.filter(invitation=invitation)] == newcomers() == ["Heron_Marsh"]


@pytest.mark.usefixtures("invited_archive")
def test_a_refused_form_uses_up_no_invitation(client: Client) -> None:
    invitation = InvitationFactory()

    page = sign_up(client, path=path_of(invitation), username="admin")

    assert LexborHTMLParser(page.content).css_first("#signup").attributes["action"] == path_of(invitation)
    inviting.check(invitation.token)


def used() -> str:
    invitation = InvitationFactory()
    inviting.use(invitation.token, by=UserFactory(username="first"))
    return path_of(invitation)


def withdrawn() -> str:
    invitation = InvitationFactory()
    inviting.withdraw(invitation.token)
    return path_of(invitation)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (lambda: "/users/signup", "New accounts are by invitation here."),
        (lambda: "/signup/made-up", "This invitation is not known here."),
        (withdrawn, "This invitation is not known here."),
        (used, "This invitation has been used already."),
    ],
)
@pytest.mark.usefixtures("invited_archive")
def test_without_an_invitation_the_page_says_so(client: Client, path: Callable[[], str], sentence: str) -> None:
    address = path()
    before = User.objects.count()

    pages = [client.get(address), sign_up(client, path=address)]

    assert [page.status_code for page in pages] == [403, 403]
    assert all(sentence in page.content.decode() and faults(page.content) == [] for page in pages)
    assert User.objects.count() == before


@pytest.mark.usefixtures("closed_archive")
def test_a_closed_archive_says_so_with_whom_to_ask(client: Client) -> None:
    address = path_of(InvitationFactory())

    words = [client.get(path).content.decode() for path in ("/users/signup", address)]

    assert all("takes no new accounts at the moment" in page for page in words)
    assert all("mailto:keeper@lamproom.example" in page for page in words)


def test_an_archive_that_nobody_has_founded_is_closed(client: Client, open_archive: Charter) -> None:
    open_archive.delete()

    assert sign_up(client).status_code == 403


@pytest.mark.usefixtures("open_archive")
def test_an_open_archive_uses_up_no_invitation(client: Client) -> None:
    invitation = InvitationFactory()

    sign_up(client, path=path_of(invitation))

    assert newcomers() == ["Heron_Marsh"]
    inviting.check(invitation.token)


@pytest.mark.usefixtures("invited_archive")
def test_a_token_that_no_database_holds_is_no_address(client: Client) -> None:
    assert client.get("/signup/%00").status_code == 404


@pytest.mark.usefixtures("invited_archive")
def test_an_administrator_makes_an_invitation_and_sees_its_link(client: Client) -> None:
    client.force_login(UserFactory(is_staff=True))

    page = client.post(INVITATIONS, {"note": "Gull, from the list", "key": str(uuid.uuid4())}, follow=True)

    invitation = Invitation.objects.get()
    link = LexborHTMLParser(page.content).css_first("input[readonly]").attributes["value"]
    assert link == f"http://127.0.0.1:8000/signup/{invitation.token}"
    assert "Gull, from the list" in page.content.decode()


@pytest.mark.usefixtures("invited_archive")
def test_a_button_pressed_twice_makes_one_invitation(client: Client) -> None:
    client.force_login(UserFactory(is_staff=True))
    answers = {"note": "", "key": str(uuid.uuid4())}

    answered = [client.post(INVITATIONS, answers).url for _ in range(2)]

    assert answered == [INVITATIONS, INVITATIONS]
    assert Invitation.objects.count() == 1


@pytest.mark.usefixtures("invited_archive")
def test_an_invitation_can_be_withdrawn_until_it_is_used(client: Client) -> None:
    open_one, used_one = InvitationFactory(), InvitationFactory()
    inviting.use(used_one.token, by=UserFactory())
    client.force_login(UserFactory(is_staff=True))

    for invitation in (open_one, used_one):
        client.post(reverse("invitation_withdraw", args=[invitation.token]))

    assert list(Invitation.objects.all()) == [used_one]


@pytest.mark.parametrize("path", [INVITATIONS, "/settings/invitations/made-up/withdrawal"])
@pytest.mark.usefixtures("invited_archive")
def test_invitations_are_for_administrators(client: Client, path: str) -> None:
    guest = client.post(path)
    client.force_login(UserFactory())
    member = client.post(path)

    assert guest.url.startswith("/users/login?next=")
    assert member.status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("invited_archive")
def test_the_list_asks_the_same_questions_of_few_and_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for invitation in InvitationFactory.create_batch(count):
        inviting.use(invitation.token, by=UserFactory())
    client.force_login(UserFactory(is_staff=True))

    with django_assert_num_queries(6):
        client.get(INVITATIONS)
