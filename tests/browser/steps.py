"""What journeys have in common: the ways people take through the archive's pages, by the words they see there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core import mail
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PASSWORD = "nine lamps in a row"
FANDOM = "The Lighthouse Keepers (TV)"
WORDS = "The lamp was lit before the ship was seen."


def link_in_mail() -> str:
    """Answer the path of the first link of the newest mail."""
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def choose_from_list(field: Locator, typed: str, wanted: str) -> None:
    """Type the beginning of a tag's name, walk down the list that opens, and take the tag."""
    field.press_sequentially(typed)
    option = field.page.get_by_role("option", name=wanted, exact=True)
    expect(option).to_be_visible()
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field.page.get_by_role("button", name=f"Remove {wanted}")).to_be_visible()


def fill_work(page: Page, *, title: str, fandom: str = FANDOM, text: str = WORDS) -> None:
    """Fill in what a work needs, with plain fields where there are no scripts."""
    page.get_by_role("radio", name=re.compile("^Mature")).check()
    page.get_by_role("checkbox", name=re.compile("^Major Character Death")).check()
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label(re.compile("^Fandoms")).fill(fandom)
    page.get_by_label(re.compile("^Language")).select_option(label="English")
    write(page, text)


def write(page: Page, text: str) -> None:
    """Write the text of a chapter into its plain field; where scripts run, that is the view of its HTML."""
    page.wait_for_load_state()  # with it, the scripts are there
    if page.evaluate("customElements.get('rich-text') !== undefined"):
        page.locator("rich-text[data-open] textarea[name=text]").wait_for(state="attached")
        if (show := page.get_by_role("button", name="Show the HTML")).is_visible():
            show.click()
    page.get_by_label(re.compile("^Text")).fill(text)


def agree(page: Page) -> None:
    """Go on past an advisory."""
    page.get_by_role("button", name="Go on to the text").click()
