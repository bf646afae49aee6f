"""What the index is told of tags: the words of their names, their fandoms, and how they rank."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection

from archive.search.index.words import NAMES, analyzer, prepared, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BEGINNINGS = (1, 2, 3)  # letters; what is typed longer is looked for among the words themselves
CANONICAL_FIRST = 1 << 32  # a canonical tag ranks before every other, whatever their uses
CANONICAL, OPEN, LISTED = "canonical", "open", "listed"

TAGS = """
SELECT tag.id, tag.name, tag.kind_id, tag.is_canonical,
       ARRAY(SELECT parent.id FROM archive_tag_parents AS link JOIN archive_tag AS parent ON parent.id = link.to_tag_id
              WHERE link.from_tag_id = tag.id AND parent.kind_id = 'fandom')
  FROM archive_tag AS tag WHERE tag.id = ANY(%s)
"""
USES = """
SELECT tagging.tag_id, count(*), count(*) FILTER (WHERE NOT work.is_restricted)
  FROM archive_tagging AS tagging JOIN archive_work AS work ON work.id = tagging.work_id
 WHERE work.published_at IS NOT NULL AND work.deleted_at IS NULL GROUP BY tagging.tag_id
"""


def all_uses() -> dict[int, tuple[int, int]]:
    """Answer on how many listed works each tag stands, and on how many of them for guests too; in one pass."""
    with connection.cursor() as cursor:
        cursor.execute(USES)
        return {tag: (listed, open_to_all) for tag, listed, open_to_all in cursor}


def documents(ids: Iterable[int], uses: Callable[[int], tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Answer the documents of these tags in JSON, as far as there are such tags."""
    with connection.cursor() as cursor:
        cursor.execute(TAGS, [list(ids)])
        rows = cursor.fetchall()
    for pk, name, kind, is_canonical, fandoms in rows:
        listed, open_to_all = uses(pk)
        states = [CANONICAL] * is_canonical + [OPEN] * (is_canonical or open_to_all > 0) + [LISTED] * (is_canonical or listed > 0)
        words = words_of_name(name)
        document = {
            "id": pk,
            "kind": kind,
            "state": states,
            "fandom": fandoms,
            "rank": listed + CANONICAL_FIRST * is_canonical,
            "words": " ".join(words),
            "reduced": prepared(name, NAMES),
            "beginnings": " ".join({word[:length] for word in words for length in BEGINNINGS}),
        }
        yield pk, json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def words_of_name(name: str) -> list[str]:
    """Answer the words of a name, folded but not reduced, since beginnings of them are looked for."""
    return analyzer("").analyze(spaced(name))
