"""Counting how much each tag is used, for what is ranked and sorted by it."""

from __future__ import annotations

from django.db import connection, transaction

# One pass over all taggings. A row that somebody is changing right now keeps its count until the next time: so this waits
# for nobody who wrangles, and cannot lock itself up with them.
RECOUNT = """
WITH counted AS (
    SELECT tagging.tag_id AS id, count(*) AS uses
      FROM archive_tagging AS tagging JOIN archive_work AS work ON work.id = tagging.work_id
     WHERE work.published_at IS NOT NULL AND work.deleted_at IS NULL
     GROUP BY tagging.tag_id
), changed AS (
    SELECT tag.id, coalesce(counted.uses, 0) AS uses
      FROM archive_tag AS tag LEFT JOIN counted ON counted.id = tag.id
     WHERE tag.uses <> coalesce(counted.uses, 0)
       FOR NO KEY UPDATE OF tag SKIP LOCKED
)
UPDATE archive_tag SET uses = changed.uses FROM changed WHERE archive_tag.id = changed.id
"""


@transaction.atomic
def recount_uses() -> int:
    """Count how many listed works bear each tag under its own name, and answer how many counts have changed."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)
        return int(cursor.rowcount)
