"""Keeping a work or a series, saying something about it, and letting go of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.community import counting
from archive.community.models import MOST_TAGS, Bookmark
from archive.errors import ArchiveError
from archive.people.models import User
from archive.text.cleaning import CLEANER_VERSION
from archive.text.fields import folded_key
from archive.works.entries import NOTHING, Words
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.community.models import Subject
    from archive.people.models import Pseud


class NotYours(ArchiveError):
    """The bookmark would stand under somebody else's name."""

    def __init__(self) -> None:
        super().__init__(_("You can bookmark under your own pseuds alone."))


class TooManyTags(ArchiveError):
    """More words than one bookmark holds."""

    def __init__(self) -> None:
        super().__init__(format_lazy(_("A bookmark can have {most} tags."), most=MOST_TAGS))


class NoLongerThere(ArchiveError):
    """The bookmark was deleted in the meantime, perhaps in another tab."""

    def __init__(self) -> None:
        super().__init__(_("This bookmark was deleted in the meantime."))


class BookmarkedAlready(ArchiveError):
    """The member has a bookmark of this, which a second one would have to replace."""

    def __init__(self, bookmark: Bookmark) -> None:
        super().__init__(
            _("You have bookmarked this already. What you wrote now is not kept yet: save it to put it in the place of that.")
        )
        self.bookmark = bookmark


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkEntry:
    """What a member says with a bookmark. `tags` are names as `tags.naming.tag_name` gives them."""

    pseud: Pseud
    notes: Words = NOTHING
    tags: Sequence[str] = ()
    is_private: bool = False
    is_rec: bool = False


@transaction.atomic
def bookmark(subject: Subject, entry: BookmarkEntry, *, by: User) -> Bookmark:
    """Keep a work or a series, got through a door. Raises `NotYours`, `TooManyTags` or `BookmarkedAlready`.

    A member has one bookmark of each, under whichever of their names.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two tabs at once must not make two
    if there := Bookmark.objects.by(by).of(subject).first():
        raise BookmarkedAlready(there)
    made = Bookmark(work=subject) if isinstance(subject, Work) else Bookmark(series=subject)
    _write(made, entry, by=by)
    made.save(force_insert=True)
    _recount(made)
    return made


@transaction.atomic
def change(bookmark: Bookmark, entry: BookmarkEntry, *, by: User) -> Bookmark:
    """Say something else with a bookmark. Raises `NotYours`, `TooManyTags` or `NoLongerThere`."""
    there = _lock(bookmark, by=by)
    _write(there, entry, by=by)
    there.save()
    _recount(there)
    return there


@transaction.atomic
def let_go(bookmark: Bookmark, *, by: User) -> None:
    """Delete a bookmark, for good; one that is gone already is no mistake."""
    try:
        there = _lock(bookmark, by=by)
    except NoLongerThere:
        return
    there.delete()
    _recount(there)


def says_the_same(bookmark: Bookmark, entry: BookmarkEntry) -> bool:
    """Whether a bookmark says already what somebody says now, as after a button was pressed twice."""
    return (
        bookmark.pseud_id == entry.pseud.pk
        and bookmark.notes_source == entry.notes.source
        and bookmark.tag_names == list(entry.tags)
        and (bookmark.is_private, bookmark.is_rec) == (entry.is_private, entry.is_rec)
    )


def _lock(bookmark: Bookmark, *, by: User) -> Bookmark:
    there = Bookmark.objects.editable_by(by).select_for_update(of=("self",)).filter(pk=bookmark.pk).first()
    if there is None:
        raise NoLongerThere
    return there


def _write(bookmark: Bookmark, entry: BookmarkEntry, *, by: User) -> None:
    if entry.pseud.user_id != by.pk:
        raise NotYours
    if len(entry.tags) > MOST_TAGS:
        raise TooManyTags
    bookmark.pseud = entry.pseud
    bookmark.notes_source, bookmark.notes, bookmark.cleaner_version = entry.notes.source, entry.notes.html, CLEANER_VERSION
    bookmark.tag_names = list(entry.tags)
    bookmark.tag_keys = [folded_key(name) for name in entry.tags]
    bookmark.is_private, bookmark.is_rec = entry.is_private, entry.is_rec


def _recount(bookmark: Bookmark) -> None:
    if bookmark.work_id is not None:
        counting.recount([bookmark.work_id])
