"""The words of works for the index, which keeps none of them as they stand and shows none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from archive.text.plain import loose_text

if TYPE_CHECKING:
    from collections.abc import Sequence

# Beside the ORM, which would wrap each of a million texts in CleanHTML to have its tags taken off at once.
TEXTS = """
SELECT chapter.work_id, string_agg(words.html, ' ' ORDER BY chapter.position)
  FROM archive_chapter AS chapter JOIN archive_chaptertext AS words ON words.chapter_id = chapter.id
 WHERE chapter.work_id = ANY(%s) AND chapter.published_at IS NOT NULL GROUP BY chapter.work_id
"""


def texts_of(ids: Sequence[int]) -> dict[int, str]:
    """Answer the words of the posted chapters of these works, by the works' ids."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [list(ids)])
        return {work: loose_text(html) for work, html in cursor}
