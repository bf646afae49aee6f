"""Old stories and files, on their way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.transfer.bringing import keeping as taking_in
from archive.transfer.bringing import working
from tests.browser.places.planting import LONG, LONG_TAG, Archive
from tests.browser.places.ways import Place, at
from tests.transfer.downloads import NEWEST, Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from archive.transfer.bringing.models import Batch

OLD_STORY = f"""Title: A Long Watch
Fandom: Harbour Lights
Pairing: Ines/Tom
Rating: NC-17
Warnings: torture, non-con, {LONG}
Genre: {LONG[:100]}
A/N: {LONG}

Ines Calder came down to the water. {LONG}
"""


def read_old_story(page: Page, _archive: Archive) -> None:
    """Begin with an old story whose header proposes much, and look at what was taken for it."""
    page.goto("/works/new?import=true")
    page.get_by_label("Paste it here").fill(OLD_STORY)
    page.get_by_role("button", name="Read it").click()
    page.locator(".found-header > summary").click()


def read_nothing(page: Page, _archive: Archive) -> None:
    """Begin with an old story that is not there."""
    page.goto("/works/new?import=true")
    page.get_by_role("button", name="Read it").click()
    page.locator(".form-errors").wait_for()


def bring_nothing(page: Page, _archive: Archive) -> None:
    """Send no file."""
    page.goto("/works/import")
    with page.expect_navigation():
        page.get_by_role("button", name="Read the files").click()


def bring_files(page: Page, _archive: Archive) -> None:
    """Send files that no worker reads."""
    page.goto("/works/import")
    page.get_by_label("Your files").set_input_files({"name": f"{LONG[:200]}.txt", "mimeType": "text/plain", "buffer": b"A text."})
    with page.expect_navigation():
        page.get_by_role("button", name="Read the files").click()


def read_files(archive: Archive) -> Batch:
    """Answer a batch with a draft that is ready, one that lacks something, a work that is known, and a file that failed."""
    html = NEWEST.html(Story(title=LONG[:255], freeforms=(LONG_TAG, "half * done")))
    files = {
        f"{LONG[:200]}.html": html,
        "again.html": html,
        "old.txt": f"Title: Eel\nRating: NC-17\nNotes: {LONG}\n\nA text.",
        "a.pdf": "%PDF-",
    }
    sent = [SimpleUploadedFile(name, content.encode()) for name, content in files.items()]
    batch = taking_in.keep(sent, by=archive.author)
    while working.work_on(batch.pk):
        pass
    return batch


BRINGING = [
    at("old story", "/works/new?import=true"),
    Place("old story, refused", read_nothing, status=422),
    Place("old story, read", read_old_story),
    at("files", "/works/import"),
    Place("files, refused", bring_nothing, status=422),
    Place("files, waiting", bring_files),
    Place("files, read", lambda page, archive: page.goto(read_files(archive).get_absolute_url())),
    Place("files, posting", lambda page, archive: page.goto(reverse("batch_posting", args=[read_files(archive).pk]))),
]
