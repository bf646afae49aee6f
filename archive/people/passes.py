"""App passwords: one for each program, which reads with it and changes nothing.

What is kept of one is a keyed hash (HMAC-SHA-256) and no slow one: the archive itself draws 135 random bits, which nobody can
try out, so a slow hash would only make each page of a catalogue slow. The key is the archive's own, so that whoever can
write into the database still cannot make one. It is looked up by that hash, through an index: one query, right or wrong.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import AppPassword, Scope, User

if TYPE_CHECKING:
    from collections.abc import Collection

PREFIX = "lamp"  # so that it is known for what it is wherever somebody loses it
LETTERS = "abcdefghjkmnpqrstuvwxyz"  # no digits, which have a keyboard of their own on e-readers, and no i, l, o
GROUPS, GROUP = 6, 5  # 30 of 23 letters: 135 bits
SALT = "archive.people.passes"
MOST = 50  # in one account: enough for every program that anybody has, and a page can show them all
BETWEEN_NOTES = dt.timedelta(hours=1)  # the last use is told to the hour, so that reading does not write
SHAPE = re.compile(f"{PREFIX}[{LETTERS}]{{{GROUPS * GROUP}}}")
BETWEEN_LETTERS = re.compile(r"[\s\-‐-―]+")


class NameInUse(ArchiveError):
    """Another app password of the account has this name."""

    def __init__(self) -> None:
        super().__init__(_("You have an app password of this name. Please choose another, or revoke that one first."))


class TooMany(ArchiveError):
    """The account has as many as it can."""

    def __init__(self) -> None:
        super().__init__(format_lazy(_("You have {number} app passwords. Please revoke one that you do not need."), number=MOST))


@dataclass(frozen=True, slots=True)
class Made:
    """An app password just made, with what has to be typed: the one moment at which it is known."""

    app_password: AppPassword
    secret: str


@transaction.atomic
def make(*, by: User, name: str, scopes: Collection[Scope]) -> Made:
    """Make an app password. Raises `NameInUse` or `TooMany`."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once must not both be the last that fits
    if AppPassword.objects.editable_by(by).count() >= MOST:
        raise TooMany
    secret = "-".join([PREFIX, *("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))])
    ordered = [scope for scope in Scope if scope in scopes]
    try:
        with transaction.atomic():
            made = AppPassword.objects.create(user=by, name=name, scopes=ordered, digest=_digest(_letters(secret)))
    except IntegrityError as clash:
        raise NameInUse from clash
    return Made(made, secret)


def revoke(app_password: AppPassword, *, by: User) -> None:
    """Have an app password open nothing from now on, nor any session that began with it."""
    AppPassword.objects.editable_by(by).filter(pk=app_password.pk).update(revoked_at=timezone.now())


def revoke_all(*, by: User) -> None:
    """Revoke every app password of an account: whoever had got into it may have made one for themselves."""
    AppPassword.objects.editable_by(by).update(revoked_at=timezone.now())


def find(secret: str, *, login: str | None = None) -> AppPassword | None:
    """Answer the valid app password that is typed like this, with its account; `login` has to be its user name or address."""
    letters = _letters(secret)
    if not SHAPE.fullmatch(letters):
        return None
    found = AppPassword.objects.valid().select_related("user").filter(digest=_digest(letters)).first()
    if found is None or login is None:
        return found
    return found if login.strip().lower() in {found.user.username.lower(), found.user.email.lower()} else None


def note_use(app_password: AppPassword) -> None:
    """Keep that an app password was used, at most once in an hour."""
    now = timezone.now()
    if app_password.used_at is None or app_password.used_at < now - BETWEEN_NOTES:
        before = models.Q(used_at=None) | models.Q(used_at__lt=now - BETWEEN_NOTES)
        AppPassword.objects.filter(before, pk=app_password.pk).update(used_at=now)


def _letters(typed: str) -> str:
    """Answer what was typed without what only makes it easier to read."""
    return BETWEEN_LETTERS.sub("", typed).lower()


def _digest(letters: str) -> str:
    return salted_hmac(SALT, letters, algorithm="sha256").hexdigest()
