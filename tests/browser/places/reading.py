"""The pages on which works are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from archive.transfer.taking import names
from tests.browser.places.ways import Place, at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from archive.works.models import Work
    from tests.browser.places.planting import Archive


def reading(work: Work) -> str:
    """Answer the address of a whole work for somebody who agrees to its advisory for this once."""
    return f"{work.get_absolute_url()}?view_adult=true&view_full_work=true"


def second_chapter(archive: Archive) -> str:
    """Answer the address of a chapter that has others around it."""
    return f"{archive.chaptered.chapters.last().get_absolute_url()}?view_adult=true"


def fold_passages(page: Page, archive: Archive) -> None:
    """Read a work with its marked passages folded."""
    page.goto(reading(archive.work))
    page.locator(".passage-fold > summary").first.click()


def open_reading_tools(page: Page, archive: Archive) -> None:
    """Open the menu over a text, where letters are as large as they get."""
    page.goto("/preferences/reading")
    page.context.add_cookies([{"name": "reading", "value": "size:200.face:plain.edges:even", "url": page.url}])
    page.goto(reading(archive.work))
    page.locator(".reading-tools summary").click()


def wait_in_vain(page: Page, archive: Archive) -> None:
    """Order a PDF that cannot be made. The page of one that is being made is the same, but looks again by itself."""
    address = f"{names.download_address(archive.work, 'pdf')}?view_adult=true"
    page.goto(address)
    ordered = DBTaskResult.objects.filter(task_path__endswith="make_file").latest("enqueued_at")
    cache.set(f"file:{archive.work.pk}:{ordered.args_kwargs['args'][1]}", "failed")
    page.goto(address)


READING = [
    at("advisory", lambda archive: archive.work.get_absolute_url()),
    at("advisory of a chapter", lambda archive: archive.chaptered.chapters.last().get_absolute_url()),
    at("work", lambda archive: reading(archive.work)),
    Place("work, passages folded", fold_passages),
    Place("work, reading tools", open_reading_tools),
    at("chapter", second_chapter),
    at("entire work", lambda archive: reading(archive.chaptered)),
    at("kept advisory", lambda archive: f"{archive.work.get_absolute_url()}/offline"),
    at("kept text", lambda archive: f"{archive.chaptered.get_absolute_url()}/offline/text?view_adult=true"),
    at("kept works", "/offline"),
    at("share", lambda archive: f"{archive.chaptered.get_absolute_url()}/share"),
    at("chapter index", lambda archive: f"{archive.chaptered.get_absolute_url()}/navigate"),
    at("advisory before a file", lambda archive: names.download_address(archive.work, "epub")),
    at("advisories before a series", lambda archive: names.series_address(archive.work.series_entries.get().series, "epub")),
    Place("file that could not be made", wait_in_vain, status=202),
]


def as_guest(_archive: Archive) -> None:
    """Nobody logs in."""
