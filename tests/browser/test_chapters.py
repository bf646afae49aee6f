"""Reading a work of several chapters, and being asked again where a later one brings something new."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.factories.works import add_chapter, make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def work(author):
    """Three chapters, each with words of its own."""
    work = make_work(
        by=author, title="A Long Watch", rating="Mature", warnings=("Major Character Death",), text="<p>The first watch.</p>",
        expected_chapters=None,
    )  # fmt: skip
    add_chapter(work, text="<p>The middle watch.</p>", title="Midnight")
    add_chapter(work, text="<p>The morning watch.</p>", title="Dawn")
    return work


def reads(page, *texts):
    """See that these paragraphs are read on this page, which may still be on its way."""
    expect(page.locator("#chapters .userstuff p")).to_have_text(list(texts))


def test_from_chapter_to_chapter(page, work):
    page.goto(work.get_absolute_url())
    steps.agree(page)
    reads(page, "The first watch.")

    below = page.get_by_role("navigation", name="From chapter to chapter")
    below.get_by_role("link", name="Next Chapter").click()
    reads(page, "The middle watch.")

    below.get_by_role("link", name="Previous Chapter").click()
    reads(page, "The first watch.")


def test_the_chapter_index_leads_to_a_chapter(page, work):
    page.goto(work.get_absolute_url())
    steps.agree(page)
    page.get_by_text("Chapter Index").click()
    page.get_by_role("link", name="Full-page index").click()

    page.get_by_role("link", name="3. Dawn").click()

    reads(page, "The morning watch.")


def test_the_entire_work_is_one_page(page, work):
    page.goto(work.get_absolute_url())
    steps.agree(page)

    page.get_by_role("link", name="Entire Work").click()

    reads(page, "The first watch.", "The middle watch.", "The morning watch.")


def test_a_new_warning_in_a_later_chapter_asks_again(page, work):
    page.goto(work.get_absolute_url())
    steps.agree(page)
    later = add_chapter(work, text="<p>The last watch.</p>", warnings=["Graphic Depictions Of Violence"])

    page.goto(later.get_absolute_url())

    expect(page.locator(".advisory-said dt")).to_have_text(
        ["Rated Mature", "Major Character Death", "Graphic Depictions Of Violence", "In this chapter"]
    )
    assert "The last watch." not in page.content()
    steps.agree(page)
    reads(page, "The last watch.")


def test_that_there_are_warnings_but_not_which_until_asked(page, work):
    page.goto("/preferences/warnings")
    page.get_by_role("checkbox", name="Tell me that there are warnings, but not which, until I ask").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/works")
    assert "Major Character Death" not in page.content()

    page.goto(work.get_absolute_url())

    expect(page.locator(".advisory-said dt")).to_have_text(["Rated Mature", "This work has warnings"])
    assert "Major Character Death" not in page.content()
    page.get_by_role("link", name="Show which").click()
    expect(page.locator(".advisory-said dt")).to_have_text(["Rated Mature", "Major Character Death"])
