"""Fills an empty archive with works that between them show what it can do. They lie in the folder `demo`."""

from __future__ import annotations

import datetime as dt
import tomllib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.charter.models import Charter
from archive.community import bookmarking
from archive.errors import ArchiveError
from archive.people import preferring, registering, writing_names
from archive.people.models import GiftsFrom, User
from archive.reading import following, marking, visiting
from archive.reading.models import Subscription
from archive.tags import wrangling
from archive.tags.models import CATEGORY, CHARACTER, FANDOM, FREEFORM, MEDIA, RATING, RELATIONSHIP, WARNING, Tag
from archive.text import cleaning
from archive.text.cleaning import Profile
from archive.works import cowriting, crediting, giving, publishing, serializing, skinning, tagging, writing
from archive.works.chapters import Chapter
from archive.works.creators import CreatorInvitation
from archive.works.entries import ChapterEntry, SeriesPlace, Words, WorkEntry
from archive.works.gifts import Gift
from archive.works.languages import Language
from archive.works.models import Work
from archive.works.series import Series
from archive.works.skins import Kind, Skin
from archive.wrangling import assigning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import Pseud

NAME = "The Harbour Archive"
FOLDER = Path(__file__).with_name("demo")
WORK_FILES = "[0-9]*.toml"
NOON = dt.time(12, tzinfo=dt.UTC)  # of the day that a file names, as for a day given by an author
LIST_OF_KIND = {
    WARNING: "warnings",
    CATEGORY: "categories",
    FANDOM: "fandoms",
    RELATIONSHIP: "relationships",
    CHARACTER: "characters",
    FREEFORM: "freeforms",
}
PROFILES = {"summary": Profile.SUMMARY, "notes": Profile.NOTES, "endnotes": Profile.NOTES, "content_notes": Profile.SUMMARY}

# What one file says, as it was read: it goes no further than this module.
type Said = dict[str, Any]


class NotEmpty(ArchiveError):
    """There are works already, perhaps somebody's own."""

    def __init__(self) -> None:
        super().__init__(
            _("This archive has works in it already. A demonstration is put only into an empty one: start without --demo.")
        )


@transaction.atomic
def fill() -> int:
    """Fill an empty archive, wholly or not at all, and answer how many works it has now. Raises `NotEmpty`.

    What the works need is accepted from then on. Nobody can log in to the accounts: they have no password.
    """
    if Work.objects.exists():
        raise NotEmpty
    people = read("people.toml")["people"]
    pseuds = {pseud.byline: pseud for person in people for pseud in join(person)}
    wranglers = [person for person in people if "looks_after" in person]
    hang_tags(read("fandoms.toml"), by=User.objects.get(username=wranglers[0]["username"]))
    for person in wranglers:
        make_wrangler(person)
    works = [read(path.name) for path in sorted(FOLDER.glob(WORK_FILES))]
    accept(works)
    for work in works:
        post(work, [pseuds[byline] for byline in work["pseuds"]])
    for work in works:
        relate(work)
    for series in read("series.toml")["series"]:
        describe(series)
    for said in read("bookmarks.toml")["bookmarks"]:
        bookmark(said)
    for said in read("skins.toml")["skins"]:
        dress(said)
    keep_lists(read("readings.toml"))
    Charter.objects.filter(founded_at=None).update(name=NAME)
    return len(works)


