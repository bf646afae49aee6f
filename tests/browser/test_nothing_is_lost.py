"""T1 of the house's list of faults: the archive killed while somebody types, the session gone, the laptop shut, two tabs.

Real processes and a browser with a profile on the disk, all of them killed with -9. At most five seconds of typing may be
lost, and nothing of what the archive has acknowledged.
"""

import re
import time
from urllib.parse import parse_qs

import psutil
import pytest
from django.conf import settings
from playwright.sync_api import Error, expect

from tests.browser.conftest import ARGUMENTS, PATIENCE, chromium
from tests.ops.test_up import SECONDS_TO_START, beside, up

pytestmark = pytest.mark.browser

MOST_LOST = 5.0  # seconds of typing
NUMBER = re.compile(r"\d+")


def open_form(page):
    """Open the form of a new work, and wait until the editor lies over its text."""
    page.goto("/works/new")
    page.locator("rich-text[data-profile=chapter][data-open]").wait_for()


class Writer:
    """Somebody who types numbers, one after the other, and remembers when; and what the archive has acknowledged of it."""

    def __init__(self, page):
        self.page, self.count, self.typed_at, self.acknowledged = page, 0, [], []
        page.on("response", self.hear)

    def hear(self, response):
        if response.request.method == "POST" and response.url.endswith("/unsent") and response.ok:
            self.acknowledged.append(parse_qs(response.request.post_data).get("text", [""])[0])

    def type(self):
        self.page.get_by_role("textbox", name="Text", exact=True).press_sequentially(f"{self.count} ")
        self.typed_at.append(time.monotonic())
        self.count += 1

    def seconds_lost(self, text, *, end):
        """Answer from how long before the end something is missing; what is there has to be whole."""
        there = numbers_in(text)
        return end - self.typed_at[there] if there < self.count else 0.0


def numbers_in(text):
    """Answer up to which number a text goes. All before it are there, in order; the last may be half typed."""
    numbers = [int(number) for number in NUMBER.findall(text)]
    whole = numbers[:-1] if numbers and numbers[-1] != len(numbers) - 1 else numbers
    assert whole == list(range(len(whole)))
    return len(whole)


def type_for(seconds, *writers):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for writer in writers:
            writer.type()
            writer.page.wait_for_timeout(50)


@pytest.fixture
def open_profile(browser, tmp_path):
    """Open a browser with the same profile again and again, as after a crash."""
    opened = []

    def open_one(address, session=""):
        address = address.replace("127.0.0.1", "localhost")  # the one host that a browser of the tests finds
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium(), args=ARGUMENTS, base_url=address, locale="en-GB"
        )
        context.set_default_timeout(2 * PATIENCE)
        if session:
            context.add_cookies([{
                "name": settings.SESSION_COOKIE_NAME, "value": session, "url": address, "expires": time.time() + 10_000,
            }])  # fmt: skip
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        try:
            context.close()
        except Error:
            continue


def shut_laptop(tmp_path):
    """Kill every process of the browser with this profile."""
    for process in psutil.process_iter(["cmdline"]):
        if any(str(tmp_path / "profile") in part for part in process.info["cmdline"] or []):
            process.kill()


def texts_taken_back(page, count):
    """Take back what is offered, one after the other, and answer the texts."""
    page.goto("/works/new")
    expect(page.get_by_role("link", name="Take it back")).to_have_count(count)
    found = []
    for number in range(count):
        page.goto("/works/new")
        page.get_by_role("link", name="Take it back").nth(number).click()
        page.wait_for_load_state()
        found.append(page.locator("textarea[name=text]").input_value())
    return found


def test_two_tabs_while_the_archive_and_then_the_browser_are_killed(open_profile, tmp_path):
    data = tmp_path / "var"
    with up(data) as running:
        running.wait_until_well(SECONDS_TO_START)
        [facts] = beside(data, "found", "1")
        context = open_profile(running.address, facts["session"])
        writers = [Writer(context.new_page()) for _ in range(2)]
        for number, writer in enumerate(writers):
            open_form(writer.page)
            writer.page.get_by_label("Title", exact=True).fill(f"Tab {number}")
        type_for(6, *writers)
        running.process.kill()
    type_for(4, *writers)
    expect(writers[0].page.get_by_text("kept in this browser")).to_be_visible()
    type_for(3, *writers)
    end = time.monotonic()
    shut_laptop(tmp_path)

    with up(data, port=int(running.address.rpartition(":")[2])) as again:
        again.wait_until_well(SECONDS_TO_START)
        # A browser that is killed soon has not written its cookies down: its owner logs in again.
        page = open_profile(again.address, facts["session"]).new_page()
        page.goto("/")
        expect(page.get_by_text("could not reach the archive before")).to_be_visible()
        texts = sorted(texts_taken_back(page, 2), key=len)
        page.context.close()

    pairs = [min(((writer, text) for text in texts), key=lambda pair: pair[0].seconds_lost(pair[1], end=end)) for writer in writers]
    print("seconds of typing lost:", [round(writer.seconds_lost(text, end=end), 1) for writer, text in pairs])
    for writer, text in pairs:
        assert writer.seconds_lost(text, end=end) <= MOST_LOST
        assert writer.acknowledged
        assert max(map(numbers_in, writer.acknowledged)) <= numbers_in(text)


def test_the_session_is_gone_and_the_same_page_goes_on_after_a_log_in_elsewhere(open_profile, tmp_path):
    data = tmp_path / "var"
    with up(data) as running:
        running.wait_until_well(SECONDS_TO_START)
        [facts] = beside(data, "found", "1")
        context = open_profile(running.address, facts["session"])
        writer = Writer(context.new_page())
        open_form(writer.page)
        type_for(3, writer)
        beside(data, "forget_sessions")
        type_for(4, writer)
        expect(writer.page.get_by_text("You are no longer logged in. What you type is kept in this browser")).to_be_visible()

        # As a log-in in another tab does it: another session, another token.
        session = beside(data, "let_in", str(facts["author"]))
        expires = time.time() + 10_000
        context.add_cookies([
            {"name": name, "value": value, "url": writer.page.evaluate("location.origin"), "expires": expires}
            for name, value in ((settings.SESSION_COOKIE_NAME, session), ("csrftoken", "n" * 32))
        ])  # fmt: skip
        type_for(3, writer)
        expect(writer.page.get_by_text("Kept at")).to_be_visible()
        writer.page.get_by_role("button", name="Keep as draft").click()
        expect(writer.page.get_by_text("Kept as a draft.")).to_be_visible()
        kept = beside(data, "texts")

    assert writer.count in [numbers_in(text) for text in kept["saved"] if text.startswith("<p>0 1 2")]
    assert kept["unsent"] == []
