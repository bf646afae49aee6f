"""What readers leave out is left out on the server: of listings, and of the counts above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.tags.labels import Label
    from archive.warnings.readers import Reader
    from archive.works.models import Work, WorkQuerySet


def leave_out(works: WorkQuerySet, *, reader: Reader) -> WorkQuerySet:
    """Answer these works without what the reader leaves out, unless they want it folded in its place."""
    if not reader.left_out or reader.folds_left_out:
        return works
    return works.without(reader.left_out)


def reasons(work: Work, *, reader: Reader) -> list[Label]:
    """Answer the tags of a work, of `for_pages`, for which this reader leaves it out."""
    if work.is_made_by(reader.user):
        return []
    return [label for label in work.labels if label.pk in reader.left_out]
