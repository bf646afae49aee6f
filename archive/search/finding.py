"""Finds works. The index answers; where there is none, the database does, as far as it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.search import in_database, in_index
from archive.search.index import shelf
from archive.search.selections import nothing

if TYPE_CHECKING:
    from archive.search.selections import Found, Meanwhile, Selection
    from archive.warnings.readers import Reader


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
