"""Founding the archive behind a link that works once, and changing later what was said then."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from archive.charter.models import Charter
from archive.errors import ArchiveError
from archive.people import registering
from archive.tags.models import RATING, WARNING, Tag
from archive.text.cleaning import CLEANER_VERSION
from archive.works.entries import NOTHING, Words

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.people.models import User

TOKEN_BYTES = 32  # 256 bits: whoever has the link rules the archive, so it must not be guessed


class WrongLink(ArchiveError):
    """A token that was never given out, or that a newer one has replaced."""

    def __init__(self) -> None:
        super().__init__(_("This set-up link is not the newest one. The archive prints a new one at each start."))


class AlreadyFounded(ArchiveError):
    """Somebody has been through the set-up page."""

    def __init__(self) -> None:
        super().__init__(_("This archive is set up already. Its administrators can change its settings."))


class NothingAccepted(ArchiveError):
    """An archive that accepts no rating or no warning could not take a single work. `kind` is the one that lacks."""

    def __init__(self, kind: str) -> None:
        super().__init__(_("Please tick at least one. Without it nobody could post anything here."))
        self.kind = kind


class NotAnAdministrator(ArchiveError):
    """Only those who run the archive say what it is."""

    def __init__(self) -> None:
        super().__init__(_("Only the archive's administrators can change its settings."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an operator says of the archive. `accepted` holds the ratings and warnings of works that it takes."""

    name: str
    sign_up: str
    accepted: Collection[Tag]
    contact: str = ""
    policy: Words = NOTHING
    refusal: str = ""


@transaction.atomic
def setup_link() -> str | None:
    """Make a link to the set-up page, which takes the place of any earlier one; None where the archive is founded.

    The database keeps only a digest of it.
    """
    charter = _charter_to_change()
    if charter.is_founded:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    charter.setup_digest = digest(token)
    charter.save(update_fields=["setup_digest"])
    return f"{settings.SITE_ADDRESS}{reverse('setup', args=[token])}"


def digest(token: str) -> str:
    """Answer what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def check(token: str) -> None:
    """Raise `WrongLink` or `AlreadyFounded` unless the archive could be founded with this token now."""
    _refuse_link(Charter.objects.current(), token)


@transaction.atomic
def found(terms: Terms, *, token: str, username: str, email: str, password: str) -> User:
    """Found the archive and answer its first administrator, who can log in at once; only one of several at once succeeds.

    Raises `WrongLink`, `AlreadyFounded`, `NothingAccepted` and what `registering.register` raises.
    """
    charter = _charter_to_change()
    _refuse_link(charter, token)
    administrator = registering.register(username=username, email=email, password=password)
    administrator.is_staff = administrator.is_superuser = True
    administrator.save(update_fields=["is_staff", "is_superuser"])
    registering.vouch(administrator)
    charter.founded_at = timezone.now()
    charter.setup_digest = ""
    _write(charter, terms)
    return administrator


@transaction.atomic
def amend(terms: Terms, *, by: User) -> None:
    """Change the settings. What is no longer accepted stays on the works that have it.

    Raises `NotAnAdministrator` or `NothingAccepted`.
    """
    if not by.is_superuser:
        raise NotAnAdministrator
    _write(_charter_to_change(), terms)


def _charter_to_change() -> Charter:
    """Answer the charter's row, locked until the end of the transaction."""
    return Charter.objects.select_for_update().get_or_create(pk=Charter.ONLY)[0]


def _refuse_link(charter: Charter, token: str) -> None:
    if charter.is_founded:
        raise AlreadyFounded
    if not charter.setup_digest or not constant_time_compare(charter.setup_digest, digest(token)):
        raise WrongLink


def _write(charter: Charter, terms: Terms) -> None:
    """Write the terms down: the charter's columns, and which ratings and warnings are accepted."""
    _accept(terms.accepted)
    charter.name = terms.name
    charter.sign_up = terms.sign_up
    charter.contact = terms.contact
    charter.policy_source, charter.policy = terms.policy.source, terms.policy.html
    charter.cleaner_version = CLEANER_VERSION
    charter.refusal = terms.refusal
    charter.save()


def _accept(accepted: Collection[Tag]) -> None:
    """Accept exactly these ratings and warnings; retired ones are not asked about and stay as they are."""
    for kind in (RATING, WARNING):
        chosen = [tag.pk for tag in accepted if tag.kind_id == kind]
        if not chosen:
            raise NothingAccepted(kind)
        offered = Tag.objects.of_kind(kind).filter(retired_at=None)
        offered.exclude(pk__in=chosen).update(is_accepted=False)
        offered.filter(pk__in=chosen).update(is_accepted=True)
