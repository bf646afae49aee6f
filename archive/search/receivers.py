"""What happens to the filters that members keep when wranglers merge the tag that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from archive.search.models import SavedFilter
from archive.tags.signals import merge_undone, merging

if TYPE_CHECKING:
    from archive.tags.models import Tag

MOVED = "saved_filters"  # by their ids, with what they were called and whether they were the default
LONGEST_NAME = 60


@receiver(merging, dispatch_uid="saved filters go along")
def go_along(sender: type[Tag], *, tag: Tag, into: Tag, **_more: object) -> dict[str, list[Any]]:  # noqa: ARG001 - signals send it by name
    """Keep the filters of a tag for what it is merged into; a name that is taken gets a number, one default stays."""
    there = list(SavedFilter.objects.filter(tag=into))
    taken = {(kept.user_id, kept.name) for kept in there}
    settled = {kept.user_id for kept in there if kept.is_default}
    going = list(SavedFilter.objects.filter(tag=tag).order_by("pk"))
    moved = [[kept.pk, kept.name, kept.is_default] for kept in going]
    for kept in going:
        kept.tag = into
        kept.name = free_name(kept, taken)
        kept.is_default = kept.is_default and kept.user_id not in settled
        taken.add((kept.user_id, kept.name))
    SavedFilter.objects.bulk_update(going, ["tag", "name", "is_default"], batch_size=500)
    return {MOVED: moved}


@receiver(merge_undone, dispatch_uid="saved filters come back")
def come_back(sender: type[Tag], *, tag: Tag, into: Tag, moved: dict[str, list[Any]], **_more: object) -> None:  # noqa: ARG001 - likewise
    """Keep the filters that went along, as far as they are still there, for the tag again."""
    were = {pk: (name, is_default) for pk, name, is_default in moved.get(MOVED, [])}
    there = list(SavedFilter.objects.filter(tag=tag))
    taken = {(kept.user_id, kept.name) for kept in there}
    settled = {kept.user_id for kept in there if kept.is_default}
    coming = list(SavedFilter.objects.filter(pk__in=were, tag=into).order_by("pk"))
    for kept in coming:
        kept.tag, (kept.name, was_default) = tag, were[kept.pk]
        kept.name = free_name(kept, taken)
        kept.is_default = was_default and kept.user_id not in settled
        taken.add((kept.user_id, kept.name))
    SavedFilter.objects.bulk_update(coming, ["tag", "name", "is_default"], batch_size=500)


def free_name(kept: SavedFilter, taken: set[tuple[int, str]]) -> str:
    """Answer the name of a filter, with a number where its owner has one of that name."""
    name, number = kept.name, 1
    while (kept.user_id, name) in taken:
        number += 1
        mark = f" ({number})"
        name = kept.name[: LONGEST_NAME - len(mark)] + mark
    return name
