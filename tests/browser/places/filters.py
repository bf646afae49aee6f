"""Pages of filters, for guests and for members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.places.planting import LONG_TAG, Archive
from tests.browser.places.ways import open_details

if TYPE_CHECKING:
    from playwright.sync_api import Page


EVERY_FILTER = (
    "/works?work_search[other_tag_names]=Ines+Calder&work_search[excluded_tag_names]=" + LONG_TAG
    + "&work_search[words_from]=1&work_search[complete]=T&work_search[language_id]=en"
)  # fmt: skip
WRONG_FILTER = "/works?work_search[query]=(&work_search[words_from]=few&work_search[date_to]=soon&work_search[hits]=many"


def filter_works(page: Page, _archive: Archive) -> None:
    """Open the drawer of filters with all that it holds, where much is active."""
    page.goto(EVERY_FILTER)
    open_details(page, ".filter-drawer, .filter-group, .filter-save")


def look_at_filters(page: Page, _archive: Archive) -> None:
    """Look at the filters that one keeps, with the ways to change them."""
    page.goto("/filters")
    open_details(page, ".filter-list details")


def keep_a_filter(page: Page, _archive: Archive) -> None:
    """Come from a list to where the filter that is active there is given a name."""
    page.goto(EVERY_FILTER)
    open_details(page, ".filter-drawer, .filter-save")
    page.goto(page.locator(".filter-save a").first.get_attribute("href") or "")


def rename_wrongly(page: Page, archive: Archive) -> None:
    """Give a filter no name."""
    look_at_filters(page, archive)
    page.locator(".filter-list input[name=name]").first.evaluate("field => { field.required = false; field.value = ' ' }")
    page.get_by_role("button", name="Rename").first.click()
    page.locator(".field-errors").wait_for()
