"""What a member has bookmarked, to take along: in order, none of it unwarned."""

import pytest
from django.urls import reverse

from archive.people import passes
from archive.people.models import Scope
from archive.transfer.taking import names
from archive.works import deleting
from tests.community.bookmarked import keep
from tests.factories.people import UserFactory
from tests.factories.works import author_of, make_work
from tests.reading.tools import page
from tests.transfer.test_series_download import TEXT, files
from tests.transfer.test_work_download import BROWSER, asked, files_folder  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = UserFactory()
    keep(make_work(title="First", text=TEXT), by=owner)
    keep(make_work(title="Asks", text=TEXT, rating="Explicit"), by=owner, is_private=True)
    keep(gone := make_work(title="Gone", text=TEXT), by=owner)
    deleting.delete(gone, by=author_of(gone))
    keep(make_work(title="Of another", text=TEXT))
    client.force_login(owner)
    return owner


def get(client, **query):
    return asked(client.get(names.bookmarked_address("txt"), query, headers=BROWSER))


def test_what_asks_first_is_told_first(client, owner):
    shown = page(get(client))

    assert [heading.text() for heading in shown.css("section h2")] == ["Asks"]
    assert "zqxlampzqx" not in shown.html


def test_what_is_bookmarked_comes_with_the_latest_first_private_ones_too(client, owner):
    assert files(get(client, view_adult="true")) == ["01_Asks.txt", "02_First.txt"]


def test_guests_are_sent_to_log_in_and_others_get_what_is_theirs(client, owner):
    client.logout()
    as_guest = client.get(names.bookmarked_address("txt"), headers=BROWSER)
    client.force_login(UserFactory())

    assert as_guest.url.startswith(reverse("account_login"))
    assert get(client, view_adult="true").status_code == 404


@pytest.mark.parametrize(("scopes", "status"), [([Scope.READ, Scope.MARKS], 200), ([Scope.MARKS], 403), ([Scope.READ], 403)])
def test_a_program_takes_them_with_the_scopes_for_marks_and_for_reading(client, owner, scopes, status):
    client.logout()
    secret = passes.make(by=owner, name="reader", scopes=scopes).secret

    answer = asked(
        client.get(names.bookmarked_address("txt"), {"view_adult": "true"}, headers={"Authorization": f"Bearer {secret}"})
    )

    assert answer.status_code == status


def test_the_way_to_it_stands_on_ones_own_list_alone(client, owner):
    address = names.bookmarked_address("epub")
    own = client.get(reverse("user_bookmarks", args=[owner.username])).text
    client.force_login(UserFactory())

    assert (address in own, address in client.get(reverse("user_bookmarks", args=[owner.username])).text) == (True, False)
