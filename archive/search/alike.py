"""More like this: works that share with one the tags that few others bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from archive.tags.models import CATEGORY, RATING, WARNING
from archive.warnings import leaving_out
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.warnings.readers import Reader

MOST = 5
# What bounds the cost, however large the archive is: so many tags, so many spellings of each, so many works of each spelling.
TAGS, SPELLINGS, WORKS = 8, 20, 300
CANDIDATES = 40  # some are not for this reader
TELL_LITTLE = [RATING, WARNING, CATEGORY]  # two works with one rating are not alike

# A tag that few works bear says more of a work than one that many bear, but one that no other bears says nothing: of these
# authors think up so many that there would be no room for the others. The latest works of a tag stand for all of them.
SHARED = """
WITH borne AS (
    SELECT coalesce(tag.synonym_of_id, tag.id) AS canonical, max(named.uses) AS uses
      FROM archive_tagging AS tagging
      JOIN archive_tag AS tag ON tag.id = tagging.tag_id
      JOIN archive_tag AS named ON named.id = coalesce(tag.synonym_of_id, tag.id)
     WHERE tagging.work_id = %(work)s AND tag.kind_id <> ALL (%(kinds)s)
     GROUP BY 1
), own AS (
    SELECT canonical, uses FROM borne
     WHERE EXISTS (SELECT FROM archive_tagging WHERE tag_id = canonical AND work_id <> %(work)s)
        OR EXISTS (SELECT FROM archive_tag AS spelling JOIN archive_tagging AS other ON other.tag_id = spelling.id
                    WHERE spelling.synonym_of_id = canonical AND other.work_id <> %(work)s)
     ORDER BY uses, canonical LIMIT %(tags)s
), spelled AS (
    SELECT own.canonical, own.uses, spelling.id
      FROM own CROSS JOIN LATERAL (
        (SELECT own.canonical AS id) UNION ALL
        (SELECT id FROM archive_tag WHERE synonym_of_id = own.canonical LIMIT %(spellings)s)
      ) AS spelling
)
SELECT work_id
  FROM (
    SELECT DISTINCT spelled.canonical, spelled.uses, borne.work_id
      FROM spelled CROSS JOIN LATERAL (
        SELECT work_id FROM archive_tagging WHERE tag_id = spelled.id ORDER BY work_id DESC LIMIT %(works)s
      ) AS borne
     WHERE borne.work_id <> %(work)s
  ) AS shared
 GROUP BY work_id
 ORDER BY sum(1.0 / ln(uses + 3)) DESC, work_id DESC
 LIMIT %(candidates)s
"""


def alike(work: Work, *, reader: Reader) -> list[Work]:
    """Answer up to five works, of `for_pages`, that are most like this one, of those that the reader may find and wants."""
    with connection.cursor() as cursor:
        limits = {"tags": TAGS, "spellings": SPELLINGS, "works": WORKS, "candidates": CANDIDATES}
        cursor.execute(SHARED, {"work": work.pk, "kinds": TELL_LITTLE, **limits})
        places = {pk: place for place, (pk,) in enumerate(cursor.fetchall())}
    listed = Work.objects.listed_to(reader.user).filter(pk__in=list(places))
    found = sorted(leaving_out.leave_out(listed, reader=reader).for_pages(), key=lambda one: places[one.pk])
    # Who folds what they leave out asked for lists that say so; here there is only something to be offered.
    return [one for one in found if not leaving_out.reasons(one, reader=reader)][:MOST]
