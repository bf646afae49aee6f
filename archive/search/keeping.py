"""The filters that members keep in their accounts: for one tag's works, or for all listings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.search.models import SavedFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.people.models import Viewer
    from archive.tags.models import Tag

NAME_LENGTH = 60
MOST = 200  # of one member; more than anybody looks through


class TooMany(ArchiveError):
    """A member keeps as many filters as there can be."""

    def __init__(self) -> None:
        super().__init__(_("You keep as many filters as there can be. Delete one that you no longer use."))


class NameTaken(ArchiveError):
    """Another filter of the same place has the name already."""

    def __init__(self) -> None:
        super().__init__(_("You have another filter of this name."))


def for_user(user: Viewer) -> QuerySet[SavedFilter]:
    """Answer the filters of this member, with their tags: the door to them. Nobody else sees or uses them."""
    if not user.is_authenticated:
        return SavedFilter.objects.none()
    return SavedFilter.objects.filter(user=user).select_related("tag").order_by("name", "pk")


@transaction.atomic
def keep(name: str, query: str, *, tag: Tag | None, is_default: bool, by: User) -> SavedFilter:
    """Keep a filter under a name; one of the same name and tag is written over. Raises `TooMany`."""
    _lock(by)
    own = for_user(by)
    if own.count() >= MOST and not own.filter(tag=tag, name=name).exists():
        raise TooMany
    if is_default:
        own.filter(tag=tag, is_default=True).update(is_default=False)
    kept, _is_new = SavedFilter.objects.update_or_create(
        user=by, tag=tag, name=name, defaults={"query": query} | ({"is_default": True} if is_default else {})
    )
    return kept


@transaction.atomic
def rename(kept: SavedFilter, name: str, *, by: User) -> None:
    """Give a filter another name. Raises `NameTaken`."""
    _lock(by)
    if for_user(by).filter(tag=kept.tag_id, name=name).exclude(pk=kept.pk).exists():
        raise NameTaken
    kept.name = name
    kept.save(update_fields=["name"])


@transaction.atomic
def make_default(kept: SavedFilter, *, is_default: bool, by: User) -> None:
    """Have a filter used wherever its tag's works are listed and nothing else is asked for, or no longer."""
    _lock(by)
    if is_default:
        for_user(by).filter(tag=kept.tag_id).exclude(pk=kept.pk).update(is_default=False)
    kept.is_default = is_default
    kept.save(update_fields=["is_default"])


def _lock(user: User) -> None:
    """Let one change of this member's filters wait for another, so that there is never more than one default."""
    User.objects.select_for_update().get(pk=user.pk)
