"""Every kind of page that the archive has, and how one comes to it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.charter.models import Charter
from archive.ops import defining, founding
from archive.reading import marking
from archive.search import keeping
from archive.search.listings import WORKS_ON_A_PAGE
from archive.tags import undoing, wrangling
from archive.tags.models import Kind, Tag
from archive.text.cleaning import Profile
from archive.transfer.bringing import keeping as taking_in
from archive.transfer.bringing import working
from archive.transfer.taking import names
from archive.works import crediting, deleting, revising, skinning, writing
from archive.works.entries import Words
from archive.works.models import Work
from archive.works.scheduled import ScheduledPosting
from archive.works.series import Series
from archive.works.skins import Kind as SkinKind
from archive.works.skins import Skin
from archive.wrangling import assigning
from tests.browser import bookmark_places, people_places, steps
from tests.factories.people import InvitationFactory, PseudFactory, UserFactory
from tests.factories.reading import follow, read
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work
from tests.transfer.downloads import NEWEST, Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from archive.people.models import User
    from archive.transfer.bringing.models import Batch

LONG = "n" * 500  # a word that no line can hold; cut to what a field takes
LONG_TAG = LONG[:150]
LONG_CHARACTER = f"C{LONG_TAG[1:]}"
LONG_NAME = "M" * 40
RICH_TEXT = f"""<h3>Before</h3><p>{steps.WORDS} <a href="https://lamps.example/">A link</a>.</p><hr>
<blockquote><p>As it was said.</p></blockquote><ul><li>One</li><li>Two</li></ul>
<table><tr><th>Hour</th><td>{LONG}</td></tr></table><pre>{LONG}</pre><p>{LONG}</p>
<div class="passage" data-note="{LONG[:190]}" data-gist="{LONG}"><p>{LONG}</p><hr><p>As it was.</p></div><p>After.</p>"""


@dataclass
class Archive:
    """An archive with something of everything in it, long words among them."""

    author: User
    work: Work
    chaptered: Work
    draft: Work
    unready: Work
    skin: Skin


def plant() -> Archive:
    """Fill the archive."""
    author = UserFactory(username=LONG_NAME, password=steps.PASSWORD)
    everything = {
        "relationship": [f"Ines Calder/{LONG_TAG[:100]}", "Ines Calder & Old Tom"],
        "character": ["Ines Calder", "Old Tom"],
        "category": ["F/F", "Gen"],
        "freeform": [LONG_TAG, *(f"Tag number {number}" for number in range(30))],
    }
    work = make_work(
        by=author, title=LONG[:255], rating="Explicit", warnings=("Graphic Depictions Of Violence", "Major Character Death"),
        tags=everything, series=f"S{LONG[:200]}", summary=f"A summary with {LONG}", notes=LONG, endnotes=LONG,
        content_notes=f"Storms, and {LONG}", text=RICH_TEXT, fandoms=(steps.FANDOM, f"F{LONG_TAG[:149]}"),
    )  # fmt: skip
    chaptered = make_work(by=author, title="A Long Watch", text=RICH_TEXT, rating="Mature", expected_chapters=None, notes="Thanks.")
    chapter = add_chapter(chaptered, title=LONG[:255], summary="What comes.", notes="Thanks.", endnotes=LONG, text=RICH_TEXT)
    for text in (
        RICH_TEXT + "<p>Old Tom came in, and shook the rain from his coat.</p>",
        RICH_TEXT.replace("<li>Two</li>", "<li>Twenty-two</li>"),
    ):
        entry = chapter_entry(text, title=LONG[:255], notes="Thanks.")
        writing.edit_chapter(chapter, entry, version=revising.version_now(chapter), by=author)
    make_work(by=author, title="قصة قصيرة", language="ar", is_restricted=True)
    make_work(by=author, title="A Second Part", series=f"S{LONG[:200]}")
    told = Words.cleaned(f"<p>Of lamps, and {LONG}</p>", Profile.NOTES)
    Series.objects.update(summary=told.html, notes=told.html, summary_source=told.source, is_complete=True)
    relate(work, chaptered, by=author)
    draft = make_draft(by=author, title=LONG[:255])
    unready = make_draft(by=author, title="Not Yet", rating="")
    for planned, refused_at, refusal in ((draft, None, ""), (unready, timezone.now(), "Please choose a rating.")):
        ScheduledPosting.objects.create(
            chapter=planned.chapters.get(), due_at=timezone.now() + dt.timedelta(days=2), zone="Europe/Vienna", set_by=author,
            refused_at=refused_at, refusal=refusal,
        )  # fmt: skip
    deleting.delete(make_work(by=author, title=LONG[:255]), by=author)
    PseudFactory(user=author, name="W" * 40)
    sort_under_media()
    return Archive(author, work, chaptered, draft, unready, plant_skins(author, work))


def plant_skins(author: User, work: Work) -> Skin:
    """Have a work wear a skin that is everybody's, and another wait."""
    css = f".{LONG} {{ color: teal }}\nh2 {{ letter-spacing: 0.01em }}"
    entries = [skinning.SkinEntry(title=title, source=css, about=LONG) for title in (LONG[:100], "Waiting")]
    skin, waiting = (skinning.make(SkinKind.WORK, entry, by=author) for entry in entries)
    for offered in (skin, waiting):
        skinning.offer(offered, by=author)
    skinning.publish(skin, by=UserFactory(is_staff=True))
    skinning.wear(work, skin, by=author)
    return Skin.objects.get(pk=skin.pk)


