"""The great journey with the hands off the mouse: Tab, Enter, Space and the arrows alone."""

import re

import pytest
from playwright.sync_api import expect

from archive.works.models import Work
from tests.browser import steps
from tests.browser.keys import follow, is_focused, press, tab_to
from tests.factories.works import make_work

pytestmark = pytest.mark.browser


def write(page, label, text):
    """Go to a field and type."""
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def test_the_first_tab_is_the_way_past_the_masthead(page):
    page.goto("/works")

    press(page, "Tab")

    assert is_focused(page.get_by_role("link", name="Skip to the content"))
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_sign_up_by_keyboard(page):
    page.goto("/")
    follow(page, page.get_by_role("link", name="Sign up", exact=True))
    write(page, "User name", "heron_marsh")
    write(page, "E-mail address", "heron@example.com")
    write(page, re.compile("^Password"), steps.PASSWORD)
    write(page, "The same password again", steps.PASSWORD)
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    follow(page, page.get_by_role("button", name="Make my account"))

    page.goto(steps.link_in_mail())
    follow(page, page.get_by_role("button", name="Yes, confirm it"))

    expect(page.locator("summary", has_text="heron_marsh")).to_be_visible()


def choose(page, group, wanted):
    """Walk down a group of radio buttons with the arrows."""
    radios = page.get_by_role("group", name=group).get_by_role("radio")
    tab_to(page, radios.first)
    page.keyboard.press("Space")
    while not page.get_by_role("radio", name=wanted).is_checked():
        press(page, "ArrowDown")


def take_suggestion(page, label, typed, wanted):
    """Type into a tag field, and take what it offers with the arrow and Enter."""
    tab_to(page, page.get_by_role("combobox", name=label))
    page.keyboard.type(typed)
    expect(page.get_by_role("option", name=wanted, exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Remove {wanted}")).to_be_visible()


def test_post_by_keyboard(open_context, log_in, author):
    make_work(title="Earlier Than This", fandoms=(steps.FANDOM,))
    context = open_context()
    log_in(context, author)
    page = context.new_page()
    page.goto("/")

    follow(page, page.get_by_role("link", name="Post", exact=True))
    choose(page, re.compile("^Rating"), re.compile("^Mature"))
    tab_to(page, page.get_by_role("checkbox", name=re.compile("^Major Character Death")))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Title", exact=True))
    page.keyboard.type("Hands Off")
    take_suggestion(page, re.compile("^Fandoms"), "light", steps.FANDOM)
    tab_to(page, page.get_by_label(re.compile("^Language")))
    page.keyboard.type("Engl")
    write(page, re.compile("^Text"), steps.WORDS)
    follow(page, page.get_by_role("button", name="Post", exact=True))

    expect(page.locator(".flash")).to_contain_text("Your work is posted.")
    assert Work.objects.get(title="Hands Off").published_at is not None


def test_read_past_an_advisory_by_keyboard(page, author):
    work = make_work(by=author, title="Hands Off", rating="Mature", warnings=("Major Character Death",))
    page.goto("/")
    follow(page, page.locator(f"#work_{work.pk} h4 a").first)

    follow(page, page.get_by_role("button", name="Go on to the text"))

    expect(page.get_by_text(steps.WORDS)).to_be_visible()


def test_the_advisory_is_one_tab_behind_the_skip_link(page, author):
    work = make_work(by=author, rating="Mature", warnings=("Major Character Death",))
    page.goto(work.get_absolute_url())
    press(page, "Tab")
    page.keyboard.press("Enter")

    press(page, "Tab")

    assert page.evaluate("document.activeElement.closest('.advisory') !== null")


def test_log_out_by_keyboard(open_context, log_in, author):
    context = open_context()
    log_in(context, author)
    page = context.new_page()
    page.goto("/")
    tab_to(page, page.locator("summary", has_text=author.username))
    page.keyboard.press("Enter")

    follow(page, page.get_by_role("button", name="Log out"))

    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()


def test_escape_closes_a_menu_and_goes_back_to_its_button(page):
    page.goto("/")
    button = page.locator("summary", has_text="Light and dark")
    tab_to(page, button)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Dark", exact=True))

    page.keyboard.press("Escape")

    assert is_focused(button)
    expect(page.get_by_role("button", name="Dark", exact=True)).to_be_hidden()


def test_a_theme_by_keyboard(page):
    page.goto("/")
    tab_to(page, page.locator("summary", has_text="Light and dark"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Dark", exact=True))

    with page.expect_response("**/theme"):
        page.keyboard.press("Enter")

    page.goto("/works")
    assert page.locator("html").get_attribute("data-theme") == "dark"
