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


@transaction.atomic
def recount(works: Collection[int]) -> None:
    """Write down how many public bookmarks the works of these ids have. Private ones are counted nowhere.

    Two at once wait for each other at the tallies' rows, so the later one counts what the earlier one did.
    """
    Tally.objects.bulk_create([Tally(work_id=pk) for pk in sorted(works)], ignore_conflicts=True)
    tallies = Tally.objects.filter(work__in=works)
    locked = list(tallies.select_for_update().order_by("pk").values_list("pk", flat=True))
    public = Bookmark.objects.filter(work=OuterRef("work"), is_private=False).order_by().values("work")
    counted = Coalesce(Subquery(public.annotate(count=Count("pk")).values("count")), 0)
    Tally.objects.filter(pk__in=locked).exclude(bookmarks=counted).update(bookmarks=counted)