def relate(work: Work, chaptered: Work, *, by: User) -> None:
    """Name works that one came from, and have others come from it, answered and not."""
    elsewhere = crediting.Source(
        address=f"https://stories.example/{LONG}", title=LONG[:255], author=LONG[:255], is_translation=True
    )
    for source in (elsewhere, crediting.Source(address=chaptered.get_absolute_url())):
        crediting.credit(work, source, by=by)
    reader = UserFactory(username="translator")
    for is_translation in (True, False, False):
        other = make_work(by=reader, title=LONG[:255])
        source = crediting.Source(address=work.get_absolute_url(), is_translation=is_translation)
        relation = crediting.credit(other, source, by=reader)
        crediting.accept(relation, by=by)
    crediting.credit(make_work(by=reader), source, by=reader)


def sort_under_media() -> None:
    """Sort every fandom under a kind of media and make it common, as wranglers do."""
    media = Tag.objects.filter(kind=Kind.objects.get(pk="media")).first()
    for fandom in Tag.objects.of_kind("fandom"):
        fandom.is_canonical = True
        fandom.save(update_fields=["is_canonical"])
        fandom.parents.add(media)


@dataclass(frozen=True)
class Place:
    """A page: its name in reports, and the steps that lead to it in a browser."""

    name: str
    come: Callable[[Page, Archive], object]
    status: int = 200


def at(name: str, address: Callable[[Archive], str] | str, *, status: int = 200) -> Place:
    """Answer the place at an address."""
    return Place(name, lambda page, archive: page.goto(address if isinstance(address, str) else address(archive)), status)


def of_author(view: str) -> Callable[[Archive], str]:
    """Answer the address of a page of the author's."""
    return lambda archive: reverse(view, args=[archive.author.username])


def of_tag(view: str, name: str) -> Callable[[Archive], str]:
    """Answer the address of a page of a tag's."""
    return lambda _archive: reverse(view, args=[Tag.objects.get(name=name).path_name])


def reading(work: Work) -> str:
    """Answer the address of a whole work for somebody who agrees to its advisory for this once."""
    return f"{work.get_absolute_url()}?view_adult=true&view_full_work=true"


def second_chapter(archive: Archive) -> str:
    """Answer the address of a chapter that has others around it."""
    return f"{archive.chaptered.chapters.last().get_absolute_url()}?view_adult=true"


def media_fandoms(_archive: Archive) -> str:
    """Answer the address of the fandoms of one kind of media."""
    return reverse("media_fandoms", args=[Tag.objects.filter(kind="media").first().path_name])


def open_menus(page: Page, _archive: Archive) -> None:
    """Open the menu of a phone or of a member, and the lamp."""
    page.goto("/")
    for summary in page.locator(".masthead summary:visible").all():
        summary.evaluate("summary => { summary.parentElement.open = true }")


def open_own_feeds(page: Page, _archive: Archive) -> None:
    """Make the addresses of one's feeds."""
    page.goto("/feeds")
    page.get_by_role("button", name="addresses").first.click()


def ask_twice(page: Page, _archive: Archive) -> None:
    """Sign up with answers that cannot be."""
    page.goto(reverse("account_signup"))
    page.get_by_label("User name").fill("a b")
    page.locator("form#signup").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_load_state()


def follow_reset(page: Page, archive: Archive) -> None:
    """Ask for a new password and follow the mail."""
    page.goto(reverse("account_reset_password"))
    page.get_by_label("E-mail address of the account").fill(archive.author.email)
    page.get_by_role("button", name="Send the link").click()
    page.wait_for_url("**/done")
    link = re.search(r"http://\S+", mail.outbox[-1].body)
    page.goto(urlsplit(link[0]).path)


