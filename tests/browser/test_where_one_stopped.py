"""Coming back to a text: the place is kept, offered, and gone to only when somebody asks for it."""

import re
import time

import pytest
from playwright.sync_api import expect

from archive.reading.models import Reading
from tests.browser.conftest import PATIENCE
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work

pytestmark = pytest.mark.browser

LONG = "".join(
    f"<p>Number {number}: the lamp was lit before the ship was seen, and nobody spoke of it again.</p>" for number in range(90)
)
NEAR = 60  # pixels
# What the keyboard scrolls glides to its end: true once nothing has moved for a while.
RESTS = """() => {
  const [place, since] = window.rested ?? [];
  if (place !== scrollY) window.rested = [scrollY, Date.now()];
  return place === scrollY && Date.now() - since > 600;
}"""


@pytest.fixture
def work(author):
    work = make_work(by=author, expected_chapters=None, text=LONG)
    add_chapter(work, text=LONG)
    return work


def read_on(page, work, *, pages=3):
    """Read the second chapter by the keyboard, leave, and answer how far that was."""
    page.goto(work.chapters.get(position=2).get_absolute_url())
    for _ in range(pages):
        before = page.evaluate("scrollY")
        page.keyboard.press("PageDown")
        page.wait_for_function("before => scrollY > before", arg=before)
    page.wait_for_function(RESTS)
    reached = page.evaluate("scrollY")
    with page.expect_event("load"):
        page.goto("/about")
    return reached


def kept_percent():
    """Wait until the archive has been told, which happens while the page goes away, and answer how far."""
    deadline = time.monotonic() + PATIENCE / 1_000
    while not (percent := Reading.objects.get().percent) and time.monotonic() < deadline:
        time.sleep(0.05)
    return percent


def test_a_member_goes_on_at_another_device(open_context, log_in, work):
    member = UserFactory()
    first, second = open_context(), open_context()
    log_in(first, member)
    log_in(second, member)
    reached = read_on(first.new_page(), work)
    percent = kept_percent()

    page = second.new_page()
    page.goto(work.get_absolute_url())
    expect(page.locator(".reading-place-line")).to_contain_text(f"You stopped in chapter 2, at {percent} %.")
    assert page.evaluate("scrollY") == 0
    page.get_by_role("link", name="Go on there").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("chapters/.*#stopped-here"))

    page.wait_for_function("([reached, near]) => Math.abs(scrollY - reached) < near", arg=[reached, NEAR])
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert abs(focused) < NEAR * 2
    expect(page.locator(".reading-place-line")).to_be_hidden()


def test_a_guests_place_stays_in_their_browser(open_context, work):
    context = open_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
    reached = read_on(page, work)

    page.goto(work.chapters.get(position=2).get_absolute_url())
    expect(page.locator(".reading-place-line")).to_be_visible()
    assert page.evaluate("scrollY") == 0
    page.get_by_role("link", name="Go on there").click()

    page.wait_for_function("([reached, near]) => Math.abs(scrollY - reached) < near", arg=[reached, NEAR])
    assert (asked, context.cookies(), Reading.objects.count()) == ([], [], 0)


def test_a_place_that_could_not_be_sent_is_sent_the_next_time(open_context, log_in, work):
    context = open_context()
    log_in(context, UserFactory())
    page = context.new_page()
    context.route("**/stop", lambda route: route.fulfill(status=503))
    context.watch.expect(503)
    page.goto(work.chapters.get(position=2).get_absolute_url())
    page.keyboard.press("End")
    page.wait_for_function("() => scrollY > 500")
    with page.expect_response("**/stop"):
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    before = Reading.objects.get().percent
    context.unroute("**/stop")

    page.goto(work.get_absolute_url())

    # It leaves the browser when the archive has said that it has it.
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('place:'))")
    assert (before, kept_percent() > 0) == (0, True)
