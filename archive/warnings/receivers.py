"""What happens to members' choices when wranglers merge a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from archive.tags.signals import merge_undone, merging
from archive.warnings.models import Choice

if TYPE_CHECKING:
    from archive.tags.models import Tag

MOVED = "choices"  # of these members, by their ids: a member who saves their choices gets new rows


@receiver(merging, dispatch_uid="choices go along")
def go_along(sender: type[Tag], *, tag: Tag, into: Tag, **_more: object) -> dict[str, list[int]]:  # noqa: ARG001 - signals send it by name
    """Have members who chose about a tag choose so about what it is merged into, bar those who have chosen about that too."""
    chosen = Choice.objects.filter(user=OuterRef("user"), tag=into)
    going = Choice.objects.filter(~Exists(chosen), tag=tag)
    members = list(going.values_list("user", flat=True))
    going.update(tag=into)
    return {MOVED: members}


@receiver(merge_undone, dispatch_uid="choices come back")
def come_back(sender: type[Tag], *, tag: Tag, into: Tag, moved: dict[str, list[int]], **_more: object) -> None:  # noqa: ARG001 - likewise
    """Have the choices that went along, as far as they are still there, be about the tag again."""
    chosen = Choice.objects.filter(user=OuterRef("user"), tag=tag)
    Choice.objects.filter(~Exists(chosen), tag=into, user__in=moved.get(MOVED, [])).update(tag=tag)
