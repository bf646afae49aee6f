"""What `bench` measures, and that it changes nothing by measuring."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse

from archive.ops import starting
from archive.ops.benching import (
    bringing,
    choosing,
    driving,
    files,
    indexing,
    measuring,
    processes,
    searching,
    starts,
    tables,
    writing,
)
from archive.ops.benching.choosing import Bar, Page
from archive.ops.benching.measuring import Measured
from archive.ops.seeding import sowing
from archive.search.index import building
from archive.search.index.documents import Told
from archive.works import revising


def measured(page: Page, *, times: float = 3, queries: int = 5, compressed: int = 1_000) -> Measured:
    return Measured(page, p50=times, p95=2 * times, bare_p50=1, queries=queries, size=9_000, compressed=compressed)


@pytest.fixture
def seeded(db: None) -> Iterator[None]:  # the fixture is what makes a database
    """Some works, and a connection that outlives a request, as Django's own test client has it."""
    sowing.sow(60, seed=3, words=sowing.Words.SHORT, until=datetime(2026, 1, 1, tzinfo=UTC))
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.usefixtures("seeded")
def test_every_page_is_measured_and_nothing_is_changed() -> None:
    before = rows()

    with choosing.member_session() as cookie:
        pages = choosing.pages(member=cookie)
        results = measuring.measure(driving.Driver(), pages, bare=choosing.bare_address(), repeat=2)

    assert [result.page for result in results] == pages
    assert all(0 < result.p50 <= result.p95 and result.queries > 0 and 0 < result.compressed < result.size for result in results)
    assert rows() == before


@pytest.mark.usefixtures("seeded")
def test_the_members_pages_are_those_of_somebody_logged_in() -> None:
    driver = driving.Driver()

    with choosing.member_session() as cookie:
        inside, outside = driver.get("/", cookie=cookie), driver.get("/")

    assert (b"logged-in" in inside.body, b"logged-in" in outside.body) == (True, False)


@pytest.mark.usefixtures("seeded")
def test_the_bare_page_shows_the_text_of_the_measured_work_and_is_nowhere_else(client: Client) -> None:
    bare, work = choosing.bare_address(), choosing.nearest_work(asks=False)

    page = driving.Driver().get(bare)

    html = apps.get_model("archive", "ChapterText").objects.get(chapter__work=work).html
    assert html in page.body.decode()
    assert client.get(bare).status_code == 404


@pytest.mark.usefixtures("seeded")
def test_a_page_that_fails_is_not_measured() -> None:
    with pytest.raises(driving.PageFailed, match="/works/999999999"):
        driving.Driver().get("/works/999999999")


@pytest.mark.django_db
def test_an_empty_archive_is_not_measured() -> None:
    with pytest.raises(choosing.NothingToMeasure):
        choosing.pages(member="")


@pytest.mark.parametrize(
    ("result", "short"),
    [
        (measured(Page("a", "/"), times=99), []),
        (measured(Page("a", "/", Bar(4, 8)), times=4), []),
        (measured(Page("a", "/", Bar(4, 8)), times=4.1), ["over 4 times bare"]),
        (measured(Page("a", "/", Bar(4, 4))), ["over 4 queries"]),
        (measured(Page("a", "/", Bar(4, 8, 1_024)), compressed=1_025), ["over 1 KB"]),
        (measured(Page("a", "/", alike="b")), ["5 queries, not 6"]),
    ],
)
def test_a_page_is_told_which_bars_it_misses(result: Measured, short: list[str]) -> None:
    assert result.falls_short({"b": 6}) == short


def test_percentiles_are_milliseconds() -> None:
    assert measuring.percentile([0.001, 0.002, 0.003], 50) == pytest.approx(2)


def test_results_as_json_carry_the_ratio() -> None:
    assert '"ratio": 3.0' in tables.as_json([measured(Page("a", "/"))])


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux says who holds a lock")
def test_the_memory_of_the_up_that_holds_the_lock_is_measured(tmp_path: Path) -> None:
    with starting.only_one(tmp_path):
        found = processes.archive_processes(tmp_path)

    [own] = [process for process in found if process.number == os.getpid()]
    assert own.memory > 1_000_000


def test_without_up_there_is_no_memory_to_measure(tmp_path: Path) -> None:
    with pytest.raises(processes.NotUp):
        processes.archive_processes(tmp_path)


def test_nobody_serves_at_a_free_port() -> None:
    assert not starts.serves(starts.free_port())


@pytest.mark.usefixtures("seeded", "index_folder")
def test_what_search_is_measured_by_is_answered_and_put_to_arrays_too() -> None:
    building.build()
    asked = searching.questions()

    results = measuring.measure(driving.Driver(), [one.page for one in asked], bare=choosing.bare_address(), repeat=2)

    assert [result.page.name for result in results] == [one.page.name for one in asked]
    assert sum(bool(one.wanted) for one in asked) == len(asked) - 2


@pytest.mark.usefixtures("seeded")
def test_an_index_is_made_with_fewer_words_and_gone() -> None:
    bare, worded = (indexing.made(told) for told in (Told.NO_WORDS, Told.ALL_BUT_TEXTS))

    assert (bare.works, bare.works_a_second > 0, bare.bytes_for_a_work < worded.bytes_for_a_work) == (60, True, True)


@pytest.mark.django_db
def test_files_are_read_and_nothing_is_changed() -> None:
    before = rows()

    found = bringing.brought(2, words=300)

    assert (found.works, found.words, found.works_a_second > 0) == (2, 600, True)
    assert rows() == before


@pytest.mark.usefixtures("seeded")
def test_files_are_measured_and_the_long_work_is_gone(settings, tmp_path, monkeypatch):
    settings.FILES_FOLDER = tmp_path / "files"
    monkeypatch.setattr(files, "CHAPTERS", 2)
    monkeypatch.setattr(files, "WORDS", 400)
    monkeypatch.setattr(files, "TRIES", 1)
    before = rows()

    found = files.measured(driving.Driver(), 2)

    assert [one.name.split(",")[0] for one in found] == ["EPUB of 5", *["EPUB of 180"] * 3, "PDF of 180"]
    assert rows() == before
    assert len(list(settings.FILES_FOLDER.rglob("*.*"))) == 1


@pytest.mark.usefixtures("seeded")
def test_measuring_what_writing_costs_leaves_nothing_behind() -> None:
    before = rows()

    with writing.writer() as somebody:
        address = reverse("chapter_edit", args=somebody.parts)
        sent = {"text": writing.with_others("One two three four."), "text_version": "1", "action": "save"}
        driving.Driver().post(address, sent, cookie=somebody.cookie, expects=302)
        assert revising.version_now(somebody.chapter) == 2

    changed = {model for model, count in rows().items() if count != before[model]}
    assert changed <= {"archive.SearchChange"}  # the log that the index follows
