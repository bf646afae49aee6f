"""Readings for tests."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.reading.models import Reading, Subscription

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.reading.following import Followed
    from archive.works.models import Work


def read(work: Work, *, by: User, days_ago: int = 0, **fields: object) -> Reading:
    """A work in somebody's history."""
    moment = timezone.now() - dt.timedelta(days=days_ago)
    return Reading.objects.create(user=by, work=work, **{"first_read_at": moment, "last_read_at": moment, "visits": 1, **fields})


def follow(followed: Followed, *, by: User, days_ago: int = 1) -> Subscription:
    """Something that somebody has followed for a while, and not looked at since."""
    from archive.reading import following  # noqa: PLC0415 - one name for both

    subscription = following.follow(followed, by=by)
    Subscription.objects.filter(pk=subscription.pk).update(seen_at=timezone.now() - dt.timedelta(days=days_ago))
    return subscription
