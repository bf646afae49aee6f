"""Works for tests, made by the real deeds: what a test starts from is what the archive could hold."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from archive.tags.models import Tag
from archive.text.cleaning import Profile
from archive.works import cowriting, publishing, writing
from archive.works.chapters import Chapter
from archive.works.creators import CreatorInvitation
from archive.works.entries import ChapterEntry, SeriesPlace, Words, WorkEntry
from archive.works.languages import Language
from archive.works.models import Work
from tests.factories.people import UserFactory

if TYPE_CHECKING:
    from archive.people.models import User

_numbers = itertools.count(1)
TEXT = "<p>The lamp was lit before the ship was seen.</p>"


def accept_everything() -> None:
    """Have the archive accept every rating and warning."""
    Tag.objects.filter(kind__in=["rating", "warning"]).update(is_accepted=True)


def chapter_entry(text: str = TEXT, **fields: object) -> ChapterEntry:
    """An entry for a chapter; notes and summaries are given as they would be typed."""
    for name in ("summary", "notes", "endnotes", "content_notes"):
        if name in fields:
            fields[name] = Words.cleaned(str(fields[name]), Profile.SUMMARY)
    return ChapterEntry(text=Words.cleaned(text, Profile.CHAPTER), **fields)


def work_entry(
    author,
    *,
    title: str = "",
    rating: str = "General Audiences",
    warnings: tuple[str, ...] = ("No Archive Warnings Apply",),
    fandoms: tuple[str, ...] = ("The Lighthouse Keepers (TV)",),
    language: str = "en",
    series: str = "",
    tags: dict[str, list[str]] | None = None,
    **fields: object,
) -> WorkEntry:
    """An entry for a work that could be published as it is."""
    for name in ("summary", "notes", "endnotes", "content_notes"):
        if name in fields:
            fields[name] = Words.cleaned(str(fields[name]), Profile.SUMMARY)
    names = {"rating": [rating] if rating else [], "warning": list(warnings), "fandom": list(fandoms)} | (tags or {})
    return WorkEntry(
        title=title or f"What the Tide Leaves {next(_numbers)}",
        language=Language.objects.get(pk=language),
        pseuds=[author.pseuds.get(is_default=True)],
        tags=names,
        series=[SeriesPlace(series)] if series else [],
        **fields,
    )


def make_draft(*, by=None, text: str = TEXT, **fields: object) -> Work:
    """A draft."""
    author = by or UserFactory()
    return writing.draft(work_entry(author, **fields), chapter_entry(text), by=author)


def make_work(*, by=None, text: str = TEXT, **fields: object) -> Work:
    """A published work."""
    author = by or UserFactory()
    work = make_draft(by=author, text=text, **fields)
    publishing.publish(work, by=author)
    return Work.objects.get(pk=work.pk)


def add_chapter(work: Work, *, text: str = TEXT, posts: bool = True, **fields: object) -> Chapter:
    """A further chapter of a work, posted unless told otherwise."""
    author = work.pseuds.first().user
    chapter = writing.add_chapter(work, chapter_entry(text, **fields), by=author)
    if posts:
        publishing.publish_chapter(chapter, by=author)
    return Chapter.objects.get(pk=chapter.pk)


def author_of(work: Work) -> User:
    """Whoever made a work first."""
    return work.creatorships.order_by("position", "pk").first().pseud.user


def co_author_of(work: Work, **fields: object) -> User:
    """Somebody new who writes a work along, by their own yes."""
    friend = UserFactory(can_be_invited=True, **fields)
    cowriting.invite(work, [friend.pseuds.get()], by=author_of(work))
    cowriting.accept(CreatorInvitation.objects.get(work=work, pseud__user=friend), by=friend)
    return friend
