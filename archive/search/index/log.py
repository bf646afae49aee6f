"""Reads the log of changes in the order of commits.

Numbers are handed out before commit, so `id > last` would lose rows. Each row carries the number of its transaction, and
no transaction below the oldest one that still runs can write any more: what lies below that is complete.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANGES = """
SELECT DISTINCT work_id, tag_id, beside_id FROM archive_searchchange WHERE transaction >= %s AND transaction < %s
"""
FAMILY = "SELECT system_identifier::text || '/' || current_database() FROM pg_control_system()"
OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
# The tags whose counts are off, and the synonyms of these; the arrays are made first, so that both are looked up by index.
OFF = """
WITH late AS MATERIALIZED (
    SELECT unnest(ARRAY[tag_id, beside_id]) AS id FROM archive_searchchange WHERE tag_id IS NOT NULL AND transaction >= %(reached)s
  UNION
    SELECT unnest(%(also)s::bigint[])
)
SELECT id, kind_id, synonym_of_id, is_canonical FROM archive_tag
 WHERE id = ANY(ARRAY(SELECT id FROM late)) OR synonym_of_id = ANY(ARRAY(SELECT id FROM late)) ORDER BY id
"""
KEPT_FOR = "7 days"
PRUNE = f"DELETE FROM archive_searchchange WHERE at < now() - interval '{KEPT_FOR}'"  # noqa: S608 # our own words


@dataclass(frozen=True, slots=True)
class Changes:
    """Works and tags that changed, what the tags count or counted under, and the place in the log that is reached with them."""

    place: int
    works: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)


def database() -> str:
    """Answer what tells this database from every other, a restored copy of it included."""
    return str(_one(FAMILY))


def place() -> int:
    """Answer the place up to which the log is complete now."""
    oldest: int = _one(OLDEST)
    return oldest


def since(reached: int) -> Changes:
    """Answer what changed from a place until the latest one that is complete."""
    end = place()
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [reached, end])
        rows = cursor.fetchall()
    works, tags, beside = ({row[column] for row in rows if row[column] is not None} for column in range(3))
    return Changes(end, works, tags, beside)


@dataclass(frozen=True, slots=True)
class OffTag:
    """A tag whose works were told under another one, or a synonym of such a tag."""

    pk: int
    kind: str
    synonym_of: int | None
    is_canonical: bool


def off_tags(reached: int, also: Iterable[int]) -> list[OffTag]:
    """Answer the tags whose change lies at this place in the log or behind it, and `also` these, with all their synonyms."""
    with connection.cursor() as cursor:
        cursor.execute(OFF, {"reached": reached, "also": list(also)})
        return [OffTag(*row) for row in cursor.fetchall()]


def prune() -> None:
    """Forget changes that every index has seen, or is too old to be brought up to date with."""
    with connection.cursor() as cursor:
        cursor.execute(PRUNE)


def _one(query: str) -> Any:
    """Answer the first column of the first row."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]