def stand_before_a_fault(page: Page, _archive: Archive) -> None:
    """Show the page that stands on its own feet when the archive has failed."""
    page.goto("/about")
    page.set_content(render_to_string("500.html"))


EVERY_FILTER = (
    "/works?work_search[other_tag_names]=Ines+Calder&work_search[excluded_tag_names]=" + LONG_TAG
    + "&work_search[words_from]=1&work_search[complete]=T&work_search[language_id]=en"
)  # fmt: skip
WRONG_FILTER = "/works?work_search[query]=(&work_search[words_from]=few&work_search[date_to]=soon&work_search[hits]=many"


def filter_works(page: Page, _archive: Archive) -> None:
    """Open the drawer of filters with all that it holds, where much is active."""
    page.goto(EVERY_FILTER)
    open_details(page, ".filter-drawer, .filter-group, .filter-save")


def open_details(page: Page, selector: str) -> None:
    """Open what is folded."""
    page.evaluate("selector => document.querySelectorAll(selector).forEach(details => { details.open = true })", selector)


def look_at_filters(page: Page, _archive: Archive) -> None:
    """Look at the filters that one keeps, with the ways to change them."""
    page.goto("/filters")
    open_details(page, ".filter-list details")


def keep_a_filter(page: Page, _archive: Archive) -> None:
    """Come from a list to where the filter that is active there is given a name."""
    page.goto(EVERY_FILTER)
    open_details(page, ".filter-drawer, .filter-save")
    page.goto(page.locator(".filter-save a").first.get_attribute("href") or "")


def rename_wrongly(page: Page, archive: Archive) -> None:
    """Give a filter no name."""
    look_at_filters(page, archive)
    page.locator(".filter-list input[name=name]").first.evaluate("field => { field.required = false; field.value = ' ' }")
    page.get_by_role("button", name="Rename").first.click()
    page.locator(".field-errors").wait_for()


def fold_what_is_left_out(page: Page, _archive: Archive) -> None:
    """Leave out a tag, folded, and look at what stands in its works' place."""
    page.goto("/preferences/warnings")
    page.get_by_role("combobox", name="Tags I leave out").fill(LONG_TAG)
    page.get_by_role("checkbox", name="Fold what I leave out and say why, instead of taking it away").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/works")


def fold_passages(page: Page, archive: Archive) -> None:
    """Read a work with its marked passages folded."""
    page.goto(reading(archive.work))
    page.locator(".passage-fold > summary").first.click()


def open_reading_tools(page: Page, archive: Archive) -> None:
    """Open the menu over a text, where letters are as large as they get."""
    page.goto("/preferences/reading")
    page.context.add_cookies([{"name": "reading", "value": "size:200.face:plain.edges:even", "url": page.url}])
    page.goto(reading(archive.work))
    page.locator(".reading-tools summary").click()


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


def wait_in_vain(page: Page, archive: Archive) -> None:
    """Order a PDF that cannot be made. The page of one that is being made is the same, but looks again by itself."""
    address = f"{names.download_address(archive.work, 'pdf')}?view_adult=true"
    page.goto(address)
    ordered = DBTaskResult.objects.filter(task_path__endswith="make_file").latest("enqueued_at")
    cache.set(f"file:{archive.work.pk}:{ordered.args_kwargs['args'][1]}", "failed")
    page.goto(address)


READING = [
    at("advisory", lambda archive: archive.work.get_absolute_url()),
    at("advisory of a chapter", lambda archive: archive.chaptered.chapters.last().get_absolute_url()),
    at("work", lambda archive: reading(archive.work)),
    Place("work, passages folded", fold_passages),
    Place("work, reading tools", open_reading_tools),
    at("chapter", second_chapter),
    at("entire work", lambda archive: reading(archive.chaptered)),
    at("kept advisory", lambda archive: f"{archive.work.get_absolute_url()}/offline"),
    at("kept text", lambda archive: f"{archive.chaptered.get_absolute_url()}/offline/text?view_adult=true"),
    at("kept works", "/offline"),
    at("share", lambda archive: f"{archive.chaptered.get_absolute_url()}/share"),
    at("chapter index", lambda archive: f"{archive.chaptered.get_absolute_url()}/navigate"),
    at("advisory before a file", lambda archive: names.download_address(archive.work, "epub")),
    at("advisories before a series", lambda archive: names.series_address(archive.work.series_entries.get().series, "epub")),
    Place("file that could not be made", wait_in_vain, status=202),
]
ACCOUNT = [
    at("log in", "/users/login"),
    at("log in to read", "/users/login?next=/works/1"),
    at("sign up", "/users/signup"),
    Place("sign up, refused", ask_twice),
    at("confirm, sent", "/users/confirm-email"),
    at("confirm, wrong link", "/users/confirm-email/wrong"),
    at("account closed", "/users/login/inactive"),
    at("password forgotten", "/users/password/reset"),
    at("password forgotten, sent", "/users/password/reset/done"),
    at("password, wrong link", "/users/password/reset/key/1-wrong"),
    Place("password, new", follow_reset),
    at("password, new one kept", "/users/password/reset/key/done"),
]


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


