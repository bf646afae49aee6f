"""What a member keeps of one thing, with the names under which they could: one statement, since every page of a work asks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from archive.community.models import Bookmark
from archive.people.models import Pseud, User
from archive.statements import A_MEMBER, A_SUBJECT, Statement
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.community.models import Subject
    from archive.people.models import Viewer
    from archive.works.models import WorkQuerySet

COLUMNS = ("pk", "pseud_id", "notes_source", "tag_names", "is_private", "is_rec")


@dataclass(frozen=True, slots=True)
class Own:
    """The names of a member, and the bookmark that they have of something, if they have one; of it no more than its form shows."""

    names: list[Pseud]
    bookmark: Bookmark | None


def own_of(user: User, subject: Subject) -> Own:
    """Answer what a member keeps of a work or a series."""
    statement = _of_own(type(subject))
    names = list(Pseud.objects.raw(statement.sql, statement.values_with({A_SUBJECT: subject.pk, A_MEMBER: user.pk})))
    kept = next((name.bookmarked for name in names if name.bookmarked), None)  # type: ignore[attr-defined] # annotated
    return Own(names, Bookmark(**json.loads(kept)) if kept else None)


@cache
def _of_own(kind: type[Subject]) -> Statement:
    """Answer the statement for a member's names, each with what they keep of a work or a series under it, as JSON."""
    theirs = Bookmark.objects.of(kind(pk=A_SUBJECT)).filter(pseud=OuterRef("pk"))
    own = Subquery(theirs.values(columns=Cast(JSONObject(**{name: name for name in COLUMNS}), TextField()))[:1])
    names = Pseud.objects.editable_by(User(pk=A_MEMBER)).only("user", "name", "is_default")
    return Statement.of(names.annotate(bookmarked=own))


def bookmarked_by(user: Viewer) -> WorkQuerySet:
    """Works that a member bookmarks, private or not, of those that are listed to them, the most recently bookmarked first."""
    theirs = Bookmark.objects.editable_by(user)
    since = Subquery(theirs.filter(work=OuterRef("pk")).order_by("-made_at").values("made_at")[:1])
    return Work.objects.listed_to(user).filter(pk__in=theirs.exclude(work=None).values("work")).order_by(since.desc(), "-pk")
