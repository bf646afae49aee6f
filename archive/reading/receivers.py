"""What subscriptions do when wranglers merge a tag, and what the menu counts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from archive.reading.models import Subscription
from archive.reading.subscriptions import new_works_for_menu
from archive.tags.signals import merge_undone, merging
from archive.works import asking

if TYPE_CHECKING:
    from archive.tags.models import Tag

MOVED = "subscriptions"  # their ids


@receiver(merging, dispatch_uid="subscriptions go along")
def go_along(sender: type[Tag], *, tag: Tag, into: Tag, **_more: object) -> dict[str, list[int]]:  # noqa: ARG001 - signals send it by name
    """Have those who follow a tag follow what it is merged into, bar those who do so already."""
    following = Subscription.objects.filter(user=OuterRef("user"), tag=into)
    going = Subscription.objects.filter(~Exists(following), tag=tag)
    ids = list(going.values_list("pk", flat=True))
    going.update(tag=into)
    return {MOVED: ids}


@receiver(merge_undone, dispatch_uid="subscriptions come back")
def come_back(sender: type[Tag], *, tag: Tag, into: Tag, moved: dict[str, list[int]], **_more: object) -> None:  # noqa: ARG001 - likewise
    """Have the subscriptions that went along, as far as they are still there, be to the tag again."""
    following = Subscription.objects.filter(user=OuterRef("user"), tag=tag)
    Subscription.objects.filter(~Exists(following), tag=into, pk__in=moved.get(MOVED, [])).update(tag=tag)


asking.count_in_menu("news", new_works_for_menu)
