"""A marked passage, met on a page: folded, read and passed with a mouse or without, with scripts or without."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.keys import press, tab_to
from tests.factories.works import make_work

pytestmark = pytest.mark.browser

DEATH = "Major Character Death"
MARKED = f"""{steps.WORDS}
[warning: {DEATH}]
[what happens: Tom is lost.]
The sea took him.
[end warning]
<a href="https://lamps.example/">Afterwards</a>, it rained."""


@pytest.fixture
def work():
    return make_work(warnings=(DEATH,), text=MARKED)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_passage_is_told_folded_and_passed(open_context, work, has_scripts):
    page = open_context(java_script_enabled=has_scripts).new_page()
    page.goto(f"{work.get_absolute_url()}?view_adult=true")
    fold = page.get_by_role("group", name=f"In this passage: {DEATH}").locator("summary")
    expect(page.get_by_text("The sea took him.")).to_be_visible()
    expect(page.get_by_text("Tom is lost.")).to_be_hidden()

    fold.click()

    expect(page.get_by_text("The sea took him.")).to_be_hidden()
    expect(page.get_by_text("Tom is lost.")).to_be_visible()


def test_who_leaves_it_out_finds_it_folded_and_can_still_read_it(open_context, work):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/preferences/warnings")
    page.get_by_role("group", name=DEATH).get_by_text("Leave out").click()
    page.get_by_role("button", name="Save").click()
    page.goto(work.get_absolute_url())
    steps.agree(page)
    expect(page.get_by_text("The sea took him.")).to_be_hidden()

    page.get_by_text("Fold or show the passage").click()

    expect(page.get_by_text("The sea took him.")).to_be_visible()


def test_with_the_keyboard_the_way_past_leads_to_what_follows(open_context, work):
    page = open_context().new_page()
    page.goto(f"{work.get_absolute_url()}?view_adult=true")
    tab_to(page, page.get_by_role("link", name="Skip past this passage"))

    page.keyboard.press("Enter")
    press(page, "Tab")

    expect(page.get_by_role("link", name="Afterwards")).to_be_focused()
