"""A reader on a phone filters a fandom: without scripts, with them, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from archive.search.index import building
from archive.tags.models import Tag
from tests.browser import steps
from tests.browser.conftest import PHONE
from tests.browser.keys import press, tab_to
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.browser

FANDOM = "Signal Fires"
LONG, SHORT = "<p>" + "lamp " * 300 + "</p>", "<p>A lamp in the fog.</p>"


@pytest.fixture(autouse=True)
def works(index_folder):
    """Works of one fandom, and one of another."""
    author = UserFactory()
    for title, freeforms, text in (
        ("Long fog", ["Fog"], LONG),
        ("Short fog", ["Fog"], SHORT),
        ("Fog and grief", ["Fog", "Grief"], LONG),
        ("Sun", ["Sun"], LONG),
    ):
        make_work(by=author, title=title, fandoms=(FANDOM,), tags={"freeform": freeforms}, text=text)
    make_work(by=author, title="Elsewhere", fandoms=("Night Bus",), tags={"freeform": ["Fog"]})
    Tag.objects.filter(kind__in=["fandom", "freeform"]).update(is_canonical=True)
    building.build()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(open_context, request):
    """A guest's page on a phone, at the works of the fandom."""
    page = open_context(viewport=PHONE, java_script_enabled=request.param).new_page()
    page.goto(Tag.objects.get(name=FANDOM).get_absolute_url())
    return page


def says(page, count, *titles):
    """See that the list says how many works there are, and has these."""
    expect(page.locator(".listing-count")).to_have_text(re.compile(rf"^{count} Works? in {FANDOM}$"))
    expect(page.locator("li.blurb h4 > a:first-child")).to_have_text(list(titles))


def open_drawer(page, *groups):
    """Open the drawer, and kinds of tags in it."""
    page.locator(".filter-drawer > summary").click()
    for group in groups:
        page.locator(".filter-group > summary", has_text=group).click()


def apply(page):
    """Press the button that stays in sight."""
    with page.expect_navigation():
        page.get_by_role("button", name="Sort and Filter").click()


def chips(page):
    """What is said to be active."""
    return page.get_by_role("list", name="Active filters").locator(".filter-chip")


def test_ask_for_a_tag_leave_one_out_and_set_a_range(phone):
    says(phone, 4, "Sun", "Fog and grief", "Short fog", "Long fog")

    open_drawer(phone, "Additional Tags")
    phone.get_by_role("checkbox", name="Fog (3)", exact=True).check()
    phone.get_by_role("checkbox", name="Without Grief").check()
    phone.get_by_label("Word count: from").fill("100")
    apply(phone)

    says(phone, 1, "Long fog")
    expect(chips(phone)).to_have_text([re.compile("Fog"), re.compile("without Grief"), re.compile("100 words or more")])


def test_chips_take_away_one_thing_at_a_time(phone):
    open_drawer(phone, "Additional Tags")
    phone.get_by_role("checkbox", name="Fog (3)", exact=True).check()
    phone.get_by_role("checkbox", name="Without Grief").check()
    apply(phone)
    says(phone, 2, "Short fog", "Long fog")

    phone.get_by_role("link", name="Take away: without Grief").click()
    says(phone, 3, "Fog and grief", "Short fog", "Long fog")
    phone.get_by_role("link", name="Clear all").first.click()

    says(phone, 4, "Sun", "Fog and grief", "Short fog", "Long fog")
    expect(chips(phone)).to_have_count(0)


def test_what_cannot_be_read_is_told_and_stays_in_its_field(phone):
    phone.context.watch.expected = {422}
    open_drawer(phone)
    phone.get_by_label("Word count: from").fill("many")

    apply(phone)

    expect(phone.get_by_role("alert")).to_contain_text("Words from: This is no number.")
    expect(phone.get_by_label("Word count: from")).to_have_value("many")
    expect(phone.get_by_label("Word count: from")).to_be_visible()


def test_tags_that_are_typed_are_left_out(phone):
    open_drawer(phone)
    phone.locator("[id='work_search_excluded_tag_names']").fill("fog, Grief")

    apply(phone)

    says(phone, 1, "Sun")


def test_with_scripts_nothing_is_asked_for_and_left_out_at_once(open_context):
    page = open_context(viewport=PHONE).new_page()
    page.goto("/works")
    open_drawer(page, "Additional Tags")
    page.get_by_role("checkbox", name="Fog (4)", exact=True).check()

    page.get_by_role("checkbox", name="Without Fog").check()

    expect(page.get_by_role("checkbox", name="Fog (4)", exact=True)).not_to_be_checked()


def test_an_address_holds_nothing_that_is_empty(open_context):
    page = open_context(viewport=PHONE).new_page()
    page.goto("/works")
    open_drawer(page)
    page.get_by_label("Word count: to").fill("100")

    apply(page)

    assert page.url.partition("?")[2] == (
        "work_search%5Bsort_column%5D=revised_at&work_search%5Bwords_to%5D=100&commit=Sort+and+Filter"
    )


def test_filter_by_keyboard_alone(open_context):
    page = open_context(viewport=PHONE).new_page()
    page.goto(Tag.objects.get(name=FANDOM).get_absolute_url())

    tab_to(page, page.locator(".filter-drawer > summary"))
    press(page, "Enter")
    tab_to(page, page.locator(".filter-group > summary", has_text="Additional Tags"))
    press(page, "Enter")
    tab_to(page, page.get_by_role("checkbox", name="Fog (3)", exact=True))
    press(page, "Space")
    tab_to(page, page.get_by_role("checkbox", name="Without Grief"))
    press(page, "Space")
    tab_to(page, page.get_by_label("Word count: from"))
    page.keyboard.type("100")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    says(page, 1, "Long fog")


def test_a_fandom_is_found_in_a_long_list_while_one_types(open_context):
    media = Tag.objects.filter(kind="media").first()
    for fandom in Tag.objects.of_kind("fandom"):
        fandom.parents.add(media)
    page = open_context(viewport=PHONE).new_page()
    page.goto(f"/media/{media.path_name}/fandoms")

    page.get_by_label("Find a fandom").fill("fíre")

    expect(page.get_by_role("link", name=FANDOM)).to_be_visible()
    expect(page.get_by_role("link", name="Night Bus")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("1 found")


def test_the_characters_of_the_fandom_one_searches_in_are_offered_first(open_context):
    for _ in range(2):
        make_work(tags={"character": ["Tom Often"]})
    make_work(fandoms=(FANDOM,), tags={"character": ["Tom Seldom"]})
    Tag.objects.filter(kind="character").update(is_canonical=True)
    Tag.objects.get(name="Tom Seldom").parents.add(Tag.objects.get(name=FANDOM))
    building.build()
    page = open_context().new_page()
    page.goto("/works/search")
    steps.choose_from_list(page.get_by_role("combobox", name="Fandoms"), "sig", FANDOM)

    page.get_by_role("combobox", name="Characters").press_sequentially("tom")

    expect(page.locator(".tag-field-list:visible .option")).to_have_text(["Tom Seldom", "Tom Often"])
