"""Reads the log of changes in the order of commits.

Numbers are handed out before commit, so `id > last` would lose rows. Each row carries the number of its transaction, and
no transaction below the oldest one that still runs can write any more: what lies below that is complete, and is the place
that a follower writes down. It does not wait for that one, which may run for hours or, prepared and forgotten, for ever: what
others have committed behind it is read at once, each transaction as a whole, and the last snapshot tells what was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANGES = """
SELECT DISTINCT work_id, tag_id, beside_id FROM archive_searchchange
 WHERE transaction >= %s AND NOT pg_visible_in_snapshot(transaction::text::xid8, %s::pg_snapshot)
"""
# One cluster may hold several databases; one that was restored into it has other tables; one that went on from an earlier
# moment, as a standby that took over or a backup with its log does, writes another timeline.
FAMILY = """
SELECT concat_ws('/', system_identifier, current_database(), 'archive_searchchange'::regclass::oid,
                 CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END)
  FROM pg_control_system()
"""
NOW = "SELECT pg_snapshot_xmin(snapshot)::text::bigint, snapshot::text FROM pg_current_snapshot() AS snapshot"
# The tags whose counts are off, and the synonyms of these; the arrays are made first, so that both are looked up by index.
OFF = """
WITH late AS MATERIALIZED (
    SELECT unnest(ARRAY[tag_id, beside_id]) AS id FROM archive_searchchange
     WHERE tag_id IS NOT NULL AND transaction >= %(reached)s
       AND NOT pg_visible_in_snapshot(transaction::text::xid8, %(but_not)s::pg_snapshot)
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
    """Works and tags that changed, what the tags count or counted under, and the place in the log that is reached with them.

    `seen` is what is needed to read on from there.
    """

    place: int
    seen: str
    works: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    beside: set[int] = field(default_factory=set)


def database() -> str:
    """Answer what tells this database from every other, a restored copy of it included."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILY)
        return str(cursor.fetchone()[0])


def place() -> int:
    """Answer the place up to which the log is complete now."""
    return now()[0]


def now() -> tuple[int, str]:
    """Answer that place, and all that can be seen now, behind it too."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        oldest, snapshot = cursor.fetchone()
    return oldest, snapshot


def since(reached: int, *, but_not: str) -> Changes:
    """Answer what changed from a place until now, but not what was seen before."""
    end, seen = now()  # first: what is committed between the two questions is answered now, and once more the next time
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [reached, but_not])
        rows = cursor.fetchall()
    works, tags, beside = ({row[column] for row in rows if row[column] is not None} for column in range(3))
    return Changes(end, seen, works, tags, beside)


@dataclass(frozen=True, slots=True)
class OffTag:
    """A tag whose works were told under another one, or a synonym of such a tag."""

    pk: int
    kind: str
    synonym_of: int | None
    is_canonical: bool


def off_tags(reached: int, also: Iterable[int], *, but_not: str) -> list[OffTag]:
    """Answer the tags that changed as `since` says it, and `also` these, with all their synonyms."""
    with connection.cursor() as cursor:
        cursor.execute(OFF, {"reached": reached, "also": list(also), "but_not": but_not})
        return [OffTag(*row) for row in cursor.fetchall()]


def prune() -> None:
    """Forget changes that every index has seen, or is too old to be brought up to date with."""
    with connection.cursor() as cursor:
        cursor.execute(PRUNE)
