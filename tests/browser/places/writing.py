"""The pages of an author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tests.browser import steps
from tests.browser.places.bringing import BRINGING
from tests.browser.places.many import MANY
from tests.browser.places.planting import LONG, RICH_TEXT, Archive
from tests.browser.places.ways import Place, at, of_author, open_details

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from archive.people.models import User


def write(page: Page, archive: Archive, button: str) -> None:
    """Fill in the form of a work and press one of its buttons."""
    page.goto(reverse("work_edit", args=[archive.work.pk]))
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def post_nothing(page: Page, _archive: Archive) -> None:
    """Post an empty form."""
    page.goto(reverse("work_new"))
    page.get_by_role("button", name="Post", exact=True).click()
    page.locator(".form-errors").wait_for()


def open_every_tool(page: Page, archive: Archive) -> None:
    """Write with all tools of the editor in sight, and look for something."""
    page.goto(reverse("work_edit", args=[archive.draft.pk]))
    page.locator("rich-text[data-open]").first.wait_for()
    page.get_by_role("button", name="More tools").click()
    page.get_by_role("button", name="Find and replace").click()


def mark_a_passage(page: Page, archive: Archive) -> None:
    """Be asked what a note before a passage shall say."""
    open_every_tool(page, archive)
    page.get_by_role("button", name="Note before a passage").click()
    page.get_by_role("dialog").wait_for()


def preview(page: Page, archive: Archive) -> None:
    """Look at a work before it is kept."""
    write(page, archive, "Preview")
    page.locator(".preview").wait_for()


def collide(page: Page, archive: Archive) -> None:
    """Save over what was saved elsewhere meanwhile."""
    page.goto(reverse("work_edit", args=[archive.work.pk]))
    page.locator("[name=version]").evaluate("field => { field.value = 1 }")
    page.locator("[name=text_version]").evaluate("field => { field.value = 1 }")
    archive.work.refresh_from_db()
    type(archive.work).objects.filter(pk=archive.work.pk).update(
        version=archive.work.version + 1, summary_source="Written in the other tab."
    )
    steps.write(page, f"{RICH_TEXT}<p>Typed in this tab.</p>")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".work-conflict").wait_for()
    open_details(page, ".work-conflict details")


def look_at_skin(page: Page, archive: Archive) -> None:
    """Look at a skin, built on another, that is not kept yet."""
    page.goto("/skins/new")
    page.get_by_label("Title").fill(LONG[:90])
    page.get_by_label("CSS").fill(f".{LONG[:80]} {{ color: teal }}")
    page.get_by_label("Builds on").select_option(str(archive.skin.pk))
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("heading", name="A look at it").wait_for()


def leave_unsent(page: Page, archive: Archive) -> None:
    """Type something, leave, and come back to it."""
    page.goto(reverse("work_edit", args=[archive.work.pk]))
    steps.write(page, f"Typed and not sent: {LONG}")
    page.get_by_text("Kept at").wait_for()


def come_back_to_unsent(page: Page, archive: Archive) -> None:
    """Open a form at which something was typed and not sent."""
    leave_unsent(page, archive)
    page.goto(reverse("work_edit", args=[archive.work.pk]))


def look_through_unsent(page: Page, archive: Archive) -> None:
    """Look through what was not sent."""
    leave_unsent(page, archive)
    page.goto(reverse("unsent"))


def read_unsent(page: Page, archive: Archive) -> None:
    """Read what was not sent."""
    look_through_unsent(page, archive)
    page.get_by_role("link", name="Read it").first.click()
    page.get_by_label("Text", exact=True).wait_for()


def of_chapter(view: str) -> Callable[[Archive], str]:
    """Answer the address of a page of the chaptered work's last chapter."""
    return lambda archive: reverse(view, args=[archive.chaptered.pk, archive.chaptered.chapters.last().pk])


def restore_late(page: Page, archive: Archive) -> None:
    """Restore a version after the text was saved elsewhere."""
    chapter = archive.chaptered.chapters.last()
    page.goto(reverse("version_show", args=[archive.chaptered.pk, chapter.pk, 1]))
    page.locator("[name=version]").evaluate("field => { field.value = 1 }")
    page.get_by_role("button", name="Restore this version").click()
    page.locator(".form-errors").wait_for()


