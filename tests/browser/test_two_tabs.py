import pytest
from playwright.sync_api import expect

from archive.works.texts import ChapterText
from tests.browser import steps
from tests.factories.works import make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def tabs(open_context, log_in, author):
    """One work, open for editing in two tabs, with plain fields: none of this needs a script."""
    work = make_work(by=author, text="<p>As it was.</p>")
    context = open_context(java_script_enabled=False)
    log_in(context, author)
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(f"{work.get_absolute_url()}/edit")
    return first, second


def save(tab, text):
    """Write a text and send it."""
    steps.write(tab, text)
    tab.get_by_role("button", name="Save").click()


def collide(first, second, *, in_first, in_second):
    """Save in one tab, and then in the other one, which knows nothing of it."""
    second.context.watch.expect(409)
    save(first, in_first)
    expect(first.locator(".flash")).to_contain_text("Your changes are kept.")
    save(second, in_second)
    expect(second.get_by_role("heading", name="Put both together")).to_be_visible()


def test_saving_over_a_newer_text_shows_both(tabs):
    first, second = tabs
    collide(first, second, in_first="From the first tab.", in_second="From the second tab.")

    second.get_by_text("Both texts whole").click()

    expect(second.get_by_label("Text: kept now")).to_have_value("From the first tab.")
    expect(second.get_by_label("Text: yours")).to_have_value("From the second tab.")
    assert ChapterText.objects.get().source == "From the first tab."


def test_after_a_look_at_both_the_writer_decides(tabs):
    first, second = tabs
    collide(first, second, in_first="From the first tab.", in_second="From the second tab.")

    second.get_by_role("button", name="Save").click()

    expect(second.get_by_role("status").filter(has_text="kept.")).to_contain_text("Your changes are kept.")
    assert ChapterText.objects.get().source == "From the second tab."


def test_both_are_put_together_passage_by_passage(tabs):
    first, second = tabs
    collide(
        first, second,
        in_first="<p>As it was.</p>\n<p>A new end.</p>", in_second="<p>As it should be.</p>",
    )  # fmt: skip
    second.get_by_role("group", name="Passage 1 of 2").get_by_role("radio", name="Yours").check()

    second.get_by_role("button", name="Put together as chosen").click()

    expect(second.get_by_text("Nothing is saved yet")).to_be_visible()
    expect(second.locator("textarea[name=text]")).to_have_value("<p>As it should be.</p>\n<p>A new end.</p>")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Your changes are kept.")).to_be_visible()
    assert ChapterText.objects.get().source == "<p>As it should be.</p>\n<p>A new end.</p>"
