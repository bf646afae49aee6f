"""The pages of bookmarks, for whoever keeps some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from archive.community import bookmarking
from archive.community.models import Bookmark
from archive.text.cleaning import Profile
from archive.works import deleting
from archive.works.entries import Words
from archive.works.series import Series
from tests.browser.places.planting import LONG
from tests.browser.places.ways import Place, at
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import make_work

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from archive.community.models import Subject
    from archive.people.models import User
    from tests.browser.places.planting import Archive

NAME = "B" * 40


def as_bookmarker(archive: Archive) -> User:
    """Answer a member who has bookmarked works, a series, and something that is gone, to be logged in."""
    member = UserFactory(username=NAME)
    PseudFactory(user=member, name="V" * 40)
    gone = make_work(by=archive.author)
    for subject in (archive.work, archive.chaptered, gone, Series.objects.first()):
        keep(subject, by=member, is_rec=subject == archive.work, is_private=subject == archive.chaptered)
    keep(archive.work, by=UserFactory())
    deleting.delete(gone, by=archive.author)
    return member


def keep(subject: Subject, *, by: User, **fields: bool) -> None:
    """Bookmark something with words that no line can hold."""
    words = Words.cleaned(f"<p>Again, and {LONG}</p><blockquote>So it said.</blockquote>", Profile.SUMMARY)
    entry = bookmarking.BookmarkEntry(pseud=by.pseuds.get(is_default=True), notes=words, tags=[LONG[:150], "To Read"], **fields)
    bookmarking.bookmark(subject, entry, by=by)


def own(view: str) -> str:
    """Answer the address of a page of the first bookmark."""
    return reverse(view, args=[Bookmark.objects.order_by("pk")[0].pk])


def open_corner(page: Page, archive: Archive) -> None:
    """Follow the word above a text to the place below it."""
    page.goto(f"{archive.chaptered.get_absolute_url()}?view_adult=true&view_full_work=true")
    page.get_by_role("link", name="Bookmark", exact=True).click()
    page.get_by_role("button", name="Save bookmark").wait_for()


def say_too_much(page: Page, _archive: Archive) -> None:
    """Write longer notes than there may be."""
    page.goto(own("bookmark_edit"))
    page.get_by_label("Notes").fill("n" * 5_001)
    page.get_by_label("Your tags").fill("a<b")
    page.get_by_role("button", name="Save bookmark").click()
    page.locator(".field-errors").first.wait_for()


BOOKMARKS = [
    at("bookmarks", "/bookmarks"),
    at("bookmarks, own", f"/users/{NAME}/bookmarks"),
    at("bookmarks, filtered", f"/users/{NAME}/bookmarks?bookmark_search[rec]=1"),
    at("bookmarks of a work", lambda archive: reverse("work_bookmarks", args=[archive.work.pk])),
    at("bookmarks of a tag", lambda archive: reverse("tag_bookmarks", args=[archive.work.tags.first().path_name])),
    at("bookmark", lambda _archive: own("bookmark_show")),
    Place("bookmark, on a work", open_corner),
    at("bookmark, deleting", lambda _archive: own("bookmark_delete")),
    Place("bookmark, refused", say_too_much, status=422),
]
