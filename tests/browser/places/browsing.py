"""What a guest finds who looks around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse

from archive.search.listings import WORKS_ON_A_PAGE
from archive.tags.models import Tag
from tests.browser import steps
from tests.browser.places.filters import WRONG_FILTER, filter_works, keep_a_filter
from tests.browser.places.planting import LONG_TAG, Archive
from tests.browser.places.ways import Place, at, of_author, of_tag
from tests.factories.people import UserFactory
from tests.factories.works import make_work

if TYPE_CHECKING:
    from playwright.sync_api import Page


def media_fandoms(_archive: Archive) -> str:
    """Answer the address of the fandoms of one kind of media."""
    return reverse("media_fandoms", args=[Tag.objects.filter(kind="media").first().path_name])


def open_menus(page: Page, _archive: Archive) -> None:
    """Open the menu of a phone or of a member, and the lamp."""
    page.goto("/")
    for summary in page.locator(".masthead summary:visible").all():
        summary.evaluate("summary => { summary.parentElement.open = true }")


def stand_before_a_fault(page: Page, _archive: Archive) -> None:
    """Show the page that stands on its own feet when the archive has failed."""
    page.goto("/about")
    page.set_content(render_to_string("500.html"))


GUEST = [
    Place("works, all filters", filter_works),
    at("works, wrong filters", WRONG_FILTER, status=422),
    at("works, none left", "/works?work_search[words_from]=1000000"),
    at("search", "/works/search"),
    at("search, found", "/works/search?work_search[language_id]=en"),
    Place("filter, keeping", keep_a_filter),
    at("search, nothing found", "/works/search?work_search[word_count]=>1000000"),
    at("search, wrong", "/works/search?work_search[title]=(&work_search[word_count]=few", status=422),
    at("search for tags", "/tags/search?tag_search[name]=n"),
    at("search for people", "/people/search?people_search[name]=M"),
    at("works alike", lambda archive: f"{archive.work.get_absolute_url()}/alike"),
    at("fandoms, narrowed", lambda archive: f"{media_fandoms(archive)}?name=light"),
    at("fandoms, none", lambda archive: f"{media_fandoms(archive)}?name=zzz"),
    at("home", "/"),
    at("works", "/works"),
    at("works, second page", "/works?page=2"),
    at("tag", of_tag("tag_works", steps.FANDOM)),
    at("tag, about it", of_tag("tag_show", steps.FANDOM)),
    at("tag, long", of_tag("tag_works", LONG_TAG)),
    at("warning, about it", of_tag("tag_show", "Major Character Death")),
    at("media", "/media"),
    at("fandoms", media_fandoms),
    at("languages", "/languages"),
    at("language", "/languages/en/works"),
    at("series", lambda archive: archive.work.series_entries.get().series.get_absolute_url()),
    at("profile", of_author("user_show")),
    at("works of a person", of_author("user_works")),
    at("pseuds of a person", of_author("pseuds_index")),
    at("about", "/about"),
    at("policy", "/policy"),
    at("warning preferences", "/preferences/warnings"),
    at("reading preferences", "/preferences/reading"),
    at("skins of everybody", "/skins"),
    at("skin", lambda archive: archive.skin.get_absolute_url()),
    at("leaving out a tag", of_tag("left_out_tag", LONG_TAG)),
    at("leaving out a person", of_author("left_out_author")),
    at("leaving out a language", "/preferences/left-out/languages/de"),
    Place("menus", open_menus),
    at("not found", "/works/999999", status=404),
    Place("fault", stand_before_a_fault),
]


def as_browsing_guest(_archive: Archive) -> None:
    """Nobody logs in, and there is more than one page of works, though not of the author's."""
    other = UserFactory()
    for _ in range(WORKS_ON_A_PAGE):
        make_work(by=other, language="de", fandoms=("Night Bus",))
