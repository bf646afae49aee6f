"""What a member marks for later, to take along: in order, none of it unwarned."""

import pytest
from django.urls import reverse

from archive.people import passes
from archive.people.models import Scope
from archive.reading import marking
from archive.transfer.taking import names
from archive.works import deleting
from tests.factories.people import UserFactory
from tests.factories.works import author_of, make_work
from tests.reading.tools import page
from tests.transfer.test_series_download import TEXT, files
from tests.transfer.test_work_download import BROWSER, asked, files_folder  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    reader = UserFactory()
    for title, fields in (("First", {}), ("Asks", {"rating": "Explicit"}), ("Locked", {"is_restricted": True}), ("Gone", {})):
        marking.mark_for_later(make_work(title=title, text=TEXT, **fields), by=reader)
        if title == "Gone":
            work = reader.readings.get(work__title="Gone").work
            deleting.delete(work, by=author_of(work))
    make_work(title="Unmarked", text=TEXT)
    client.force_login(reader)
    return reader


def get(client, **query):
    return asked(client.get(names.marked_address("txt"), query, headers=BROWSER))


def test_what_asks_first_is_told_first(client, reader):
    shown = page(get(client))

    assert [heading.text() for heading in shown.css("section h2")] == ["Asks"]
    assert "zqxlampzqx" not in shown.html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"view_adult": "true"}, ["01_Locked.txt", "02_Asks.txt", "03_First.txt"]),
        ({"without": "true"}, ["01_Locked.txt", "02_First.txt"]),
    ],
)
def test_marked_works_come_with_the_latest_first(client, reader, query, found):
    assert files(get(client, **query)) == found


def test_guests_are_sent_to_log_in_and_others_get_what_is_theirs(client, reader):
    client.logout()
    as_guest = client.get(names.marked_address("txt"), headers=BROWSER)
    as_tool = client.get(names.marked_address("txt"), headers={"Accept": "*/*"})
    client.force_login(UserFactory())

    assert as_guest.url.startswith(reverse("account_login"))
    assert (as_tool.status_code, as_tool.headers["WWW-Authenticate"].partition(" ")[0]) == (401, "Basic")
    assert get(client, view_adult="true").status_code == 404


@pytest.mark.parametrize(("scopes", "status"), [([Scope.READ, Scope.MARKS], 200), ([Scope.MARKS], 403), ([Scope.READ], 403)])
def test_a_program_takes_them_with_the_scopes_for_marks_and_for_reading(client, reader, scopes, status):
    client.logout()
    secret = passes.make(by=reader, name="reader", scopes=scopes).secret

    headers = {"Authorization": f"Bearer {secret}"}
    answer = asked(client.get(names.marked_address("txt"), {"view_adult": "true"}, headers=headers))

    assert answer.status_code == status


@pytest.mark.parametrize("extension", ["pdf", "exe", "x" * 90])
def test_what_is_no_quick_format_is_not_there(client, reader, extension):
    assert client.get(f"/downloads/marked/any.{extension}.zip").status_code == 404
