"""Coming from elsewhere with files: from the form to posted works, with scripts and without."""

import pytest
from playwright.sync_api import expect

from archive.transfer.bringing import working
from archive.transfer.bringing.models import Batch
from archive.works.models import Work
from tests.transfer.downloads import NEWEST, Story
from tests.transfer.packing import ao3_epub

pytestmark = pytest.mark.browser

HTML = {"name": "eel.html", "mimeType": "text/html", "buffer": NEWEST.html().encode()}
EPUB = {"name": "fog.epub", "mimeType": "application/epub+zip", "buffer": ao3_epub(NEWEST, Story(number=2, title="Fog"))}
BARE = {"name": "bare.txt", "mimeType": "text/plain", "buffer": b"The lamp was lit before the ship was seen."}


def work_on():
    """Do what the worker does."""
    while working.work_on(Batch.objects.get().pk):
        pass


def send(page):
    """Choose three files and send them."""
    page.goto("/works/new")
    page.get_by_role("link", name="Bring them along").click()
    page.get_by_label("Your files").set_input_files([HTML, EPUB, BARE])
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("status").first).to_contain_text("3 of 3 files are still to be done.")


def post_what_is_ready(page):
    """Look at the drafts that are ready and post them."""
    page.get_by_role("link", name="Look at the 2 drafts that are ready, and post").click()
    expect(page.get_by_text("Major Character Death")).to_have_count(2)
    page.get_by_role("button", name="Post all that are ticked").click()
    expect(page.get_by_text("2 works are being posted.")).to_be_visible()
    work_on()


def test_files_become_works(open_context, log_in, author):
    context = open_context()
    log_in(context, author)
    page = context.new_page()
    send(page)
    work_on()

    expect(page.get_by_text("All files are read.")).to_be_visible()  # the page looks by itself
    expect(page.get_by_text("Still missing: title, language, Rating, Archive Warning, Fandom")).to_be_visible()
    post_what_is_ready(page)

    expect(page.get_by_text("All files are read.")).to_be_visible()
    assert sorted(Work.objects.published().values_list("title", flat=True)) == ["Fog", "The Eel Catcher’s Daughter"]


def test_files_become_works_without_scripts(open_context, log_in, author):
    context = open_context(java_script_enabled=False)
    log_in(context, author)
    page = context.new_page()
    send(page)
    work_on()
    page.get_by_role("link", name="See how far it is now").click()
    post_what_is_ready(page)

    page.get_by_role("link", name="See how far it is now").click()

    expect(page.get_by_text("All files are read.")).to_be_visible()
    assert Work.objects.published().count() == 2
