"""Making skins, changing them, and making them everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.works.skins import Kind, Skin, digest_of

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


@transaction.atomic
def make(kind: Kind, entry: SkinEntry, *, by: User) -> Skin:
    """Make a skin, seen by nobody else until a work wears it or it is everybody's."""
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


def _keep(skin: Skin, entry: SkinEntry) -> Skin:
    if Skin.objects.filter(user=skin.user, title=entry.title).exclude(pk=skin.pk).exists():
        raise TitleTaken
    skin.title, skin.about, skin.source, skin.media = entry.title, entry.about, entry.source, entry.media
    skin.digest = digest_of(skin.kind, skin.media, skin.source)
    skin.save()
    return skin


def delete(skin: Skin, *, by: User) -> None:
    """Delete a skin that is not everybody's; works that wore it wear none."""
    Skin.objects.editable_by(by).filter(pk=skin.pk).delete()


def offer(skin: Skin, *, by: User) -> None:
    """Ask for a skin to be everybody's."""
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
