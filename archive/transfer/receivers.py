"""What files that were made or brought along do when their work changes, or somebody parts with it; and feeds at a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from archive.people.signals import password_set
from archive.transfer.bringing.models import Batch, BroughtFile, Origin
from archive.transfer.feeding import keys
from archive.transfer.taking import shelf
from archive.works.signals import changed, maker_leaving, published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import User
    from archive.works.models import Work


@receiver([changed, published], dispatch_uid="files of a work that changed are removed")
def drop_files(sender: type[Work], *, work: Work, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Remove the files that were made of a work before it changed."""
    shelf.drop(work.pk)


@receiver(password_set, dispatch_uid="feeds are closed with the old password")
def close_feeds(sender: type[User], *, user: User, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Close the own feeds of an account that has a new password."""
    keys.give_up(by=user)


@receiver(maker_leaving, dispatch_uid="files forget works that are parted with")
def forget(sender: type[Work], *, works: Sequence[int], by: User, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Forget that somebody brought these works along: what they bring again is new to them."""
    Origin.objects.filter(work__in=works, user=by).delete()
    BroughtFile.objects.filter(work__in=works, batch__user=by).update(work=None)
    Batch.objects.filter(work__in=works, user=by).update(work=None)