def read(name: str) -> Said:
    """Answer what a file of the demonstration says."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def join(person: Said) -> list[Pseud]:
    """Make an account without a password and its pseuds; the first one named is the default."""
    user = registering.register(username=person["username"], email=person["email"], password=None)
    registering.vouch(user)
    for place, said in enumerate(person["pseuds"]):
        portrait = writing_names.Portrait(
            name=said["name"],
            about_source=said["about"],
            about=cleaning.clean(said["about"], profile=Profile.PROFILE, site=settings.SITE_ADDRESS),
            is_default=place == 0,
        )
        own = user.pseuds.filter(name=said["name"]).select_related("user").first()
        if own is None:
            writing_names.take(portrait, by=user)
        else:
            writing_names.change(own, portrait, by=user)
    return list(user.pseuds.with_account())


def hang_tags(said: Said, *, by: User) -> None:
    """Make the canonical tags, and sort them, join other spellings to them and hang narrower ones under them as a wrangler does."""
    for media in said["media"]:
        above = Tag.objects.of_kind(MEDIA).named(media["name"]).get()
        for fandom in canonical(FANDOM, media["fandoms"]):
            wrangling.change_parents(fandom, add=[above], by=by)
    for group in said["canonical"]:
        canonical(group["kind"], group["names"])
    for group in said["sorted"]:
        upper = [named(name) for name in group["under"]]
        for name in group["names"]:
            wrangling.change_parents(named(name), add=upper, by=by)
    for subtag in said["subtags"]:
        wrangling.change_metatags(named(subtag["name"]), add=[named(subtag["meta"])], by=by)
    for synonym in said["synonyms"]:
        [spelling] = tagging.tags_named({synonym["kind"]: [synonym["name"]]})
        wrangling.merge(spelling, into=named(synonym["canonical"]), by=by)


def named(name: str) -> Tag:
    """Answer the tag of this name."""
    return Tag.objects.named(name).get()


def make_wrangler(person: Said) -> None:
    """Have somebody look after fandoms."""
    User.objects.filter(username=person["username"]).update(is_wrangler=True)
    assigning.take([named(name) for name in person["looks_after"]], by=User.objects.get(username=person["username"]))


def canonical(kind: str, names: list[str]) -> list[Tag]:
    """Make tags of one kind canonical, and answer them."""
    tags = tagging.tags_named({kind: names})
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).update(is_canonical=True)
    return tags


def accept(works: Iterable[Said]) -> None:
    """Accept the ratings and warnings that the works have, besides what is accepted already."""
    said = {work["rating"] for work in works} | {
        name for work in works for part in (work, *work["chapters"]) for name in part["warnings"]
    }
    Tag.objects.filter(kind__in=[RATING, WARNING], name__in=said).update(is_accepted=True)


def post(said: Said, pseuds: list[Pseud]) -> None:
    """Post a work as its authors would, with all its chapters, and then set the days that its file names."""
    first, *others = [[*own] for _owner, own in groupby(pseuds, key=lambda pseud: pseud.user_id)]
    author = first[0].user
    opening, *later = [chapter_entry(chapter) for chapter in said["chapters"]]
    work = writing.draft(work_entry(said, first), opening, by=author)
    for own in others:
        write_along(work, own, asked_by=author)
    for entry in later:
        writing.add_chapter(work, entry, by=author)
    for chapter, told in zip(work.chapters.in_order(), said["chapters"], strict=True):
        if not told["draft"]:
            publishing.publish_chapter(chapter, by=author)
    for username in said.get("gifts", ()):
        give(work, User.objects.get(username=username), by=author)
    date(work, said)


def write_along(work: Work, pseuds: list[Pseud], *, asked_by: User) -> None:
    """Ask somebody to write a work along, as its author would, and have them say yes."""
    person = pseuds[0].user
    preferring.be_open(preferring.Openness(can_be_invited=True), by=person)
    cowriting.invite(work, pseuds[:1], by=asked_by)
    cowriting.accept(CreatorInvitation.objects.to(person).get(work=work), by=person)
    writing.sign(work, pseuds, by=person)


def give(work: Work, person: User, *, by: User) -> None:
    """Give a posted work to somebody who takes gifts, and have them take it."""
    openness = preferring.Openness(can_be_invited=person.can_be_invited, takes_gifts_from=GiftsFrom.EVERYBODY)
    preferring.be_open(openness, by=person)
    giving.give(work, [person.pseuds.with_account().get(is_default=True)], by=by)
    giving.take(Gift.objects.get(work=work, pseud__user=person), by=person)


def work_entry(said: Said, pseuds: list[Pseud]) -> WorkEntry:
    """Answer a file's words as an author would have filled them in."""
    return WorkEntry(
        title=said["title"],
        language=Language.objects.get(pk=said["language"]),
        pseuds=pseuds,
        tags={RATING: [said["rating"]], **{kind: said[name] for kind, name in LIST_OF_KIND.items()}},
        is_restricted=said["restricted"],
        expected_chapters=said.get("expected_chapters"),
        series=[SeriesPlace(place["title"], place["part"]) for place in said.get("series", ())],
        **rich(said),
    )


def chapter_entry(said: Said) -> ChapterEntry:
    """Answer a chapter of a file as an author would have filled it in."""
    text = Words.cleaned(said["text"], Profile.CHAPTER)
    return ChapterEntry(title=said["title"], text=text, warnings=said["warnings"], **rich(said))


def rich(said: Said) -> dict[str, Any]:
    """Answer the summary and the notes, cleaned."""
    return {name: Words.cleaned(said[name], profile) for name, profile in PROFILES.items()}