OLD_STORY = f"""Title: A Long Watch
Fandom: Harbour Lights
Pairing: Ines/Tom
Rating: NC-17
Warnings: torture, non-con, {LONG}
Genre: {LONG[:100]}
A/N: {LONG}

Ines Calder came down to the water. {LONG}
"""


def read_old_story(page: Page, _archive: Archive) -> None:
    """Begin with an old story whose header proposes much, and look at what was taken for it."""
    page.goto("/works/new?import=true")
    page.get_by_label("Paste it here").fill(OLD_STORY)
    page.get_by_role("button", name="Read it").click()
    page.locator(".found-header > summary").click()


def read_nothing(page: Page, _archive: Archive) -> None:
    """Begin with an old story that is not there."""
    page.goto("/works/new?import=true")
    page.get_by_role("button", name="Read it").click()
    page.locator(".form-errors").wait_for()


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


def of_pseud(view: str) -> Callable[[Archive], str]:
    """Answer the address of a page of the author's second pseud."""
    return lambda archive: reverse(view, args=[archive.author.username, archive.author.pseuds.get(is_default=False).name])


def bring_nothing(page: Page, _archive: Archive) -> None:
    """Send no file."""
    page.goto("/works/import")
    with page.expect_navigation():
        page.get_by_role("button", name="Read the files").click()


def bring_files(page: Page, _archive: Archive) -> None:
    """Send files that no worker reads."""
    page.goto("/works/import")
    page.get_by_label("Your files").set_input_files({"name": f"{LONG[:200]}.txt", "mimeType": "text/plain", "buffer": b"A text."})
    with page.expect_navigation():
        page.get_by_role("button", name="Read the files").click()


def read_files(archive: Archive) -> Batch:
    """Answer a batch with a draft that is ready, one that lacks something, a work that is known, and a file that failed."""
    html = NEWEST.html(Story(title=LONG[:255], freeforms=(LONG_TAG, "half * done")))
    files = {
        f"{LONG[:200]}.html": html,
        "again.html": html,
        "old.txt": f"Title: Eel\nRating: NC-17\nNotes: {LONG}\n\nA text.",
        "a.pdf": "%PDF-",
    }
    sent = [SimpleUploadedFile(name, content.encode()) for name, content in files.items()]
    batch = taking_in.keep(sent, by=archive.author)
    while working.work_on(batch.pk):
        pass
    return batch


def tick_all(page: Page, archive: Archive) -> None:
    """Choose all works of the author."""
    page.goto(of_author("works_many")(archive))
    page.get_by_label("All on this page").check()


def edit_many(page: Page, archive: Archive) -> None:
    """Begin to edit all works."""
    tick_all(page, archive)
    page.get_by_role("button", name="Edit").click()
    page.locator("summary", has_text="Which these are").click()


def edit_many_to_nothing(page: Page, archive: Archive) -> None:
    """Edit all works without saying how."""
    edit_many(page, archive)
    page.get_by_role("button", name="Look at what will change").click()
    page.locator(".form-errors").wait_for()


def look_at_many(page: Page, archive: Archive) -> None:
    """Look at what an edit would do to all works, some of which would lose their last fandom."""
    edit_many(page, archive)
    page.get_by_label("Language").select_option("de")
    page.get_by_role("combobox", name=re.compile("^Add: Additional Tags")).fill(f"{LONG[:140]},")
    page.get_by_role("combobox", name=re.compile("^Take away: Fandoms")).fill(f"{steps.FANDOM},")
    page.get_by_role("button", name="Look at what will change").click()
    page.get_by_role("heading", name="What will change").wait_for()


def delete_many(page: Page, archive: Archive) -> None:
    """Be asked whether all works shall go."""
    tick_all(page, archive)
    with page.expect_navigation():
        page.get_by_role("button", name="Delete").click()


