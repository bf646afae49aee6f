import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from archive.works.models import Work
from tests.browser import steps
from tests.factories.works import make_work

pytestmark = pytest.mark.browser


@pytest.fixture
def known_fandom():
    """A work that is there already, so that its fandom is offered."""
    return make_work(title="Earlier Than This", fandoms=(steps.FANDOM,))


def sign_up(page):
    page.goto("/")
    page.get_by_role("navigation", name="Archive").get_by_role("link", name="Sign up").click()
    page.get_by_label("User name").fill("heron_marsh")
    page.get_by_label("E-mail address").fill("heron@example.com")
    page.get_by_label("Password", exact=True).fill(steps.PASSWORD)
    page.get_by_label("The same password again").fill(steps.PASSWORD)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")


def confirm(page):
    page.goto(steps.link_in_mail())
    page.get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_text("heron_marsh").first).to_be_visible()


def log_out(page):
    page.locator("summary", has_text="heron_marsh").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


def log_in(page):
    page.get_by_role("link", name="Log in").first.click()
    page.get_by_label("User name or e-mail address").fill("heron_marsh")
    page.get_by_label("Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("summary", has_text="heron_marsh")).to_be_visible()


def post(page):
    page.get_by_role("link", name="Post", exact=True).click()
    page.get_by_role("radio", name=re.compile("^Mature")).check()
    page.get_by_role("checkbox", name=re.compile("^Major Character Death")).check()
    page.get_by_label("Title", exact=True).fill("What the Tide Leaves")
    steps.choose_from_list(page.get_by_role("combobox", name=re.compile("^Fandoms")), "light", steps.FANDOM)
    characters = page.get_by_role("combobox", name=re.compile("^Characters"))
    characters.press_sequentially("Ines Calder, Old Tom,")
    page.get_by_label(re.compile("^Language")).select_option(label="English")
    steps.write(page, f"{steps.WORDS}\n\n***\n\nNobody came.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".flash")).to_contain_text("Your work is posted.")


@pytest.mark.usefixtures("known_fandom")
def test_sign_up_confirm_log_in_and_post(page):
    sign_up(page)
    confirm(page)
    log_out(page)
    log_in(page)
    post(page)

    work = Work.objects.get(title="What the Tide Leaves")
    assert {tag.name for tag in work.tags.all()} == {
        "Mature", "Major Character Death", steps.FANDOM, "Ines Calder", "Old Tom",
    }  # fmt: skip
    expect(page.locator("#chapters p")).to_have_text([steps.WORDS, "Nobody came."])
    assert [message.to for message in mail.outbox] == [["heron@example.com"]]


@pytest.fixture
def warned(author):
    """A work that nobody may read unwarned."""
    return make_work(by=author, title="What the Tide Leaves", rating="Mature", warnings=("Major Character Death",))


@pytest.mark.usefixtures("warned")
def test_a_guest_meets_the_advisory_before_the_text(page):
    page.goto("/works")
    page.get_by_role("link", name="What the Tide Leaves").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What the Tide Leaves")
    expect(page.locator(".advisory-said dt")).to_have_text(["Rated Mature", "Major Character Death"])
    page.wait_for_load_state()
    assert steps.WORDS not in page.content()
    steps.agree(page)
    expect(page.get_by_text(steps.WORDS)).to_be_visible()


def test_consent_is_remembered(page, warned):
    page.goto(warned.get_absolute_url())
    steps.agree(page)
    expect(page.get_by_text(steps.WORDS)).to_be_visible()

    page.goto("/works")
    page.get_by_role("link", name="What the Tide Leaves").click()

    expect(page.get_by_text(steps.WORDS)).to_be_visible()


def test_whoever_does_not_want_to_be_asked_again_is_not(page, warned, author):
    other = make_work(by=author, rating="Mature", warnings=("Major Character Death",), text="<p>Another text.</p>")
    page.goto(warned.get_absolute_url())
    page.get_by_role("checkbox", name=re.compile("^Do not ask me again about Mature, Major Character Death")).check()
    steps.agree(page)

    page.goto(other.get_absolute_url())

    expect(page.get_by_text("Another text.")).to_be_visible()


def test_going_back_leads_to_where_the_reader_came_from(page, warned):
    page.goto("/")
    page.locator(f"#work_{warned.pk} h4 a").first.click()

    page.get_by_role("link", name="Go back").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The Harbour Archive")


def test_what_misses_is_said_beside_its_field(open_context, log_in, author):
    context = open_context()
    context.watch.expect(422)
    log_in(context, author)
    page = context.new_page()
    page.goto("/works/new")
    page.get_by_label("Title", exact=True).fill("Half a Work")
    steps.write(page, steps.WORDS)

    page.get_by_role("button", name="Post", exact=True).click()

    expect(page.locator("fieldset.has-errors > legend")).to_have_text(["Rating", "Archive Warnings"])
    expect(page.locator("textarea[name=text]")).to_have_value(steps.WORDS)
    assert not Work.objects.exists()
