"""What a member keeps of one thing, with the names under which they could: one statement, since every page of a work asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from archive.community.models import Bookmark
from archive.people.models import Pseud
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.community.models import Subject
    from archive.people.models import User, Viewer
    from archive.works.models import WorkQuerySet

COLUMNS = ("pk", "pseud_id", "notes_source", "tag_names", "is_private", "is_rec")


@dataclass(frozen=True, slots=True)
class Own:
    """The names of a member, and the bookmark that they have of something, if they have one; of it no more than its form shows."""

    names: list[Pseud]
    bookmark: Bookmark | None


def own_of(user: User, subject: Subject) -> Own:
    """Answer what a member keeps of a work or a series."""
    theirs = Bookmark.objects.of(subject).filter(pseud=OuterRef("pk"))
    columns = JSONObject(**{name: name for name in COLUMNS})
    own = Subquery(theirs.values(columns=columns)[:1])
    names = Pseud.objects.editable_by(user).only("user", "name", "is_default").annotate(bookmarked=own)
    kept = next((name.bookmarked for name in names if name.bookmarked), None)  # type: ignore[attr-defined] # annotated
    return Own(list(names), Bookmark(**kept) if kept else None)


def bookmarked_by(user: Viewer) -> WorkQuerySet:
    """Works that a member bookmarks, private or not, of those that are listed to them, the most recently bookmarked first."""
    theirs = Bookmark.objects.editable_by(user)
    since = Subquery(theirs.filter(work=OuterRef("pk")).order_by("-made_at").values("made_at")[:1])
    return Work.objects.listed_to(user).filter(pk__in=theirs.exclude(work=None).values("work")).order_by(since.desc(), "-pk")
