"""What belongs to people and is about a tag follows it into the tag that wranglers merge it into, and back when that is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from archive.tags.signals import merge_undone, merging

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from archive.tags.models import Tag


def follow_merges(model: type[Model], *, known_as: str, owner: str, tag: str = "tag") -> None:
    """Have the rows of a model, one for each owner and tag, follow merges. `owner` and `tag` are the names of these fields.

    Whoever has a row about both tags keeps both. The log of the merge holds, under `known_as`, the ids of the owners whose rows
    went along, not of the rows: whoever saves such a list anew gets new rows.
    """
    rows: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001 # Django's own name for it
    field = tag

    def alone(about: Tag, other: Tag) -> QuerySet[Any]:
        """Rows about a tag whose owners have none about the other."""
        return rows.filter(~Exists(rows.filter(**{owner: OuterRef(owner), field: other})), **{field: about})

    def go_along(sender: type[Tag], *, tag: Tag, into: Tag, **_more: object) -> dict[str, list[int]]:  # noqa: ARG001 - signals send it by name
        going = alone(tag, into)
        owners = list(going.values_list(owner, flat=True))
        going.update(**{field: into})
        return {known_as: owners}

    def come_back(sender: type[Tag], *, tag: Tag, into: Tag, moved: dict[str, list[int]], **_more: object) -> None:  # noqa: ARG001 - likewise
        alone(into, tag).filter(**{f"{owner}__in": moved.get(known_as, [])}).update(**{field: tag})

    merging.connect(go_along, weak=False, dispatch_uid=f"{known_as} go along")
    merge_undone.connect(come_back, weak=False, dispatch_uid=f"{known_as} come back")
