"""Twenty tags wrangled with the hands off the mouse; and what the scripts of a bin give besides."""

import pytest
from playwright.sync_api import expect

from archive.tags.models import Status, Tag, WranglingAct
from tests.browser import steps
from tests.browser.conftest import PHONE
from tests.browser.test_keyboard import follow, is_focused, press, tab_to, take_suggestion
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.tags.wrangled import canonical, named, names

pytestmark = pytest.mark.browser

TWENTY = [f"Keeper {number:02}" for number in range(1, 21)]


@pytest.fixture
def wrangler(db):
    """Somebody who keeps the tags of a fandom in order."""
    return UserFactory(username="nell_wick", is_wrangler=True)


@pytest.fixture
def page(open_context, log_in, wrangler):
    """A wrangler's page, in an archive where twenty characters and one more wait."""
    fandom = canonical(steps.FANDOM, "fandom")
    wrangler.wrangler_assignments.create(fandom=fandom)
    make_work(tags={"character": [*TWENTY, "The Lamp"]})
    context = open_context()
    log_in(context, wrangler)
    return context.new_page()


def box(page, name):
    return page.get_by_role("checkbox", name=name, exact=True)


def open_bin(page):
    """Go from the first page to the characters that wait in the fandom."""
    page.goto("/")
    tab_to(page, page.locator("summary", has_text="nell_wick"))
    page.keyboard.press("Enter")
    follow(page, page.get_by_role("link", name="Wrangle", exact=True))
    follow(page, page.get_by_role("list").get_by_role("link", name="21 Characters").first)


def tick(page, wanted):
    """Walk down the bin with the arrows and tick these tags with the space bar; then Enter leads on."""
    tab_to(page, page.get_by_role("checkbox", name="Tick all on this page"))
    for name in wanted:
        while not is_focused(box(page, name)):
            press(page, "ArrowDown")
        page.keyboard.press("Space")
    press(page, "Enter")


def test_twenty_tags_are_wrangled_by_keyboard(page):
    open_bin(page)
    tick(page, TWENTY[:10])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_contain_text("10 tags were changed.")

    tick(page, TWENTY[10:])
    take_suggestion(page, "Merge the ticked tags into", "keeper 01", "Keeper 01")
    follow(page, page.get_by_role("button", name="Merge", exact=True))
    expect(page.locator(".flash")).to_contain_text("10 tags were changed.")

    assert [named(name).status for name in TWENTY] == [Status.CANONICAL] * 10 + [Status.SYNONYM] * 10
    assert names(named("Keeper 01").synonyms) == TWENTY[10:]


def test_a_tag_is_merged_sorted_and_undone_by_keyboard(page):
    open_bin(page)
    follow(page, page.get_by_role("link", name="Edit The Lamp"))
    radios = page.get_by_role("group", name="What it is").get_by_role("radio")
    tab_to(page, radios.first)
    press(page, "ArrowDown")
    take_suggestion(page, "Belongs to fandoms", "light", steps.FANDOM)
    follow(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.locator(".flash")).to_contain_text("Your changes are kept.")
    wrangled = (named("The Lamp").status, names(named("The Lamp").parents))

    follow(page, page.get_by_role("button", name="Undo").first)

    expect(page.locator(".flash")).to_contain_text("Undone:")
    assert wrangled == (Status.CANONICAL, [steps.FANDOM])
    assert WranglingAct.objects.filter(undone_at__isnull=False).count() == 1


def test_enter_in_a_field_does_not_make_the_ticked_tags_canonical(open_context, log_in, page, wrangler):
    context = open_context(java_script_enabled=False)
    log_in(context, wrangler)
    plain = context.new_page()
    plain.goto("/wrangling/tags?kind=character")
    box(plain, "Keeper 01").check()
    plain.get_by_label("Merge the ticked tags into").fill("The Lamp")

    with plain.expect_navigation():
        plain.keyboard.press("Enter")

    assert named("Keeper 01").synonym_of == named("The Lamp")


def test_a_range_is_ticked_with_shift_and_all_with_one_box(page):
    page.goto("/wrangling/tags?kind=character&sort=name")
    box(page, "Keeper 03").click()
    box(page, "Keeper 07").click(modifiers=["Shift"])
    expect(page.locator(".tag-bin :checked")).to_have_count(5)

    page.get_by_role("checkbox", name="Tick all on this page").check()

    expect(page.locator(".tag-bin :checked")).to_have_count(21)


def test_on_a_phone_the_way_to_the_acts_stays_in_sight(page):
    page.set_viewport_size(PHONE)
    page.goto("/wrangling/tags?kind=character")
    box(page, "Keeper 02").check()

    page.get_by_role("link", name="To what can be done").click()

    expect(page.get_by_role("button", name="Make canonical")).to_be_in_viewport()
    assert not Tag.objects.filter(is_canonical=True, kind="character").exists()
