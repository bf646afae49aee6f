"""Making skins, changing them, and making them everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.works.skins import MOST_LAYERS, Kind, Skin, digest_of

if TYPE_CHECKING:
    from archive.works.models import Work

MOST_SKINS = 100


class TooManySkins(ArchiveError):
    """A member has as many skins as one may have."""

    def __init__(self) -> None:
        super().__init__(_("You have %(most)d skins. Please delete one that you no longer need.") % {"most": MOST_SKINS})


class TitleTaken(ArchiveError):
    """A member has a skin of this title."""

    def __init__(self) -> None:
        super().__init__(_("You have a skin of this title. Please give this one another."))


class CannotBuildOn(ArchiveError):
    """A skin would build on what it cannot build on."""


class NotYours(ArchiveError):
    """A skin is neither the author's own nor everybody's."""

    def __init__(self) -> None:
        super().__init__(_("This skin is neither yours nor everybody's. Please choose another."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SkinEntry:
    """What was typed into the form of a skin; nothing in its stylesheet is refused."""

    title: str
    source: str
    about: str = ""
    media: str = ""
    parent: Skin | None = None  # that it builds on


@transaction.atomic
def make(kind: Kind, entry: SkinEntry, *, by: User) -> Skin:
    """Make a skin, seen by nobody else until a work wears it or it is everybody's. Raises what is a refusal of this module."""
    _lock(by)
    if by.skins.count() >= MOST_SKINS:
        raise TooManySkins
    return _keep(Skin(user=by, kind=kind), entry)


@transaction.atomic
def change(skin: Skin, entry: SkinEntry, *, by: User) -> Skin:
    """Change a skin; works that wear it, and their files, show it at once. What was offered has to be offered again."""
    _lock(by)
    kept = Skin.objects.editable_by(by).get(pk=skin.pk)
    kept.offered_at = None
    return _keep(kept, entry)


def _lock(member: User) -> None:
    """Let one tab after the other keep skins: two at once make no hundred and first, and no title twice."""
    User.objects.select_for_update().get(pk=member.pk)


def _refuse_below(skin: Skin, parent: Skin) -> None:
    """Raise `CannotBuildOn` where a skin cannot stand on another: not its author's, round in a ring, or too high."""
    if not Skin.objects.to_build_on(skin.kind, by=skin.user).filter(pk=parent.pk).exists():
        raise CannotBuildOn(_("This skin is neither yours nor everybody's. Please choose another."))
    height, under = 1, cast("Skin | None", parent)
    while height < MOST_LAYERS and under:
        if under.pk == skin.pk:
            raise CannotBuildOn(_("That skin builds on this one already."))
        height, under = height + 1, under.parent
    above = [skin.pk] if skin.pk else []
    while height <= MOST_LAYERS and (above := list(Skin.objects.filter(parent__in=above).values_list("pk", flat=True))):
        height += 1
    if height > MOST_LAYERS or under:
        raise CannotBuildOn(_("At most %(most)d skins can build on one another.") % {"most": MOST_LAYERS})


def _keep(skin: Skin, entry: SkinEntry) -> Skin:
    if Skin.objects.filter(user=skin.user, title=entry.title).exclude(pk=skin.pk).exists():
        raise TitleTaken
    if entry.parent:
        _refuse_below(skin, entry.parent)
    skin.title, skin.about, skin.source, skin.media = entry.title, entry.about, entry.source, entry.media
    skin.parent = entry.parent
    skin.digest = digest_of(skin.kind, skin.media, skin.source)
    skin.save()
    return skin


def delete(skin: Skin, *, by: User) -> None:
    """Delete a skin that is not everybody's; works that wore it wear none."""
    Skin.objects.editable_by(by).filter(pk=skin.pk).delete()


def offer(skin: Skin, *, by: User) -> None:
    """Ask for a skin to be everybody's. Raises `CannotBuildOn` where it builds on one that is not."""
    if skin.parent and not skin.parent.public_at:
        said = _("It builds on “%(title)s”, which has to be everybody's first. Offer that one, or put its CSS into this one.")
        raise CannotBuildOn(said % {"title": skin.parent})
    Skin.objects.editable_by(by).filter(pk=skin.pk).update(offered_at=timezone.now())


def publish(skin: Skin, *, by: User) -> None:
    """Make an offered skin everybody's. Its author can no longer change it; works may rest on it."""
    Skin.objects.moderatable_by(by).filter(pk=skin.pk).update(public_at=timezone.now())


def take_back(skin: Skin, *, by: User) -> None:
    """Give an offered or public skin back to its author alone; works that wear it go on to."""
    Skin.objects.moderatable_by(by).filter(pk=skin.pk).update(public_at=None, offered_at=None)


def wear(work: Work, skin: Skin | None, *, by: User) -> None:
    """Dress a work in a skin, or in none. Raises `NotYours` for one that is neither the author's nor everybody's."""
    if work.skin_id == (skin.pk if skin else None):
        return
    if skin and not Skin.objects.for_a_work(work.skin_id, by=by).filter(pk=skin.pk).exists():
        raise NotYours
    work.skin = skin
    work.save(update_fields=["skin"])
