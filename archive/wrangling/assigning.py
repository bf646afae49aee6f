"""Who wrangles, and who looks after which fandoms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.wrangling.models import WranglerAssignment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archive.people.models import User
    from archive.tags.models import Tag


class NotForYou(ArchiveError):
    """Somebody who does not run the archive would say who wrangles."""

    def __init__(self) -> None:
        super().__init__(_("Only those who run the archive say who wrangles."))


def take(fandoms: Iterable[Tag], *, by: User) -> None:
    """Take fandoms; others may have taken them too, and anybody may still wrangle them."""
    rows = [WranglerAssignment(wrangler=by, fandom=fandom) for fandom in fandoms]
    WranglerAssignment.objects.bulk_create(rows, ignore_conflicts=True)


def leave(fandom: Tag, *, by: User) -> None:
    """Look after a fandom no longer."""
    WranglerAssignment.objects.filter(wrangler=by, fandom=fandom).delete()


@transaction.atomic
def assign(fandoms: Collection[Tag], *, to: User, by: User) -> None:
    """Have somebody look after these fandoms and no others. Raises `NotForYou`."""
    _refuse_all_but_operators(by)
    WranglerAssignment.objects.filter(wrangler=to).exclude(fandom__in=fandoms).delete()
    take(fandoms, by=to)


@transaction.atomic
def appoint(user: User, *, fandoms: Collection[Tag], by: User) -> None:
    """Make somebody a wrangler, who looks after these fandoms. Raises `NotForYou`."""
    assign(fandoms, to=user, by=by)
    user.is_wrangler = True
    user.save(update_fields=["is_wrangler"])


@transaction.atomic
def dismiss(user: User, *, by: User) -> None:
    """Let somebody wrangle no longer; what they did stays. Raises `NotForYou`."""
    _refuse_all_but_operators(by)
    user.is_wrangler = False
    user.save(update_fields=["is_wrangler"])
    WranglerAssignment.objects.filter(wrangler=user).delete()


def _refuse_all_but_operators(by: User) -> None:
    if not by.is_superuser:
        raise NotForYou
