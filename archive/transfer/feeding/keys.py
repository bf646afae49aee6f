"""The secret in the addresses of a member's own feeds. Feed readers can log in nowhere; whoever has the address reads along."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.transfer.feeding.models import FeedKey

if TYPE_CHECKING:
    from archive.people.models import User

BYTES = 24


def renew(*, by: User) -> FeedKey:
    """Make the member's key, or another in its place: the old addresses lead nowhere from now on."""
    made = {"key": secrets.token_urlsafe(BYTES), "made_at": timezone.now()}
    return FeedKey.objects.update_or_create(user=by, defaults=made)[0]


def give_up(*, by: User) -> None:
    """Have the member's feeds lead nowhere."""
    FeedKey.objects.editable_by(by).delete()


def owner_of(key: str) -> User | None:
    """Answer the member whose feeds a key opens, while their account is active."""
    found = FeedKey.objects.filter(key=key, user__is_active=True).select_related("user").first()
    return found.user if found else None
