"""Following works, series, authors and tags, and having looked at what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people import orphanage
from archive.people.models import User
from archive.reading.models import Subscription
from archive.tags.models import Tag
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from archive.reading.models import SubscriptionQuerySet

MOST = 2_000  # subscriptions of one member

LOOK_IN = "UPDATE archive_subscription SET seen_at = statement_timestamp() WHERE user_id = %s AND {}_id = %s RETURNING id"
LOOK_UP = "SELECT id FROM archive_subscription WHERE user_id = %s AND {}_id = %s"

type Followed = Work | Series | User | Tag


class NotToBeFollowed(ArchiveError):
    """Something that leads to no news, or one thing more than anybody can keep up with."""


def named(followed: Followed) -> dict[str, Any]:
    """Answer what is followed under the name of its column."""
    names: dict[type, str] = {Work: "work", Series: "series", User: "author", Tag: "tag"}
    return {names[type(followed)]: followed}


@transaction.atomic
def follow(followed: Followed, *, by: User) -> Subscription:
    """Follow something from now on; what is followed already stays as it is. A synonym leads to what it is a synonym of.

    Raises `NotToBeFollowed`.
    """
    if isinstance(followed, User) and (followed == by or orphanage.is_keeper(followed)):
        raise NotToBeFollowed(_("This account cannot be followed."))
    if isinstance(followed, Tag) and followed.synonym_of_id is not None:
        followed = Tag.objects.get(pk=followed.synonym_of_id)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once must not both be the last that fits
    subscriptions = Subscription.objects.of(by)
    if found := subscriptions.filter(**named(followed)).first():
        return found
    if subscriptions.count() >= MOST:
        raise NotToBeFollowed(_("You follow %(most)d things, which is as many as can be followed.") % {"most": MOST})
    return Subscription.objects.create(user=by, **named(followed))


def unfollow(subscription: Subscription, *, by: User) -> None:
    """Follow something no longer."""
    Subscription.objects.of(by).filter(pk=subscription.pk).delete()


def look(subscriptions: SubscriptionQuerySet, *, by: User) -> None:
    """Have a member have seen what these subscriptions led to until now."""
    subscriptions.of(by).update(seen_at=Now())


def look_in(followed: Followed, *, by: User, is_seen: bool) -> int | None:
    """Answer the number of a member's subscription to something whose page they open. Where they see it, nothing in it is new.

    One statement, since every page of a tag, a series and an author asks it.
    """
    [(name, row)] = named(followed).items()
    with connection.cursor() as cursor:
        cursor.execute((LOOK_IN if is_seen else LOOK_UP).format(name), [by.pk, row.pk])
        found = cursor.fetchone()
    return found[0] if found else None
