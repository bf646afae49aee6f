"""Leaving the archive: an account goes, and what its owner wanted for the works happens in the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.people.signals import account_leaving

if TYPE_CHECKING:
    from collections.abc import Collection


class OwnWorks(models.TextChoices):
    """What happens to works that nobody else makes."""

    DROP_NAME = "drop", _("They stay, without my name, under orphan_account")
    KEEP_NAME = "keep", _("They stay, with my name as one of orphan_account")
    DELETE = "delete", _("They are deleted, for good and at once")


class SharedWorks(models.TextChoices):
    """What happens to one's names under works that others make, too."""

    LEAVE = "leave", _("My name comes off, and the others keep them")
    DROP_NAME = "drop", _("orphan_account stands in the place of my name")
    KEEP_NAME = "keep", _("My name stays, as one of orphan_account")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody who leaves wants for their works. `shown` are the ids of the works that they saw before they said yes."""

    own: OwnWorks
    shared: SharedWorks = SharedWorks.LEAVE
    shown: Collection[int] | None = None


class LastOperator(ArchiveError):
    """Nobody could run the archive any more."""

    def __init__(self) -> None:
        super().__init__(_("You are the only one who runs this archive. Let somebody else run it first, then you can leave."))


def reason_to_stay(user: User) -> ArchiveError | None:
    """Answer why this account cannot be deleted, or None where it can."""
    operators = User.objects.filter(is_superuser=True, is_active=True)
    if user.is_superuser and not operators.exclude(pk=user.pk).exists():
        return LastOperator()
    return None


@transaction.atomic
def leave_archive(wishes: Wishes, *, by: User) -> None:
    """Delete an account with all that is its owner's alone, for good. Raises `LastOperator`, and what listeners raise."""
    if refusal := reason_to_stay(by):
        raise refusal
    account_leaving.send(User, user=by, wishes=wishes)
    by.delete()
