"""Two people write together, on a phone, without scripts, by keyboard; one of them lets go of it."""

import re

import pytest
from playwright.sync_api import expect

from archive.people.models import GiftsFrom
from archive.works.models import Work
from tests.browser import steps
from tests.browser.conftest import PHONE
from tests.browser.keys import follow, tab_to
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def people(db):
    """Somebody who writes, and somebody who lets others ask and give."""
    heron = UserFactory(username="heron_marsh", password=steps.PASSWORD)
    kettle = UserFactory(username="quiet_kettle", can_be_invited=True, takes_gifts_from=GiftsFrom.EVERYBODY)
    return heron, kettle


def names_under(work):
    return [maker.byline for maker in Work.objects.for_pages().get(pk=work.pk).makers]


def test_write_together_and_let_go_on_a_phone_without_scripts(open_context, log_in, people):
    heron, kettle = people
    work = make_work(by=heron, title="What the Tide Leaves")
    heron_context, kettle_context = (open_context(java_script_enabled=False, viewport=PHONE) for _person in people)
    log_in(heron_context, heron)
    log_in(kettle_context, kettle)
    hers, theirs = heron_context.new_page(), kettle_context.new_page()

    hers.goto(f"/works/{work.pk}/edit")
    hers.get_by_role("link", name="Co-authors and invitations").click()
    hers.get_by_label("Whom to ask").fill("quiet_kettle")
    hers.get_by_role("button", name="Ask", exact=True).click()
    expect(hers.get_by_text("Asked, and not answered yet")).to_be_visible()
    theirs.goto("/")
    expect(theirs.locator("summary .menu-count")).to_contain_text("1")
    theirs.locator("summary", has_text="quiet_kettle").click()
    theirs.get_by_role("link", name="Requests").click()
    theirs.get_by_role("button", name="Yes, put my name there").click()
    expect(theirs.get_by_text("Your name stands under it now.")).to_be_visible()
    assert names_under(work) == ["heron_marsh", "quiet_kettle"]

    hers.goto(f"/works/{work.pk}/delete")
    hers.get_by_role("link", name="orphan it").click()
    hers.get_by_role("radio", name=re.compile("^Take it off")).check()
    hers.get_by_role("checkbox", name="I know that this cannot be undone").check()
    hers.get_by_role("button", name="Orphan them").click()
    expect(hers.get_by_text("1 work is no longer yours.")).to_be_visible()
    assert names_under(work) == ["orphan_account", "quiet_kettle"]


def test_take_a_gift_by_keyboard(open_context, log_in, people):
    heron, kettle = people
    work = make_work(by=heron, title="What the Tide Leaves")
    context = open_context(viewport=PHONE)
    log_in(context, heron)
    page = context.new_page()
    page.goto(f"/works/{work.pk}/edit")
    tab_to(page, page.get_by_role("combobox", name=re.compile("^A gift for")))
    page.keyboard.type("quiet")
    expect(page.get_by_role("option", name="quiet_kettle")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Your changes are kept.")).to_be_visible()

    context = open_context(viewport=PHONE)
    log_in(context, kettle)
    page = context.new_page()
    page.goto("/users/quiet_kettle/requests")
    follow(page, page.get_by_role("button", name="Yes, it may name me"))

    expect(page.get_by_text("The work says now that it is for you.")).to_be_visible()
    page.goto(work.get_absolute_url())
    expect(page.locator("ul.associations")).to_contain_text("For quiet_kettle.")
