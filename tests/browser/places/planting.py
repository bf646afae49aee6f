"""An archive with something of everything in it, long words among them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.tags.models import Kind, Tag
from archive.text.cleaning import Profile
from archive.works import crediting, deleting, revising, skinning, writing
from archive.works.entries import Words
from archive.works.scheduled import ScheduledPosting
from archive.works.series import Series
from archive.works.skins import Kind as SkinKind
from archive.works.skins import Skin
from tests.browser import steps
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.models import Work

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
