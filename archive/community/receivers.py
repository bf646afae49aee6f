"""What becomes of bookmarks when something happens below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver

from archive.community import counting
from archive.community.models import Bookmark
from archive.people.signals import account_leaving, pseud_leaving

if TYPE_CHECKING:
    from archive.people.models import Pseud, User


@receiver(pseud_leaving, dispatch_uid="bookmarks move to the heir")
def hand_over(sender: type[Pseud], *, pseud: Pseud, heir: Pseud, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Put the bookmarks of a pseud that leaves under the one that inherits."""
    own = Bookmark.objects.filter(pseud=heir)
    doubled = Exists(own.filter(work=OuterRef("work"))) | Exists(own.filter(series=OuterRef("series")))
    doubles = Bookmark.objects.filter(doubled, pseud=pseud)  # no deed makes two, but a hand in the database might have
    works = list(doubles.exclude(work=None).values_list("work", flat=True))
    doubles.delete()
    Bookmark.objects.filter(pseud=pseud).update(pseud=heir)
    counting.recount(works)


@receiver(account_leaving, dispatch_uid="bookmarks go with an account")
def go_along(sender: type[User], *, user: User, **_more: object) -> None:  # noqa: ARG001 - likewise
    """Delete the bookmarks of an account that goes; the counts of what they were of go down with them."""
    own = Bookmark.objects.by(user)
    works = list(own.filter(Q(work__isnull=False), is_private=False).values_list("work", flat=True))
    own.delete()
    counting.recount(works)
