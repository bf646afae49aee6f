"""How texts are set, in a browser: from the first paint on, at once, in place, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.browser
# Runs before anything of the page is drawn, and writes down what the first tag says at every frame that is.
WATCH = """globalThis.seen = [];
const look = () => {
  if (document.documentElement) seen.push(document.documentElement.dataset.size ?? "");
  requestAnimationFrame(look);
};
requestAnimationFrame(look);"""
LINE = '<p id="p{0}">Line {0}. The lamp was lit before the ship was seen, and after.</p>'
LONG_TEXT = "".join(LINE.format(number) for number in range(120))


@pytest.fixture
def work(author):
    return make_work(by=author, text=LONG_TEXT)


def font_size(page):
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('#chapters .userstuff')).fontSize)")


def choose(page, name):
    """Open the menu and choose something."""
    page.locator(".reading-tools summary").click()
    page.locator("reading-tools").get_by_role("radio", name=name, exact=True).check()


@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_choice_holds_at_once_and_from_the_first_paint_of_the_next_page(open_context, log_in, work, who):
    context = open_context()
    if who == "member":
        log_in(context, UserFactory())
    page = context.new_page()
    page.goto(work.get_absolute_url())
    before = font_size(page)
    with page.expect_response("**/preferences/reading"):
        choose(page, "160%")
    assert font_size(page) == pytest.approx(before * 1.6)

    page.add_init_script(WATCH)
    page.reload()

    assert font_size(page) == pytest.approx(before * 1.6)
    assert set(page.evaluate("seen")) == {"160"}


def test_the_line_that_one_reads_stays_where_it_is(page, work):
    page.goto(work.get_absolute_url())
    page.locator(".reading-tools summary").click()
    line = page.locator("#chapters p", has_text="Line 60.")
    line.evaluate("line => scrollBy(0, line.getBoundingClientRect().top - 40)")

    page.locator("reading-tools").get_by_role("radio", name="135%", exact=True).evaluate("radio => radio.click()")

    page.wait_for_function("() => document.documentElement.dataset.size === '135'")
    assert line.bounding_box()["y"] == pytest.approx(40, abs=40)


def test_without_scripts_a_choice_is_sent_and_one_comes_back(open_context, work):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(work.get_absolute_url())
    choose(page, "Sans")
    page.locator("reading-tools").get_by_role("button", name="Keep it so").click()

    expect(page.locator("html")).to_have_attribute("data-face", "sans")
    assert page.url.endswith(work.get_absolute_url())


def test_no_choice_makes_a_page_wider_than_a_small_phone(open_context, live_server, work):
    context = open_context(viewport={"width": 320, "height": 600})
    page = context.new_page()
    kept = "size:200.leading:double.width:full.edges:even"
    context.add_cookies([{"name": "reading", "value": kept, "url": live_server.url}])
    page.goto(work.get_absolute_url())

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("html").get_attribute("data-size") == "200"


def test_paper_is_set_as_the_archive_has_it(open_context, work):
    page = open_context(viewport=PHONE).new_page()
    page.goto(work.get_absolute_url())
    choose(page, "200%")
    page.emulate_media(media="print")

    assert font_size(page) == pytest.approx(11.5 * 96 / 72, abs=0.01)


def test_the_menu_says_what_holds_after_going_back_and_changes_nothing_else(page, work):
    page.goto(work.get_absolute_url())
    page.goto("/preferences/reading")
    with page.expect_response("**/preferences/reading"):
        page.get_by_role("radio", name="160%", exact=True).check()

    page.go_back()
    with page.expect_response("**/preferences/reading"):
        choose(page, "Sans")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-face", "sans")
    expect(page.locator("html")).to_have_attribute("data-size", "160")


def test_all_choices_of_the_theme_on_a_page_say_the_same(page):
    page.goto("/preferences/reading")
    menu = page.locator("header.masthead")
    menu.locator("summary", has_text="Light and dark").click()
    with page.expect_response("**/theme"):
        menu.get_by_role("button", name="Sepia").click()

    expect(page.get_by_role("radio", name="Sepia")).to_be_checked()
    with page.expect_response("**/preferences/reading"):
        page.get_by_role("radio", name="Dark").check()
    expect(menu.locator("button[name=theme][aria-pressed=true]")).to_have_attribute("value", "dark")
