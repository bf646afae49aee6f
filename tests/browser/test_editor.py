"""Writing a chapter in the editor: by hand, by keys, by tools, on a phone; and what is pasted into it."""

import re

import pytest
from playwright.sync_api import expect

from archive.text import cleaning, markdown
from archive.text.cleaning import Profile
from tests.browser import faults
from tests.browser.conftest import PHONE
from tests.browser.keys import is_focused
from tests.factories.works import make_draft
from tests.text.rows import rows

pytestmark = pytest.mark.browser

PASTE = """html => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "plain");
  const words = document.querySelector(".ProseMirror");
  words.focus();
  words.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def clean(source):
    return str(cleaning.clean(source, profile=Profile.CHAPTER, site="https://archive.example"))


def squished(html):
    """The HTML with one kind of space, as readers see it."""
    return re.sub(r"\s+", " ", html.replace("&nbsp;", " ")).replace(" </p>", "</p>")


@pytest.fixture
def write(open_context, log_in, author):
    """Open the editor over a draft that holds a text; answers the page."""

    def write(text="<p>The lamp was lit.</p>", **options):
        work = make_draft(by=author, text=text)
        context = open_context(**options)
        log_in(context, author)
        # What is typed here is kept nowhere: the last of it would come while the rows of the test are taken away.
        context.route("**/auto-save*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
        page = context.new_page()
        page.goto(f"/works/{work.pk}/edit")
        page.locator("rich-text[data-open]").first.wait_for()
        return page

    return write


def words(page):
    return page.get_by_role("textbox", name=re.compile("^Text"))


def field(page):
    return page.locator("textarea[name=text]")


def test_what_is_typed_stands_in_the_field_as_html(write):
    page = write()

    words(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Then **loud** and *soft* words.")
    page.keyboard.press("Enter")
    page.keyboard.type("~*~")
    page.keyboard.press("Enter")
    page.keyboard.type("> Said.")

    expect(field(page)).to_have_value(
        "<p>The lamp was lit. Then <strong>loud</strong> and <em>soft</em> words.</p>\n<hr>\n"
        "<blockquote>\n<p>Said.</p>\n</blockquote>"
    )


def test_who_types_before_the_editor_is_there_goes_on_behind_what_they_typed(open_context, log_in, author):
    work = make_draft(by=author, text="<p>The lamp was lit.</p>")
    context = open_context()
    log_in(context, author)
    held = []
    context.route("**/works/formatted", lambda route: held.append(route) if not held else route.continue_())
    page = context.new_page()
    page.goto(f"/works/{work.pk}/edit")
    field(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("<p>Early")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator("rich-text[data-open]").first.wait_for()
    page.keyboard.type(" and late.")

    expect(words(page)).to_contain_text("Early and late.")


def test_what_is_not_touched_stays_as_it_was_typed(write):
    typed = "One line,\nanother.\n\n***\n\nAnd <b>bold</b>"
    page = write(typed)

    words(page).click()
    page.keyboard.type("x")
    expect(field(page)).not_to_have_value(typed)
    page.keyboard.press("Control+z")

    expect(field(page)).to_have_value(typed)


def test_keys_and_tools_say_what_is_on(write):
    page = write()
    words(page).click()

    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    page.get_by_role("button", name="Italic").click()
    page.get_by_role("button", name="Centred").click()

    expect(page.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    expect(field(page)).to_have_value('<p align="center"><strong><em>The lamp was lit.</em></strong></p>')


def test_the_tools_are_one_stop_and_the_arrows_move_within(write):
    page = write()
    words(page).click()

    page.keyboard.press("Alt+F10")
    assert is_focused(page.get_by_role("button", name="Bold"))
    page.keyboard.press("ArrowRight")
    assert is_focused(page.get_by_role("button", name="Italic"))
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert is_focused(page.get_by_role("button", name="Note before a passage"))
    page.keyboard.press("Escape")

    assert is_focused(words(page))


def test_a_passage_gets_its_note(write):
    page = write("<p>One.</p><p>Two.</p>")
    words(page).get_by_text("Two.").click()

    page.get_by_role("button", name="More tools").click()
    page.get_by_role("button", name="Note before a passage").click()
    page.get_by_role("combobox", name="Warning").select_option("Major Character Death")
    page.get_by_role("dialog").get_by_label("In your own words").fill("The keeper dies")
    page.get_by_role("button", name="Set the note").click()

    expect(field(page)).to_have_value(
        '<p>One.</p>\n<div class="passage" data-warning="Major Character Death" data-note="The keeper dies">\n<p>Two.</p>\n</div>'
    )


def test_find_and_replace(write):
    page = write("<p>The lamp, the Lamp, the <em>lamp</em>.</p>")
    words(page).click()

    page.keyboard.press("Control+f")
    page.get_by_label("Find", exact=True).fill("lamp")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("3 found")
    page.get_by_label("Replace with").fill("light")
    page.get_by_role("button", name="Replace all").click()

    expect(field(page)).to_have_value("<p>The light, the light, the <em>light</em>.</p>")


def test_words_are_counted_by_the_archive_s_rule(write):
    page = write()
    cases = [row for row in rows("wordcount_cases") if "input" in row]

    counted = page.evaluate(
        "async texts => { const { countWords } = await import('/static/js/editor/counting.js'); return texts.map(countWords); }",
        [row["input"] for row in cases],
    )

    assert len(cases) > 10
    assert counted == [row["expected"] for row in cases]


def test_the_html_can_be_written_too(write):
    page = write()

    page.get_by_role("button", name="Show the HTML").click()
    page.get_by_label(re.compile("^Text")).fill("<p>By <i>hand</i>.</p><script>x</script>")
    page.get_by_role("button", name="Show it formatted").click()

    expect(words(page).locator("i")).to_have_text("hand")
    expect(field(page)).to_have_value("<p>By <i>hand</i>.</p><script>x</script>")


def test_what_cannot_be_shown_stays_in_the_field_with_the_reason(write):
    page = write()
    page.context.watch.expect(422)

    page.get_by_role("button", name="Show the HTML").click()
    page.get_by_label(re.compile("^Text")).fill("<div>" * 300)
    page.get_by_role("button", name="Show it formatted").click()

    expect(page.get_by_role("status").filter(has_text="256")).to_be_visible()
    expect(field(page)).to_have_value("<div>" * 300)


def test_markdown_stays_markdown_until_it_is_changed(write):
    typed = markdown.signed("A *soft* word.")
    page = write(typed)
    expect(page.get_by_label(re.compile("^Text"))).to_have_value(typed)

    page.get_by_role("button", name="Show it formatted").click()

    expect(words(page).locator("em")).to_have_text("soft")
    expect(field(page)).to_have_value(typed)


def test_full_screen_lets_go_with_escape(write):
    page = write()
    words(page).click()

    page.keyboard.press("Control+Shift+f")
    box = words(page).bounding_box()
    page.keyboard.press("Escape")

    assert box["y"] < 200
    expect(page.get_by_role("button", name="Full screen")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in rows("pasted")])
def test_what_is_pasted_keeps_what_it_means_and_nothing_else(write, row):
    page = write("")

    page.evaluate(PASTE, row["html"])
    expect(field(page)).not_to_have_value("")

    assert squished(clean(field(page).input_value())) == squished(row["meant"])


def test_the_editor_with_all_its_tools_on_a_phone(write):
    page = write(viewport=PHONE, has_touch=True, bypass_csp=True)

    page.get_by_role("button", name="More tools").tap()
    page.get_by_role("button", name="Find and replace").tap()

    assert faults.barriers(page) + faults.structure(page) + faults.layout(page) == []


def test_a_summary_gets_the_editor_when_asked_for(write):
    page = write()

    summary = page.locator("rich-text", has=page.get_by_label(re.compile("^Summary")))
    summary.get_by_role("button", name="Write this with formatting").click()
    expect(summary).to_have_attribute("data-open", "")  # until then the field itself has the focus
    expect(page.get_by_role("textbox", name=re.compile("^Summary"))).to_be_focused()
    page.keyboard.type("A *soft* one.")

    expect(page.locator("textarea[name=summary]")).to_have_value("<p>A <em>soft</em> one.</p>")
