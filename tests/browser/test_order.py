"""Putting rows in order: with a mouse, a finger, the keyboard, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.factories.works import add_chapter, make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def work(author):
    work = make_work(by=author, expected_chapters=None)
    for title in ("Second", "Third"):
        add_chapter(work, title=title)
    return work


@pytest.fixture
def order(open_context, log_in, author, work):
    """Open the page on which chapters are ordered."""

    def order(**options):
        context = open_context(**options)
        log_in(context, author)
        page = context.new_page()
        page.goto(f"{work.get_absolute_url()}/chapters/manage")
        return page

    return order


def kept(page, work):
    """Send the order, and answer the titles as they are kept."""
    page.get_by_role("button", name="Keep this order").click()
    expect(page.get_by_role("status").first).to_contain_text("in their new order")
    return list(work.chapters.in_order().values_list("title", flat=True))


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_by_keyboard(order, work):
    page = order()
    handle = page.get_by_role("button", name="Move Third")
    handle.focus()

    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("Third is now number 2 of 3.")).to_have_role("status")
    page.keyboard.press("Home")
    expect(page.get_by_text("Third is now number 1 of 3.")).to_have_role("status")
    expect(handle).to_be_focused()

    assert kept(page, work) == ["Third", "", "Second"]


def test_by_drag(order, work):
    page = order()
    page.mouse.move(*middle(page.get_by_role("button", name="Move Chapter 1")))
    page.mouse.down()
    page.mouse.move(*middle(page.get_by_role("button", name="Move Second")), steps=5)
    x, y = middle(page.get_by_role("button", name="Move Third"))
    page.mouse.move(x, y + 20, steps=5)
    page.mouse.up()

    assert kept(page, work) == ["Second", "Third", ""]


def test_by_finger(order, work):
    page = order(viewport=PHONE, has_touch=True, is_mobile=True)
    x, y = middle(page.get_by_role("button", name="Move Third"))
    goal = middle(page.get_by_role("button", name="Move Chapter 1"))[1] - 20
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 11):
        point = {"x": x, "y": y + (goal - y) * part / 10}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    assert kept(page, work) == ["Third", "", "Second"]


def test_a_typed_number_moves_the_row_at_once(order, work):
    page = order()
    page.get_by_label("Number").nth(2).fill("1")
    page.get_by_label("Number").nth(2).blur()

    expect(page.locator("row-order .title").first).to_have_text("Third")
    assert kept(page, work) == ["Third", "", "Second"]


def test_without_scripts(order, work):
    page = order(java_script_enabled=False)
    expect(page.get_by_role("button", name="Move Third")).to_have_count(0)
    page.get_by_label("Number").nth(2).fill("1")

    assert kept(page, work) == ["Third", "", "Second"]
