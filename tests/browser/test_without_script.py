"""The journeys with JavaScript off: nothing of reading, posting or choosing needs it."""

import re

import pytest
from playwright.sync_api import expect

from archive.works.models import Work
from tests.browser import steps
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_context):
    """A guest's page without scripts."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture
def warned(author):
    """A work that nobody may read unwarned."""
    return make_work(by=author, title="What the Tide Leaves", rating="Mature", warnings=("Major Character Death",))


def test_log_in_and_post(page):
    UserFactory(username="heron_marsh", password=steps.PASSWORD)
    page.goto("/users/login")
    page.get_by_label("User name or e-mail address").fill("heron_marsh")
    page.get_by_label("Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Post", exact=True).click()

    steps.fill_work(page, title="Plainly", fandom=f"{steps.FANDOM}, Another Fandom")
    page.get_by_label(re.compile("^Characters")).fill("Ines Calder, Old Tom")
    page.get_by_role("button", name="Post", exact=True).click()

    expect(page.locator(".flash")).to_contain_text("Your work is posted.")
    assert {tag.name for tag in Work.objects.get().tags.all()} == {
        "Mature", "Major Character Death", steps.FANDOM, "Another Fandom", "Ines Calder", "Old Tom",
    }  # fmt: skip


@pytest.mark.usefixtures("warned")
def test_read_past_an_advisory(page):
    page.goto("/")
    page.get_by_role("link", name="What the Tide Leaves").click()
    expect(page.locator(".advisory-said dt")).to_have_text(["Rated Mature", "Major Character Death"])

    steps.agree(page)

    expect(page.get_by_text(steps.WORDS)).to_be_visible()


@pytest.mark.usefixtures("warned")
def test_leave_out_what_one_does_not_want_to_meet(page):
    make_work(title="Nobody Comes To Harm")
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="How I am warned").click()
    row = page.get_by_role("group", name="Major Character Death")
    row.get_by_text("Leave out").click()
    page.get_by_role("button", name="Save").click()

    page.goto("/works")

    expect(page.locator(".blurb h4 > a:first-child")).to_have_text(["Nobody Comes To Harm"])


def test_just_show_the_header(page, warned):
    page.goto("/preferences/warnings")
    for name in ("Mature", "Major Character Death"):
        page.get_by_role("group", name=name).get_by_text("Just show me").click()
    page.get_by_role("button", name="Save").click()

    page.goto(warned.get_absolute_url())

    expect(page.get_by_text(steps.WORDS)).to_be_visible()
    expect(page.locator(".work-header summary")).to_contain_text("Major Character Death")


def test_a_theme_stays(page):
    page.goto("/works")
    page.locator("summary", has_text="Light and dark").click()
    page.get_by_role("button", name="Sepia").click()

    page.goto("/")

    assert page.locator("html").get_attribute("data-theme") == "sepia"


def test_the_menu_of_a_phone_opens(open_context):
    page = open_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto("/")

    page.locator("summary", has_text="Menu").click()

    expect(page.get_by_role("link", name="Fandoms", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()
