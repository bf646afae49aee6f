"""What happens to the fandoms that wranglers have taken when one of them is merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from archive.tags.signals import merge_undone, merging
from archive.wrangling.models import WranglerAssignment

if TYPE_CHECKING:
    from archive.tags.models import Tag

MOVED = "assignments"  # of these wranglers, by their ids


@receiver(merging, dispatch_uid="assignments go along")
def go_along(sender: type[Tag], *, tag: Tag, into: Tag, **_more: object) -> dict[str, list[int]]:  # noqa: ARG001 - signals send it by name
    """Give those who have taken a fandom the one that it is merged into, bar those who have taken that too."""
    taken = WranglerAssignment.objects.filter(wrangler=OuterRef("wrangler"), fandom=into)
    going = WranglerAssignment.objects.filter(~Exists(taken), fandom=tag)
    wranglers = list(going.values_list("wrangler", flat=True))
    going.update(fandom=into)
    return {MOVED: wranglers}


@receiver(merge_undone, dispatch_uid="assignments come back")
def come_back(sender: type[Tag], *, tag: Tag, into: Tag, moved: dict[str, list[int]], **_more: object) -> None:  # noqa: ARG001 - likewise
    """Give back the fandom that went along to those who still have the other."""
    taken = WranglerAssignment.objects.filter(wrangler=OuterRef("wrangler"), fandom=tag)
    WranglerAssignment.objects.filter(~Exists(taken), fandom=into, wrangler__in=moved.get(MOVED, [])).update(fandom=tag)
