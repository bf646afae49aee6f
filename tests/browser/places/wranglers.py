"""The pages of wranglers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.tags import undoing, wrangling
from archive.tags.models import Tag
from archive.wrangling import assigning
from tests.browser import steps
from tests.browser.places.planting import LONG_CHARACTER, LONG_TAG, Archive
from tests.browser.places.ways import Place, at, of_tag
from tests.factories.people import UserFactory
from tests.factories.works import make_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from archive.people.models import User


def bin_of(show: str, status: str) -> Callable[[Archive], str]:
    """Answer the address of a bin of the fandom."""
    fandom = of_tag("tag_wrangle", steps.FANDOM)
    return lambda archive: f"{fandom(archive)}?show={show}&status={status}"


def do_nothing(page: Page, archive: Archive) -> None:
    """Press a bin's button with nothing ticked."""
    page.goto(bin_of("characters", "unwrangled")(archive))
    page.get_by_role("button", name="Make canonical").click()
    page.locator(".form-errors").wait_for()


def go_in_a_circle(page: Page, archive: Archive) -> None:
    """Hang a tag under itself."""
    page.goto(of_tag("tag_edit", "Ines Calder")(archive))
    page.get_by_role("combobox", name="Part of (meta tags)").fill("Ines Calder")
    page.get_by_role("button", name="Save").click()
    page.locator(".form-errors").wait_for()


WRANGLING = [
    at("wrangling", "/wrangling"),
    at("bins of the archive", "/wrangling/tags?kind=freeform"),
    at("bin, waiting", bin_of("characters", "unwrangled")),
    at("bin, canonical", bin_of("characters", "canonical")),
    at("bin, synonyms", bin_of("characters", "synonym")),
    at("bin, empty", bin_of("characters", "unwrangleable")),
    Place("bin, refused", do_nothing, status=422),
    at("tag, waiting", of_tag("tag_edit", LONG_TAG)),
    at("tag, canonical", of_tag("tag_edit", "Ines Calder")),
    at("tag, synonym", of_tag("tag_edit", LONG_CHARACTER)),
    Place("tag, refused", go_in_a_circle, status=422),
    at("log of wrangling", "/wrangling/log"),
    at("wranglers", "/wrangling/wranglers"),
    at("wrangler, new", "/wrangling/new-wrangler"),
    at("wrangler", "/wrangling/wranglers/keeper"),
]


def as_wrangler(archive: Archive) -> User:
    """Answer an administrator who has wrangled and looks after a fandom, to be logged in."""
    wrangler = UserFactory(username="keeper", is_staff=True, is_superuser=True, is_wrangler=True)
    fandom, ines, tom = (Tag.objects.get(name=name) for name in (steps.FANDOM, "Ines Calder", "Old Tom"))
    make_work(by=archive.author, tags={"character": [LONG_CHARACTER, "Tommy", "Old Toms"]})
    assigning.take([fandom], by=wrangler)
    wrangling.make_canonical(ines, by=wrangler)
    wrangling.change_parents(ines, add=[fandom], by=wrangler)
    wrangling.merge(Tag.objects.get(name=LONG_CHARACTER), into=ines, by=wrangler)
    undoing.undo(wrangling.merge(tom, into=ines, by=wrangler), by=wrangler)
    return wrangler
