"""Invitations: each lets one person sign up while the archive is not open to everybody."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import Invitation

if TYPE_CHECKING:
    from archive.people.models import User

# 144 bits: not to be guessed, and short enough to be sent in a message without being broken over lines.
TOKEN_BYTES = 18


class NoSuchInvitation(ArchiveError):
    """A token that was never given out, or was withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is not known here. Perhaps a part of the link was lost, or it was withdrawn."))


class AlreadyUsed(ArchiveError):
    """An invitation that somebody has signed up with."""

    def __init__(self) -> None:
        super().__init__(_("This invitation has been used already. Each one is for one account."))


def invite(*, by: User, note: str = "") -> Invitation:
    """Make an invitation; `note` tells administrators for whom it was meant."""
    return Invitation.objects.create(token=secrets.token_urlsafe(TOKEN_BYTES), note=note, made_by=by)


def check(token: str) -> None:
    """Raise `NoSuchInvitation` or `AlreadyUsed` unless somebody could sign up with this token now."""
    _found(Invitation.objects.filter(token=token).first())


@transaction.atomic
def use(token: str, *, by: User) -> None:
    """Note that this new account came with this invitation; once, even if two come at the same moment.

    Raises `NoSuchInvitation` or `AlreadyUsed`.
    """
    invitation = _found(Invitation.objects.select_for_update().filter(token=token).first())
    invitation.used_by = by
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_by", "used_at"])


@transaction.atomic
def withdraw(token: str) -> None:
    """Make an invitation that nobody has used worthless. Raises `NoSuchInvitation` or `AlreadyUsed`."""
    _found(Invitation.objects.select_for_update().filter(token=token).first()).delete()


def _found(invitation: Invitation | None) -> Invitation:
    if invitation is None:
        raise NoSuchInvitation
    if invitation.used_at is not None:
        raise AlreadyUsed
    return invitation
