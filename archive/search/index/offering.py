"""Offers tags for what somebody has begun to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tantivy import Occur, Query

from archive.search.index import shelf
from archive.search.index.schema import term
from archive.search.index.tag_documents import BEGINNINGS, LISTED, OPEN, words_of_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import tantivy


def beginning(typed: str, *, kind: str, fandoms: Collection[int], is_member: bool, limit: int) -> Sequence[int] | None:
    """Answer the ids of tags in whose name each typed word begins a word: canonical ones first, then by how many works bear them.

    With fandoms, tags of these come before all others. Answers None where there is no index.
    """
    try:
        return shelf.asked(lambda opened: _beginning(opened.tags, typed, kind, fandoms, is_member=is_member, limit=limit))
    except shelf.NoIndex:
        return None


def _beginning(
    tags: tantivy.Index, typed: str, kind: str, fandoms: Collection[int], *, is_member: bool, limit: int
) -> Sequence[int]:
    """Answer the ids of tags as `beginning`."""
    wanted = [(Occur.Must, _begins(tags.schema, word)) for word in words_of_name(typed)]
    if not wanted:
        return []
    wanted.append((Occur.Must, term(tags.schema, "state", LISTED if is_member else OPEN)))
    if kind:
        wanted.append((Occur.Must, term(tags.schema, "kind", kind)))
    found: dict[int, None] = {}
    if fandoms:
        of_these = Query.term_set_query(tags.schema, "fandom", sorted(fandoms))
        found |= dict.fromkeys(_search(tags, [*wanted, (Occur.Must, of_these)], limit))
    if len(found) < limit:
        found |= dict.fromkeys(_search(tags, wanted, limit))
    return list(found)[:limit]


def _begins(schema: tantivy.Schema, word: str) -> Query:
    """Answer what finds names with a word that begins so."""
    if len(word) <= max(BEGINNINGS):
        return term(schema, "beginnings", word)
    return Query.regex_query(schema, "words", f"{word}.*")


def _search(tags: tantivy.Index, wanted: Sequence[tuple[Occur, Query]], limit: int) -> list[int]:
    """Answer the ids of the tags that rank first."""
    searcher = tags.searcher()
    hits = searcher.search(Query.boolean_query(wanted), limit, order_by_field="rank", count=False).hits
    return [int(pk) for pk in searcher.fast_field_values("id", [address for _, address in hits]) if pk is not None]
