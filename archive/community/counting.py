"""How often works are bookmarked for all to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from archive.community.models import Bookmark
from archive.works.models import Tally

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.people.models import User


@transaction.atomic
def recount(works: Collection[int]) -> None:
    """Write down how many public bookmarks the works of these ids have. Private ones and those of closed accounts count nowhere.

    Two at once wait for each other at the tallies' rows, so the later one counts what the earlier one did.
    """
    Tally.objects.bulk_create([Tally(work_id=pk) for pk in sorted(works)], ignore_conflicts=True)
    tallies = Tally.objects.filter(work__in=works)
    locked = list(tallies.select_for_update().order_by("pk").values_list("pk", flat=True))
    public = Bookmark.objects.public().filter(work=OuterRef("work")).order_by().values("work")
    counted = Coalesce(Subquery(public.annotate(count=Count("pk")).values("count")), 0)
    Tally.objects.filter(pk__in=locked).exclude(bookmarks=counted).update(bookmarks=counted)


def recount_of(user: User) -> None:
    """Write down anew the counts that a member's bookmarks are in, or are out of now: their account was closed or opened again."""
    public = Bookmark.objects.by(user).filter(is_private=False).exclude(work=None)
    recount(list(public.values_list("work", flat=True)))
