"""Finds works. The index answers; where there is none, the database does, as far as it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.search import in_database, in_index
from archive.search.index import shelf
from archive.search.selections import nothing
from archive.warnings.readers import Reader

if TYPE_CHECKING:
    from archive.people.models import Viewer
    from archive.search.selections import Found, Meanwhile, Selection


def find(
    selection: Selection, *, reader: Reader, start: int, limit: int, with_facets: bool = True, meanwhile: Meanwhile = nothing
) -> Found:
    """Answer the works of a selection that this reader may find and has not left out, from the place `start` (0 is the first).

    `meanwhile` is called with the ids and the count as soon as these are known: the tags of many works are counted beside it. It is
    called once more where the index turned out to be broken. What the index says may be a second old: whoever shows the works
    gets their rows through `listed_to`. Raises `selections.NotNow` where only the index could answer and there is none.
    """
    try:
        return in_index.find(selection, reader=reader, start=start, limit=limit, with_facets=with_facets, meanwhile=meanwhile)
    except shelf.NoIndex:
        found = in_database.find(selection, reader=reader, start=start, limit=limit, with_facets=with_facets)
    meanwhile(found.ids, found.count)
    return found


def counts(kind: str, *, viewer: Viewer) -> dict[int, int]:
    """Answer how many works listed to this viewer bear each canonical tag of a kind, or a synonym of it, the most common first.

    By the ids of the tags. Of fandoms those count too that nobody has wrangled yet.
    """
    try:
        return in_index.counts(kind, reader=Reader(viewer))
    except shelf.NoIndex:
        return in_database.counts(kind, viewer=viewer)
