"""A chapter of full length opens in the editor while one waits for it. `-s` prints what it took."""

import pytest

from archive.works.models import TEXT_LENGTH
from tests.factories.works import make_draft

pytestmark = pytest.mark.browser

PARAGRAPH = "<p>Number {}: the <em>lamp</em> was lit before the <strong>ship</strong> was seen, and nobody spoke.</p>\n"
LONGEST = 2.0  # seconds of the page's own time; what else runs on the machine does not count


def test_a_chapter_of_full_length_opens_in_two_seconds(open_context, log_in, author):
    text = "".join(PARAGRAPH.format(number) for number in range(TEXT_LENGTH // len(PARAGRAPH) - 10))
    work = make_draft(by=author, text=text)
    context = open_context()
    log_in(context, author)
    context.route("**/auto-save*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page = context.new_page()
    page.goto("/about")
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    page.goto(f"/works/{work.pk}/edit", wait_until="commit")
    page.locator("rich-text[data-open]").first.wait_for(timeout=60_000)
    page.get_by_role("textbox", name="Text").click()
    page.keyboard.type("x")

    took = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    print(f"{len(text):,} characters opened in {took['TaskDuration']:.2f} s, {took['LayoutDuration']:.2f} s of it laying out")
    assert len(text) > 0.95 * TEXT_LENGTH
    assert took["TaskDuration"] < LONGEST
