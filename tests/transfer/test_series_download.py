"""A series to take along: its works in their order, none of them unwarned."""

import io
import zipfile

import pytest

from archive.transfer.taking import names
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.reading.tools import page
from tests.transfer.test_work_download import BROWSER, asked, body, files_folder  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TEXT = "<p>The zqxlampzqx was lit before the ship was seen.</p>"


@pytest.fixture
def series():
    author = UserFactory()
    make_work(by=author, title="First", series="The Lamps", text=TEXT)
    make_work(by=author, title="Asks", series="The Lamps", text=TEXT, rating="Explicit", content_notes="There is a fire.")
    make_work(by=author, title="Locked", series="The Lamps", text=TEXT, is_restricted=True)
    make_draft(by=author, title="Draft", series="The Lamps", text=TEXT)
    return Series.objects.get()


def get(client, series, extension="txt", **query):
    return asked(client.get(names.series_address(series, extension), query, headers=BROWSER))


def files(answer):
    return zipfile.ZipFile(io.BytesIO(body(answer))).namelist()


def test_what_asks_first_is_told_first(client, series):
    shown = page(get(client, series))

    assert [heading.text() for heading in shown.css("section h2")] == ["Asks"]
    assert "zqxlampzqx" not in shown.html
    assert "There is a fire." in shown.css_first("section details").text()


@pytest.mark.parametrize(
    ("query", "who", "found"),
    [
        ({"view_adult": "true"}, "guest", ["01_First.txt", "02_Asks.txt"]),
        ({"view_adult": "true"}, "member", ["01_First.txt", "02_Asks.txt", "03_Locked.txt"]),
        ({"without": "true"}, "guest", ["01_First.txt"]),
    ],
)
def test_the_works_come_in_order_as_far_as_they_are_for_this_reader(client, series, query, who, found):
    if who == "member":
        client.force_login(UserFactory())

    assert files(get(client, series, **query)) == found


@pytest.mark.parametrize("extension", ["epub", "html", "txt", "md"])
def test_every_file_is_the_one_that_the_work_gives(client, series, extension):
    work = Work.objects.get(title="First")
    alone = asked(client.get(names.download_address(work, extension)))

    together = zipfile.ZipFile(io.BytesIO(body(get(client, series, extension, without="true"))))

    assert together.read(f"01_First.{extension}") == body(alone)


def test_consent_that_was_given_before_holds(client, series):
    work = Work.objects.get(title="Asks")
    gate = page(client.get(work.get_absolute_url())).css(".advisory form input[type=hidden]")
    client.post(f"/works/{work.pk}/consent", {field.attributes["name"]: field.attributes.get("value") for field in gate})

    assert files(get(client, series)) == ["01_First.txt", "02_Asks.txt"]


@pytest.mark.parametrize("extension", ["pdf", "doc"])
def test_what_takes_a_while_is_not_made_by_the_dozen(client, series, extension):
    assert get(client, series, extension).status_code == 404


def test_a_series_without_a_work_for_this_reader_is_not_there(client):
    make_work(series="Closed", is_restricted=True)

    assert get(client, Series.objects.get()).status_code == 404


def test_the_page_of_a_series_offers_it(client, series):
    link = page(client.get(series.get_absolute_url())).css_first("li.download a")

    assert link.attributes["href"] == f"/downloads/series/{series.pk}/The_Lamps.epub.zip"