def look_at_changes(page: Page, archive: Archive) -> None:
    """Look at what changed between two versions, and unfold what did not."""
    page.goto(f"{of_chapter('versions_compare')(archive)}?older=2")
    open_details(page, ".work-changes-same")


def name_nothing(page: Page, archive: Archive) -> None:
    """Name a work elsewhere without its title."""
    page.goto(reverse("work_sources", args=[archive.work.pk]))
    page.get_by_label("Its address").fill(f"https://stories.example/{LONG}")
    page.get_by_role("button", name="Name it").click()
    page.locator(".field-errors").first.wait_for()


def of_series(view: str) -> Callable[[Archive], str]:
    """Answer the address of a page of the long work's series."""
    return lambda archive: reverse(view, args=[archive.work.series_entries.get().series_id])


def plan_nothing(page: Page, archive: Archive) -> None:
    """Have a draft posted at no time, with one that was refused before."""
    page.goto(reverse("work_schedule", args=[archive.unready.pk]))
    page.get_by_label("Day").fill("2004-11-30")
    page.get_by_role("button", name="Change the time").click()
    page.locator(".field-errors").first.wait_for()


WRITING = [
    at("own skins", of_author("own_skins")),
    at("skin, new", "/skins/new"),
    Place("skin, looked at first", look_at_skin),
    at("skin, changing", lambda archive: reverse("skin_edit", args=[archive.skin.pk + 1])),
    at("skin, deleting", lambda archive: reverse("skin_delete", args=[archive.skin.pk + 1])),
    at("posting", "/works/new"),
    Place("posting, refused", post_nothing, status=422),
    *BRINGING,
    at("editing", lambda archive: reverse("work_edit", args=[archive.work.pk])),
    at("editing, chapters", lambda archive: reverse("work_edit", args=[archive.chaptered.pk])),
    Place("editor, every tool", open_every_tool),
    Place("editor, passage", mark_a_passage),
    Place("preview", preview),
    Place("conflict", collide, status=409),
    Place("editing, unsent writing", come_back_to_unsent),
    Place("unsent writing", look_through_unsent),
    Place("unsent writing, one", read_unsent),
    at("deleting", lambda archive: reverse("work_delete", args=[archive.work.pk])),
    at("draft", lambda archive: archive.draft.get_absolute_url()),
    at("own work", lambda archive: archive.work.get_absolute_url()),
    at("chapter, new", lambda archive: reverse("chapter_new", args=[archive.chaptered.pk])),
    at("chapter, editing", of_chapter("chapter_edit")),
    at("chapter, deleting", of_chapter("chapter_delete")),
    at("chapters, their order", lambda archive: reverse("chapters_manage", args=[archive.chaptered.pk])),
    *MANY,
    at("sources", lambda archive: reverse("work_sources", args=[archive.work.pk])),
    Place("sources, refused", name_nothing, status=422),
    at("related works", of_author("related_works")),
    at("series, own", lambda archive: archive.work.series_entries.get().series.get_absolute_url()),
    at("series, editing", of_series("series_edit")),
    at("series, its works", of_series("series_manage")),
    at("series, deleting", of_series("series_delete")),
    at("versions", of_chapter("versions_index")),
    at("version", lambda archive: f"{of_chapter('versions_index')(archive)}/1"),
    at("version, newest", lambda archive: f"{of_chapter('versions_index')(archive)}/3"),
    Place("versions, compared", look_at_changes),
    at("versions, compared as typed", lambda archive: f"{of_chapter('versions_compare')(archive)}?older=2&as=typed"),
    Place("version, restored too late", restore_late, status=409),
    at("drafts", of_author("drafts")),
    at("posting later", lambda archive: reverse("chapter_schedule", args=[archive.draft.pk, archive.draft.chapters.get().pk])),
    Place("posting later, refused", plan_nothing, status=422),
    at("deleted works", of_author("deleted_works")),
]


def as_author(archive: Archive) -> User:
    """Answer the author, to be logged in."""
    return archive.author
