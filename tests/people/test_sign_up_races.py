"""Two people who press the same button at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from archive.people.models import Invitation, Pseud, User
from tests.factories.people import InvitationFactory
from tests.people.signing_up import sign_up

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], HttpResponse]) -> list[int]:
    """Do these in threads that start together, and answer the statuses, lowest first."""
    barrier = Barrier(len(deeds))

    def wait_and_do(deed: Callable[[], HttpResponse]) -> int:
        try:
            barrier.wait(timeout=60)
            return deed().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return sorted(threads.map(wait_and_do, deeds))


@pytest.mark.usefixtures("open_archive")
def test_one_name_goes_to_one_of_two() -> None:
    statuses = at_once(
        lambda: sign_up(Client(), email="one@example.com"),
        lambda: sign_up(Client(), email="two@example.com", username="HERON_MARSH"),
    )

    assert statuses == [200, 302]
    assert (User.objects.count(), Pseud.objects.count()) == (1, 1)


@pytest.mark.usefixtures("open_archive")
def test_one_address_goes_to_one_of_two_and_nobody_learns_which() -> None:
    statuses = at_once(lambda: sign_up(Client(), username="one"), lambda: sign_up(Client(), username="two"))

    assert statuses == [302, 302]
    assert User.objects.filter(email="heron@example.com").count() == 1


@pytest.mark.usefixtures("invited_archive")
def test_one_invitation_lets_in_one_of_two() -> None:
    path = reverse("account_signup_invited", args=[InvitationFactory().token])
    before = User.objects.count()

    statuses = at_once(
        lambda: sign_up(Client(), path=path, username="one", email="one@example.com"),
        lambda: sign_up(Client(), path=path, username="two", email="two@example.com"),
    )

    assert statuses == [302, 403]
    assert User.objects.count() == before + 1
    assert Invitation.objects.get().used_by in User.objects.filter(username__in=["one", "two"])
