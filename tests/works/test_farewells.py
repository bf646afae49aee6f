"""Deleting an account, with what its owner wants for the works."""

import pytest
from django.urls import reverse

from archive.people import departing
from archive.people.departing import OwnWorks, SharedWorks, Wishes
from archive.people.models import User
from archive.works import deleting
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import PASSWORD, PseudFactory, UserFactory
from tests.factories.works import make_draft, make_work
from tests.works.test_orphaning import names_under, write_along

pytestmark = pytest.mark.django_db

OWN = {OwnWorks.DROP_NAME: ["orphan_account"], OwnWorks.KEEP_NAME: ["heronmarsh (orphan_account)"], OwnWorks.DELETE: None}
SHARED = {
    SharedWorks.LEAVE: ["quietkettle"],
    SharedWorks.DROP_NAME: ["orphan_account", "quietkettle"],
    SharedWorks.KEEP_NAME: ["heronmarsh (orphan_account)", "quietkettle"],
}


@pytest.fixture
def author():
    return UserFactory(username="heronmarsh", password=PASSWORD)


@pytest.fixture
def friend():
    return UserFactory(username="quietkettle", can_be_invited=True)


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("shared", SHARED)
def test_an_account_goes_and_its_works_go_where_its_owner_wants(author, friend, own, shared):
    alone, together = make_work(by=author, series="The Lamp"), make_work(by=author, series="The Lamp")
    write_along(together, friend)
    draft, gone = make_draft(by=author), make_work(by=author)
    deleting.delete(gone, by=author)

    departing.leave_archive(Wishes(own=own, shared=shared), by=author)

    assert not User.objects.filter(username="heronmarsh").exists()
    assert not Work.objects.filter(pk__in=[draft.pk, gone.pk]).exists()
    assert (names_under(alone) if Work.objects.filter(pk=alone.pk).exists() else None) == OWN[own]
    assert names_under(together) == SHARED[shared]
    assert Series.objects.get().pseuds.get().user.username == "orphan_account"


def test_everything_of_an_account_without_works_goes(author):
    PseudFactory(user=author)

    departing.leave_archive(Wishes(own=OwnWorks.DELETE), by=author)

    assert not User.objects.filter(username="heronmarsh").exists()


def test_who_alone_runs_the_archive_stays():
    operator = UserFactory(is_superuser=True, is_staff=True)
    with pytest.raises(departing.LastOperator):
        departing.leave_archive(Wishes(own=OwnWorks.DELETE), by=operator)

    UserFactory(is_superuser=True, is_staff=True)
    departing.leave_archive(Wishes(own=OwnWorks.DELETE), by=operator)

    assert not User.objects.filter(username=operator.username).exists()


@pytest.mark.parametrize("wrong", ["password", "is_sure", "own", "seen"])
def test_an_account_goes_by_a_full_yes_alone(client, author, wrong):
    work = make_work(by=author)
    client.force_login(author)
    address = reverse("account_delete", args=["heronmarsh"])
    sent = {"own": "drop", "password": PASSWORD, "is_sure": "on", "seen": client.get(address).context["form"].initial["seen"]}

    refused = client.post(address, sent | {wrong: "" if wrong != "password" else "not this one"})

    assert refused.status_code == 422
    assert names_under(work) == ["heronmarsh"]
    done = client.post(address, sent, follow=True)
    assert "Your account is deleted." in done.content.decode()
    assert names_under(work) == ["orphan_account"]
    assert "logged-out" in client.get("/works").content.decode()


def test_nobody_deletes_somebody_elses_account(client, author):
    client.force_login(UserFactory())

    assert client.get(reverse("account_delete", args=["heronmarsh"])).status_code == 404
