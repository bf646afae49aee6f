"""Nothing typed is lost: kept while it is typed, and offered back afterwards, whatever ended the writing."""

import re

import pytest
from playwright.sync_api import expect

from archive.works.texts import Autosave
from tests.browser import steps

pytestmark = pytest.mark.browser


@pytest.fixture
def writer(open_context, log_in, author):
    """A browser in which the author is logged in."""
    context = open_context()
    log_in(context, author)
    return context


def write(page, text):
    steps.write(page, text)


def take_back(page):
    page.get_by_role("link", name="Take it back").click()


def test_what_was_typed_is_offered_back_after_the_page_was_closed(writer):
    page = writer.new_page()
    page.goto("/works/new")
    page.get_by_role("radio", name=re.compile("^Mature")).check()
    page.get_by_role("combobox", name="Fandoms").fill("Harbour Lights,")
    write(page, "Typed, and never sent.")
    expect(page.get_by_text("Kept at")).to_be_visible()
    page.close()

    page = writer.new_page()
    page.goto("/works/new")
    expect(page.get_by_role("heading", name="You have unsaved writing")).to_be_visible()
    take_back(page)

    expect(page.locator("textarea[name=text]")).to_have_value("Typed, and never sent.")
    expect(page.get_by_role("radio", name=re.compile("^Mature"))).to_be_checked()
    expect(page.get_by_role("button", name="Remove Harbour Lights")).to_be_visible()
    assert Autosave.objects.count() == 1


def test_it_can_be_thrown_away(writer):
    page = writer.new_page()
    page.goto("/works/new")
    write(page, "Typed, and not needed.")
    expect(page.get_by_text("Kept at")).to_be_visible()
    page.goto("/works/new")

    page.get_by_role("button", name="Throw it away").click()

    expect(page.get_by_text("Thrown away.")).to_be_visible()
    expect(page.get_by_role("heading", name="You have unsaved writing")).to_have_count(0)