def date(work: Work, said: Said) -> None:
    """Set the days of a work and its chapters: when they were begun and, where they are posted, when that was."""
    chapters = list(work.chapters.in_order())
    for chapter, told in zip(chapters, said["chapters"], strict=True):
        chapter.created_at = noon_of(told["published"])
        chapter.published_at = None if chapter.is_draft else chapter.created_at
    Chapter.objects.bulk_update(chapters, ["created_at", "published_at"])
    begun = noon_of(said["published"])
    posted = [chapter.published_at for chapter in chapters if chapter.published_at]
    days = {"published_at": begun, "revised_at": max(posted)} if posted else {}
    Work.objects.filter(pk=work.pk).update(created_at=begun, **days)


def relate(said: Said) -> None:
    """Name the works that a work came from; their authors have accepted a link back."""
    for source in said.get("sources", ()):
        work, parent = (Work.objects.get(title=title) for title in (said["title"], source["title"]))
        named = crediting.Source(address=parent.get_absolute_url(), is_translation=source["translation"])
        relation = crediting.credit(work, named, by=author_of(work))
        crediting.accept(relation, by=author_of(parent))


def author_of(work: Work) -> User:
    """Answer the first of the people who made a work."""
    return User.objects.get(pseuds__creatorships=work.creatorships.order_by("position", "pk")[:1])


def describe(said: Said) -> None:
    """Say of a series what its authors say."""
    series = Series.objects.get(title=said["title"])
    pseuds = list(series.pseuds.select_related("user"))
    entry = serializing.SeriesEdit(
        title=series.title,
        summary=Words.cleaned(said["summary"], Profile.SUMMARY),
        notes=Words.cleaned(said["notes"], Profile.NOTES),
        is_complete=said["complete"],
        pseuds=pseuds,
    )
    serializing.edit(series, entry, by=pseuds[0].user)


def bookmark(said: Said) -> None:
    """Have somebody bookmark a work, or a series."""
    person = User.objects.get(username=said["by"])
    subject = Series.objects.get(title=said["series"]) if "series" in said else Work.objects.get(title=said["work"])
    entry = bookmarking.BookmarkEntry(
        pseud=person.pseuds.get(is_default=True),
        notes=Words.cleaned(said["notes"], Profile.SUMMARY),
        tags=said["tags"],
        is_private=said["private"],
        is_rec=said["rec"],
    )
    bookmarking.bookmark(subject, entry, by=person)


def dress(said: Said) -> None:
    """Have somebody write a skin and dress works of theirs in it; a public one is offered, and everybody's from then on."""
    person = User.objects.get(username=said["by"])
    below = Skin.objects.get(title=said["builds_on"]) if "builds_on" in said else None
    entry = skinning.SkinEntry(title=said["title"], source=said["source"].strip(), about=said["about"], parent=below)
    skin = skinning.make(Kind(said["kind"]), entry, by=person)
    for title in said["worn_by"]:
        skinning.wear(Work.objects.get(title=title), skin, by=person)
    if said["public"]:
        skinning.offer(skin, by=person)
        Skin.objects.filter(pk=skin.pk).update(public_at=timezone.now())  # an administrator's yes, before there is one


def keep_lists(said: Said) -> None:
    """Have people read, mark and follow: what stands in their history, for later, and among their news."""
    for one in said["read"]:
        person, work = User.objects.get(username=one["by"]), Work.objects.get(title=one["work"])
        chapter = work.chapters.get(position=one["chapter"])
        visiting.visit(work, chapter, by=person)
        visiting.stop(work, visiting.Stop(chapter.pk, percent=one["percent"]), when=timezone.now(), by=person)
    for one in said["marked"]:
        marking.mark_for_later(Work.objects.get(title=one["work"]), by=User.objects.get(username=one["by"]))
    for one in said["follows"]:
        followed = following.follow(followed_in(one), by=User.objects.get(username=one["by"]))
        Subscription.objects.filter(pk=followed.pk).update(seen_at=noon_of(one["looked"]))


def followed_in(said: Said) -> following.Followed:
    """Answer what somebody follows."""
    if "work" in said:
        return Work.objects.get(title=said["work"])
    if "series" in said:
        return Series.objects.get(title=said["series"])
    return User.objects.get(username=said["author"]) if "author" in said else named(said["tag"])


def noon_of(day: str) -> dt.datetime:
    """Answer noon of a day; a clock that has not come so far yet is not run ahead of."""
    return min(dt.datetime.combine(dt.date.fromisoformat(day), NOON), timezone.now())
