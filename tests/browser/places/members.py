"""What a member has of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from archive.reading import marking
from archive.search import keeping
from archive.tags.models import Tag
from archive.works import deleting
from archive.works.models import Work
from tests.browser import steps
from tests.browser.places.browsing import open_menus
from tests.browser.places.filters import filter_works, look_at_filters, rename_wrongly
from tests.browser.places.planting import LONG, LONG_TAG, Archive
from tests.browser.places.ways import Place, at, of_author, of_tag
from tests.factories.reading import follow, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from archive.people.models import User


def open_own_feeds(page: Page, _archive: Archive) -> None:
    """Make the addresses of one's feeds."""
    page.goto("/feeds")
    page.get_by_role("button", name="addresses").first.click()


def fold_what_is_left_out(page: Page, _archive: Archive) -> None:
    """Leave out a tag, folded, and look at what stands in its works' place."""
    page.goto("/preferences/warnings")
    page.get_by_role("combobox", name="Tags I leave out").fill(LONG_TAG)
    page.get_by_role("checkbox", name="Fold what I leave out and say why, instead of taking it away").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/works")


def of_pseud(view: str) -> Callable[[Archive], str]:
    """Answer the address of a page of the author's second pseud."""
    return lambda archive: reverse(view, args=[archive.author.username, archive.author.pseuds.get(is_default=False).name])


MEMBER = [
    at("home", "/"),
    Place("menus", open_menus),
    at("own profile", of_author("user_show")),
    at("preferences", of_author("preferences")),
    at("my feeds, before there are any", "/feeds"),
    Place("my feeds", open_own_feeds),
    at("warning preferences", "/preferences/warnings"),
    at("wishes", "/preferences/wishes"),
    at("pseuds", of_author("pseuds_index")),
    at("pseud, new", of_author("pseud_new")),
    at("pseud, editing", of_pseud("pseud_edit")),
    at("pseud, deleting", of_pseud("pseud_delete")),
    at("address", "/users/email"),
    at("password", "/users/password/change"),
    at("same person", "/users/login/again"),
    Place("works, all filters", filter_works),
    at("fandom, default filter", of_tag("tag_works", steps.FANDOM)),
    Place("filters", look_at_filters),
    Place("filter, renamed wrongly", rename_wrongly, status=422),
    Place("works, folded", fold_what_is_left_out),
    at("history", of_author("readings")),
    at("history, nothing found", lambda archive: f"{of_author('readings')(archive)}?work_search[words_from]=99999999"),
    at("history, gone", of_author("readings_gone")),
    at("history, clearing", of_author("readings_clear")),
    at("history, switch", "/preferences/history"),
    at("marked for later", of_author("marked")),
    at("subscriptions", of_author("subscriptions")),
    at("what is new", of_author("news")),
    at("log out", "/users/logout"),
    at("closed room", "/settings", status=403),
]


def as_member(archive: Archive) -> User:
    """Answer the author, who keeps filters, reads and follows."""
    for other in Work.objects.exclude(pk__in=Work.objects.made_by(archive.author).values("pk")):
        read(other, by=archive.author)
        marking.mark_for_later(other, by=archive.author)
        for followed in (other, other.pseuds.get().user, other.tags.filter(kind="fandom").get()):
            follow(followed, by=archive.author)
    deleting.delete(other, by=other.pseuds.get().user)
    for place, name in enumerate((LONG[:60], "Finished")):
        tag = Tag.objects.get(name=steps.FANDOM) if place else None
        keeping.keep(name, "work_search[complete]=T", tag=tag, is_default=bool(place), by=archive.author)
    return archive.author
