"""Naming what a work came from, and saying whether one's own work shows a link back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.works.models import Creatorship, Work
from archive.works.related import Relation

if TYPE_CHECKING:
    from archive.people.models import User, Viewer
    from archive.works.languages import Language
    from archive.works.related import RelationQuerySet

MOST_SOURCES = 30
PATH_OF_WORK = re.compile(r"/works/(\d{1,18})(?:[/?#].*)?")


class NotThatSource(ArchiveError):
    """No work at the address, the work itself, or one that is named already."""


class TooManySources(ArchiveError):
    """More sources than one work can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a work came from, as its author typed it. Of a work of this archive only the address counts."""

    address: str
    is_translation: bool = False
    title: str = ""
    author: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A relation as one of the authors is told of it. A work that they may not open has no name and no address."""

    pk: int
    work: Work
    is_translation: bool
    title: str
    address: str
    byline: str
    language: str
    is_elsewhere: bool
    is_accepted: bool
    is_refused: bool


def told_to(user: User, relations: RelationQuerySet) -> list[Told]:
    """Answer relations that were got through a door, as this author is told of them."""
    rows = list(relations.with_works())
    parents = [row.parent_id for row in rows if row.parent_id]
    visible = set(Work.objects.visible_to(user).filter(pk__in=parents).values_list("pk", flat=True))
    return [_told(row, is_open=row.parent_id in visible) for row in rows]


def _told(row: Relation, *, is_open: bool) -> Told:
    """Answer one relation, with its parent's name where that is open."""
    parent = row.parent if is_open else None
    if parent:
        title, address = str(parent), parent.get_absolute_url()
        byline = ", ".join(pseud.byline for pseud in parent.pseuds.all())
    else:
        title, address, byline = row.title, row.address, row.author
    return Told(
        pk=row.pk,
        work=row.work,
        is_translation=row.is_translation,
        title=title,
        address=address,
        byline=byline,
        language=row.language.name if row.language else "",
        is_elsewhere=bool(row.address),
        is_accepted=row.accepted_at is not None,
        is_refused=row.refused_at is not None,
    )


def is_here(address: str) -> bool:
    """Whether an address is one of this archive."""
    return urlsplit(address).netloc.lower() in {"", urlsplit(settings.SITE_ADDRESS).netloc.lower()}


def work_at(address: str, *, viewer: Viewer) -> Work | None:
    """Answer the posted work at an address of this archive, if the viewer may find it."""
    parts = urlsplit(address)
    found = PATH_OF_WORK.fullmatch(parts.path)
    return Work.objects.listed_to(viewer).filter(pk=int(found[1])).first() if found else None


@transaction.atomic
def credit(work: Work, source: Source, *, by: User) -> Relation:
    """Name what a work came from. Whoever made both need not ask themselves. Raises `NotThatSource` or `TooManySources`."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    if work.sources.count() >= MOST_SOURCES:
        raise TooManySources(_("A work can name %(most)d others.") % {"most": MOST_SOURCES})
    if not is_here(source.address):
        return _credit_elsewhere(work, source)
    parent = work_at(source.address, viewer=by)
    if parent is None:
        raise NotThatSource(_("There is no posted work at this address."))
    if parent.pk == work.pk:
        raise NotThatSource(_("This is the work itself."))
    is_own = Creatorship.objects.filter(work=parent, pseud__user=by).exists()
    relation, is_new = Relation.objects.get_or_create(
        work=work,
        parent=parent,
        defaults={"is_translation": source.is_translation, "accepted_at": timezone.now() if is_own else None},
    )
    if not is_new:
        raise NotThatSource(_("This work is named already."))
    return relation


def _credit_elsewhere(work: Work, source: Source) -> Relation:
    """Name a work that lies elsewhere: nobody is asked."""
    if work.sources.filter(address=source.address).exists():
        raise NotThatSource(_("This work is named already."))
    return Relation.objects.create(
        work=work,
        is_translation=source.is_translation,
        address=source.address,
        title=source.title,
        author=source.author,
        language=source.language,
    )


@transaction.atomic
def withdraw(relation: Relation, *, by: User) -> None:  # noqa: ARG001 - every deed says who does it
    """No longer name what a work came from; a link back goes with it."""
    relation.delete()


@transaction.atomic
def accept(relation: Relation, *, by: User) -> None:  # noqa: ARG001 - likewise
    """Have one's work show a link to one that it inspired."""
    Relation.objects.filter(pk=relation.pk).update(accepted_at=timezone.now(), refused_at=None)


@transaction.atomic
def refuse(relation: Relation, *, by: User) -> None:  # noqa: ARG001 - likewise
    """Have one's work show no such link, or no longer; the other work goes on naming it."""
    Relation.objects.filter(pk=relation.pk).update(accepted_at=None, refused_at=timezone.now())
