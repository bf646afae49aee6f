"""Pseuds: taking a new name to write under, changing one, laying one down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import Pseud, User
from archive.people.signals import pseud_leaving
from archive.text.cleaning import CLEANER_VERSION

if TYPE_CHECKING:
    from archive.text.cleaning import CleanHTML


class NameInUse(ArchiveError):
    """The account has a pseud of this name already, perhaps in other capitals."""

    def __init__(self) -> None:
        super().__init__(_("You have a pseud of this name already."))


class IsDefault(ArchiveError):
    """The default pseud cannot be deleted: works of the others would have nowhere to go."""

    def __init__(self) -> None:
        super().__init__(_("This is your default pseud. Make another one the default first, then you can delete it."))


class IsUsername(ArchiveError):
    """The pseud named as the account keeps its name and cannot be deleted."""

    def __init__(self) -> None:
        super().__init__(_("This pseud bears the name of your account, so it stays as long as the account does."))


@dataclass(frozen=True)
class Portrait:
    """What a person says of a pseud; `about` is the cleaned `about_source`."""

    name: str
    about_source: str
    about: CleanHTML
    is_default: bool


@transaction.atomic
def take(portrait: Portrait, *, by: User) -> Pseud:
    """Give this account one more pseud. Raises `NameInUse`."""
    return _write(Pseud(user=by), portrait, by=by)


@transaction.atomic
def change(pseud: Pseud, portrait: Portrait, *, by: User) -> Pseud:
    """Change a pseud. The default one stays the default until another is made so. Raises `NameInUse` or `IsUsername`."""
    if bears_username(pseud) and portrait.name != pseud.name:
        raise IsUsername
    return _write(pseud, portrait, by=by)


@transaction.atomic
def lay_down(pseud: Pseud, *, by: User) -> None:
    """Delete a pseud; what was made under it goes to the default pseud. Raises `IsDefault` or `IsUsername`."""
    _lock(by)
    pseud.refresh_from_db(fields=["is_default"])
    if refusal := reason_to_stay(pseud):
        raise refusal
    pseud_leaving.send(Pseud, pseud=pseud, heir=Pseud.objects.get(user=by, is_default=True))
    pseud.delete()


def reason_to_stay(pseud: Pseud) -> ArchiveError | None:
    """Answer why this pseud cannot be deleted, or None where it can. Its `user` must have been loaded."""
    if bears_username(pseud):
        return IsUsername()
    return IsDefault() if pseud.is_default else None


def bears_username(pseud: Pseud) -> bool:
    """Whether the pseud is named as its account. Its `user` must have been loaded."""
    return pseud.name.lower() == pseud.user.username.lower()


def _write(pseud: Pseud, portrait: Portrait, *, by: User) -> Pseud:
    _lock(by)
    if portrait.is_default:
        by.pseuds.exclude(pk=pseud.pk).filter(is_default=True).update(is_default=False)
        pseud.is_default = True
    pseud.name = portrait.name
    pseud.about_source = portrait.about_source
    pseud.about, pseud.cleaner_version = portrait.about, CLEANER_VERSION
    try:
        with transaction.atomic():
            pseud.save()
    except IntegrityError as conflict:
        raise NameInUse from conflict
    return pseud


def _lock(user: User) -> None:
    """Let one change of this account's pseuds wait for another, so that there is always exactly one default."""
    User.objects.select_for_update().get(pk=user.pk)