def change_many(page: Page, archive: Archive) -> None:
    """Edit all works, and put them back at once, so that the other places find them as they were."""
    look_at_many(page, archive)
    page.get_by_role("button", name=re.compile("^Change ")).click()
    page.get_by_role("button", name="Undo").click()
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Edited")).first.click()


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
    at("skin, changing", lambda archive: reverse("skin_edit", args=[archive.skin.pk + 1])),
    at("skin, deleting", lambda archive: reverse("skin_delete", args=[archive.skin.pk + 1])),
    at("posting", "/works/new"),
    Place("posting, refused", post_nothing, status=422),
    at("old story", "/works/new?import=true"),
    Place("old story, refused", read_nothing, status=422),
    Place("old story, read", read_old_story),
    at("files", "/works/import"),
    Place("files, refused", bring_nothing, status=422),
    Place("files, waiting", bring_files),
    Place("files, read", lambda page, archive: page.goto(read_files(archive).get_absolute_url())),
    Place("files, posting", lambda page, archive: page.goto(reverse("batch_posting", args=[read_files(archive).pk]))),
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
    at("many works", of_author("works_many")),
    Place("many works, editing", edit_many),
    Place("many works, refused", edit_many_to_nothing, status=422),
    Place("many works, what will change", look_at_many),
    Place("many works, deleting", delete_many),
    Place("many works, changed", change_many),
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


def add_no_value(page: Page, _archive: Archive) -> None:
    """Add a value without a name."""
    page.goto("/settings/kinds/mood/values")
    page.get_by_role("button", name="Add this value").click()
    page.locator(".form-errors").wait_for()


OPERATOR = [
    at("settings", "/settings"),
    at("machines", "/settings/machines"),
    at("invitations", "/settings/invitations"),
    at("kinds", "/settings/kinds"),
    at("kind, new", "/settings/new-kind"),
    at("kind, given", "/settings/kinds/rating"),
    at("kind, own", "/settings/kinds/ship-name"),
    at("values", "/settings/kinds/mood/values"),
    at("value", lambda _archive: reverse("value_edit", args=["mood", Tag.objects.get(name=LONG_TAG[:149]).pk])),
    Place("value, refused", add_no_value, status=422),
]


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
FOUNDING = [
    at("set-up", lambda _archive: founding.setup_link().removeprefix(settings.SITE_ADDRESS)),
    at("home before it is set up", "/"),
]


def as_guest(_archive: Archive) -> None:
    """Nobody logs in."""


def as_browsing_guest(_archive: Archive) -> None:
    """Nobody logs in, and there is more than one page of works, though not of the author's."""
    other = UserFactory()
    for _ in range(WORKS_ON_A_PAGE):
        make_work(by=other, language="de", fandoms=("Night Bus",))


def as_author(archive: Archive) -> User:
    """Answer the author, to be logged in."""
    return archive.author


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


def define_kinds(operator: User) -> None:
    """Add a free kind and a closed one, with a value that is retired."""
    long = LONG[:50]
    free = defining.KindEntry(name="Ship Name", name_plural=long, help=LONG[:300], place=3, is_closed=False)
    closed = defining.KindEntry(name="Mood", name_plural="Moods", place=1, is_closed=True, is_in_blurbs=False)
    defining.add_kind(free, by=operator)
    defining.add_kind(closed, values=[LONG_TAG[:149], "Calm"], by=operator)
    defining.retire(Tag.objects.get(name="Calm"), by=operator)


def as_operator(_archive: Archive) -> User:
    """Answer an administrator with invitations, to be logged in."""
    operator = UserFactory(username="keeper", is_staff=True, is_superuser=True)
    define_kinds(operator)
    InvitationFactory(made_by=operator, note=LONG[:120])
    return operator


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


def before_founding(_archive: Archive) -> None:
    """Have the archive not be set up yet."""
    Charter.objects.update(founded_at=None)


PEOPLE = [Place(name, come) for name, come in people_places.PEOPLE.items()] + [
    Place(name, come, 422) for name, come in people_places.REFUSED.items()
]
BOOKMARKS = [Place(name, come) for name, come in bookmark_places.PLACES.items()] + [
    Place(name, come, 422) for name, come in bookmark_places.REFUSED.items()
]
GROUPS = {
    "guest": (as_browsing_guest, GUEST),
    "reading": (as_guest, READING),
    "account": (as_guest, ACCOUNT),
    "writing": (as_author, WRITING),
    "member": (as_member, MEMBER),
    "operator": (as_operator, OPERATOR),
    "wrangling": (as_wrangler, WRANGLING),
    "bookmarks": (bookmark_places.as_bookmarker, BOOKMARKS),
    "people": (people_places.as_friend, PEOPLE),
    "founding": (before_founding, FOUNDING),
}
