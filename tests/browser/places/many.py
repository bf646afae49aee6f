"""Many works at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser import steps
from tests.browser.places.planting import LONG, Archive
from tests.browser.places.ways import Place, at, of_author

if TYPE_CHECKING:
    from playwright.sync_api import Page


def tick_all(page: Page, archive: Archive) -> None:
    """Choose all works of the author."""
    page.goto(of_author("works_many")(archive))
    page.get_by_label("All on this page").check()


def edit_many(page: Page, archive: Archive) -> None:
    """Begin to edit all works."""
    tick_all(page, archive)
    page.get_by_role("button", name="Edit").click()
    page.locator("summary", has_text="Which these are").click()


def edit_many_to_nothing(page: Page, archive: Archive) -> None:
    """Edit all works without saying how."""
    edit_many(page, archive)
    page.get_by_role("button", name="Look at what will change").click()
    page.locator(".form-errors").wait_for()


def look_at_many(page: Page, archive: Archive) -> None:
    """Look at what an edit would do to all works, some of which would lose their last fandom."""
    edit_many(page, archive)
    page.get_by_label("Language").select_option("de")
    page.get_by_role("combobox", name=re.compile("^Add: Additional Tags")).fill(f"{LONG[:140]},")
    page.get_by_role("combobox", name=re.compile("^Take away: Fandoms")).fill(f"{steps.FANDOM},")
    page.get_by_role("button", name="Look at what will change").click()
    page.get_by_role("heading", name="What will change").wait_for()


def delete_many(page: Page, archive: Archive) -> None:
    """Be asked whether all works shall go."""
    tick_all(page, archive)
    with page.expect_navigation():
        page.get_by_role("button", name="Delete").click()


def change_many(page: Page, archive: Archive) -> None:
    """Edit all works, and put them back at once, so that the other places find them as they were."""
    look_at_many(page, archive)
    page.get_by_role("button", name=re.compile("^Change ")).click()
    page.get_by_role("button", name="Undo").click()
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Edited")).first.click()


MANY = [
    at("many works", of_author("works_many")),
    Place("many works, editing", edit_many),
    Place("many works, refused", edit_many_to_nothing, status=422),
    Place("many works, what will change", look_at_many),
    Place("many works, deleting", delete_many),
    Place("many works, changed", change_many),
]
