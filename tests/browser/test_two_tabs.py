import pytest
from playwright.sync_api import expect

from archive.works.texts import ChapterText
from tests.factories.works import make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def tabs(open_context, log_in, author):
    """One work, open for editing in two tabs."""
    work = make_work(by=author, text="<p>As it was.</p>")
    context = open_context()
    log_in(context, author)
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto(f"{work.get_absolute_url()}/edit")
    return first, second


def save(tab, text):
    """Write a text and send it."""
    tab.locator("textarea[name=text]").fill(text)
    tab.get_by_role("button", name="Save").click()


def test_saving_over_a_newer_text_shows_both(tabs):
    first, second = tabs
    second.context.watch.expect(409)
    save(first, "From the first tab.")
    expect(first.get_by_role("status")).to_contain_text("Your changes are kept.")

    save(second, "From the second tab.")

    expect(second.get_by_label("Text: kept now")).to_have_value("From the first tab.")
    expect(second.get_by_label("Text: yours")).to_have_value("From the second tab.")
    assert ChapterText.objects.get().source == "From the first tab."


def test_after_a_look_at_both_the_writer_decides(tabs):
    first, second = tabs
    second.context.watch.expect(409)
    save(first, "From the first tab.")
    expect(first.get_by_role("status")).to_contain_text("Your changes are kept.")
    save(second, "From the second tab.")
    expect(second.get_by_label("Text: yours")).to_be_visible()

    second.get_by_role("button", name="Save").click()

    expect(second.get_by_role("status")).to_contain_text("Your changes are kept.")
    assert ChapterText.objects.get().source == "From the second tab."
