"""How far the index has come with the works of tags that wranglers changed."""

from __future__ import annotations

from django.db import connection

from archive.remembering import Lately
from archive.search.index import shelf

# The works of these tags, of their synonyms and of all sub-tags below, each behind the last one that has been told; and
# of the tags whose change the follower has not even read yet, all.
UNTOLD = """
WITH RECURSIVE late (id, after) AS (
    SELECT * FROM unnest(%(tags)s::bigint[], %(after)s::bigint[])
  UNION ALL
    SELECT tag_id, 0 FROM archive_searchchange
     WHERE tag_id IS NOT NULL AND transaction >= %(place)s
       AND NOT pg_visible_in_snapshot(transaction::text::xid8, %(seen)s::pg_snapshot)
), below (id, after) AS (
    SELECT id, after FROM late
  UNION
    SELECT next.id, below.after FROM below CROSS JOIN LATERAL (
        SELECT id FROM archive_tag WHERE synonym_of_id = below.id
      UNION ALL
        SELECT from_tag_id FROM archive_tag_metatags WHERE to_tag_id = below.id
    ) AS next
), each (id, after) AS (
    SELECT id, min(after) FROM below GROUP BY id
)
SELECT count(DISTINCT work_id) FROM each JOIN archive_tagging ON tag_id = each.id AND work_id > each.after
"""


def works_untold() -> int:
    """Answer how many works the index has yet to be told of, since one of their tags was changed; none where there is no index."""
    try:
        state = shelf.asked(lambda opened: opened.state)
    except shelf.NoIndex:
        return 0
    tags, after = [int(tag) for tag in state.unsettled], list(state.unsettled.values())
    with connection.cursor() as cursor:
        cursor.execute(UNTOLD, {"tags": tags, "after": after, "place": state.place, "seen": state.seen})
        count: int = cursor.fetchone()[0]
        return count


works_untold_of_late = Lately(works_untold)
