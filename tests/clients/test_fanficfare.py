"""FanFicFare itself, by way of its adapter for archives like AO3."""

import json

import pytest

from archive.transfer.taking import names
from archive.works import writing
from archive.works.series import Series
from tests.community.bookmarked import keep
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_work
from tests.people.app_passwords import secret_of
from tests.transfer.test_work_download import YES, asked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clients]

SCRIPT = "fanficfare_here.py"
BOOKMARK = {
    "bookmarked": "True", "bookmarktags": "Lamps, To Read", "bookmarkprivate": "True", "bookmarkrec": "True",
    "bookmarksummary": "Read <em>again</em>.",
}  # fmt: skip
NO_BOOKMARK = {
    "bookmarked": "False", "bookmarktags": "", "bookmarkprivate": "False", "bookmarkrec": "False", "bookmarksummary": "",
}  # fmt: skip


@pytest.fixture
def long_work(run):
    work = make_work(
        by=UserFactory(username="marisol_v"), title="The Lamp", rating="Explicit", warnings=("Major Character Death",),
        summary="Of lamps.", expected_chapters=None, series="The Lamps", tags={"character": ["Ines Calder"]},
        text="<p>The first lamp was lit.</p>",
    )  # fmt: skip
    add_chapter(work, title="The Boat", text="<p>The second lamp was lit.</p>")
    return work


def test_a_one_shot(run, live_server):
    work = make_work(by=UserFactory(username="ines_c"), title="The Lamp", text="<p>One lamp was lit.</p>")

    book = run("fanficfare", SCRIPT, "", "", f"{live_server.url}/works/{work.pk}")

    assert book["chapters"] == 1, book["said"]
    assert "One lamp was lit." in "".join(book["parts"].values())


def test_a_work_of_chapters(run, live_server, long_work):
    book = run("fanficfare", SCRIPT, "", "", f"{live_server.url}/works/{long_work.pk}")
    whole = "".join(book["parts"].values())

    assert book["chapters"] == 2, book["said"]
    for words in ("The first lamp", "The second lamp", "marisol_v", "Ines Calder", "The Lamps", "Major Character Death"):
        assert words in whole


def test_the_works_of_a_series_are_listed_in_their_order(run, live_server, long_work):
    author = long_work.pseuds.first().user
    second = make_work(by=author, series="The Lamps")
    series = Series.objects.get()

    listed = run("fanficfare", SCRIPT, "", "", "--list", f"{live_server.url}/series/{series.pk}")

    found = [line for line in listed["said"].splitlines() if "/works/" in line]
    assert [line.rpartition("/works/")[2] for line in found] == [str(long_work.pk), str(second.pk)]


def test_a_restricted_work_after_logging_in(run, live_server):
    reader = UserFactory(password=PASSWORD)
    work = make_work(is_restricted=True, text="<p>For members alone.</p>")

    book = run("fanficfare", SCRIPT, reader.username, PASSWORD, f"{live_server.url}/works/{work.pk}")

    assert book["chapters"] == 1, book["said"]
    assert "For members alone." in "".join(book["parts"].values())


def test_a_restricted_work_with_an_app_password(run, live_server):
    reader = UserFactory(password=PASSWORD)
    work = make_work(is_restricted=True, text="<p>For members alone.</p>")

    book = run("fanficfare", SCRIPT, reader.username, secret_of(reader), f"{live_server.url}/works/{work.pk}")

    assert book["chapters"] == 1, book["said"]
    assert "For members alone." in "".join(book["parts"].values())


def test_our_own_book_gains_exactly_the_new_chapter(run, long_work, client, tmp_path):
    (tmp_path / "book.epub").write_bytes(asked(client.get(names.download_address(long_work, "epub"), YES)).whole)
    first, author = long_work.chapters.in_order().first(), long_work.pseuds.get().user
    writing.edit_chapter(first, chapter_entry("<p>These are other words now.</p>"), version=1, by=author)
    add_chapter(long_work, title="The Tide", text="<p>The third lamp was lit.</p>")

    book = run("fanficfare", SCRIPT, "", "", "-u", "book.epub")

    assert book["chapters"] == 3, book["said"]
    whole = "".join(book["parts"].values())
    assert "The first lamp" in whole  # it was there already, and was not asked for again
    assert "These are other words" not in whole
    assert "The third lamp" in whole


@pytest.mark.parametrize("is_bookmarked", [True, False])
def test_a_reader_who_is_always_logged_in_has_their_bookmark_read(run, live_server, is_bookmarked):
    reader = UserFactory(password=PASSWORD)
    work = make_work(title="The Lamp", text="<p>One lamp was lit.</p>")
    if is_bookmarked:
        keep(work, by=reader, notes="Read <em>again</em>.", tags=["To Read", "Lamps"], is_private=True, is_rec=True)

    options = ("-o", "always_login=true", "--json-meta", f"{live_server.url}/works/{work.pk}")
    book = run("fanficfare", SCRIPT, reader.username, PASSWORD, *options)

    assert book["chapters"] == 1, book["said"]
    said = json.loads(book["said"][book["said"].index("{") : book["said"].rindex("}") + 1])
    assert {name: said.get(name, "") for name in BOOKMARK} == (BOOKMARK if is_bookmarked else NO_BOOKMARK)
