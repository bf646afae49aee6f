"""Forms of pages that are drawn once and shown to many."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from archive.community.models import Bookmark
from tests.factories.people import UserFactory
from tests.factories.works import make_work

pytestmark = pytest.mark.django_db


def page_for(user, work):
    """A browser that sends no form without the token that its page holds, and the page of a work in it."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser, LexborHTMLParser(browser.get(work.get_absolute_url()).content.decode())


def sent(browser, form):
    fields = {field.attributes["name"]: field.attributes.get("value") or "" for field in form.css("input[type=hidden], textarea")}
    return browser.post(form.attributes["action"], fields).status_code


@pytest.mark.parametrize("selector", ["#bookmark-form", ".mark form", "form[data-href]"])
def test_each_page_has_the_token_of_its_own_reader(selector):
    work = make_work()
    page_for(UserFactory(), work)

    browser, page = page_for(UserFactory(), work)

    assert sent(browser, page.css_first(selector)) == 302


def test_each_reader_has_their_own_names_and_addresses():
    works, readers = [make_work(), make_work()], [UserFactory(), UserFactory()]

    pages = [page_for(reader, work)[1] for reader, work in zip(readers, works, strict=True)]

    assert [page.css_first(".who").text() for page in pages] == [reader.username for reader in readers]
    assert [page.css_first("#bookmark-form").attributes["action"] for page in pages] == [
        f"/works/{work.pk}/bookmarks" for work in works
    ]
    assert [page.css_first("keep-offline").attributes["data-work"] for page in pages] == [str(work.pk) for work in works]


def test_a_bookmark_is_in_the_form_of_its_owner_alone():
    work, owner, other = make_work(), UserFactory(), UserFactory()
    browser, page = page_for(owner, work)
    sent(browser, page.css_first("#bookmark-form"))
    Bookmark.objects.update(notes_source="Mine alone")

    pages = [page_for(reader, work)[1] for reader in (owner, other)]

    assert [page.css_first("#bookmark_notes").text().strip() for page in pages] == ["Mine alone", ""]
