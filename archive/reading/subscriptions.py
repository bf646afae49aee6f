"""The works to which a member's subscriptions lead, and those of them that are new.

A work is new where a chapter was posted since the member last looked, by the day that its author gave it: so what is dated back is
no news, as it does not move in listings either. Leaving out what the reader leaves out is up to whoever shows the works.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL

from archive.reading.models import Reading
from archive.statements import any_of
from archive.tags.models import FAMILIES
from archive.warnings import leaving_out
from archive.works.models import Creatorship, Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.people.models import User, Viewer
    from archive.works.models import WorkQuerySet

LATEST_OF_A_TAG = 100  # works; who follows a tag that bears more has not missed the others
RARE = 5_000  # works; from as many on, one of the latest works bears the tag often enough to be looked for among them

# Pairs of a subscription and a work, of all subscriptions but those to tags.
BY_WORK_SERIES_AND_AUTHOR = """
SELECT followed.id AS subscription, work.id AS work
  FROM archive_subscription AS followed JOIN archive_work AS work ON work.id = followed.work_id
 WHERE followed.user_id = %s AND {is_wanted}
UNION ALL
SELECT followed.id, work.id
  FROM archive_subscription AS followed JOIN archive_seriesentry AS entry ON entry.series_id = followed.series_id
  JOIN archive_work AS work ON work.id = entry.work_id
 WHERE followed.user_id = %s AND {is_wanted}
UNION ALL
SELECT followed.id, work.id
  FROM archive_subscription AS followed JOIN archive_pseud AS pseud ON pseud.user_id = followed.author_id
  JOIN archive_creatorship AS made ON made.pseud_id = pseud.id JOIN archive_work AS work ON work.id = made.work_id
 WHERE followed.user_id = %s AND {is_wanted}
"""
# Of each followed tag the latest works that bear it or anything below it. Of a rare tag all works are looked at, of a common one
# those of late until there are enough: which of the two is quicker is not left to the planner, which knows of no tag how rare it
# is and would look through all works once for each. OFFSET 0 keeps it from joining what is to be looked up one by one.
BY_TAG = """
SELECT followed.id, latest.id
  FROM archive_subscription AS followed
  JOIN (
    SELECT root, members, {rare} < (
               SELECT count(*) FROM (
                   SELECT FROM archive_tagging AS tagging WHERE tagging.tag_id = ANY(members) LIMIT {rare} + 1
               ) AS counted
           ) AS is_common
      FROM (
        SELECT root, array_agg(id) AS members FROM ({families} SELECT root, id FROM family) AS below GROUP BY root
      ) AS grouped
  ) AS families ON families.root = followed.tag_id
 CROSS JOIN LATERAL (
    (SELECT work.id
       FROM (SELECT DISTINCT work_id FROM archive_tagging AS tagging WHERE tagging.tag_id = ANY(families.members)) AS bearing
      CROSS JOIN LATERAL (
         SELECT work.id, work.revised_at FROM archive_work AS work
          WHERE work.id = bearing.work_id AND work.published_at IS NOT NULL AND work.deleted_at IS NULL AND {is_wanted} OFFSET 0
      ) AS work
      WHERE NOT families.is_common
      ORDER BY work.revised_at DESC, work.id DESC LIMIT {limit})
    UNION ALL
    (SELECT work.id FROM archive_work AS work
      WHERE families.is_common AND work.published_at IS NOT NULL AND work.deleted_at IS NULL AND {is_wanted}
        AND EXISTS (SELECT FROM archive_tagging AS tagging
                     WHERE tagging.work_id = work.id AND tagging.tag_id = ANY(families.members) OFFSET 0)
      ORDER BY work.revised_at DESC, work.id DESC LIMIT {limit})
  ) AS latest
 WHERE followed.user_id = %s
"""
FOLLOWED_TAGS = FAMILIES.format("tag.id IN (SELECT tag_id FROM archive_subscription WHERE user_id = %s)")
ANY, NEW = "true", "work.revised_at > followed.seen_at"


def _pairs(is_wanted: str, *, with_tags: bool) -> str:
    """Answer the SQL of pairs of a member's subscriptions and the works that they lead to."""
    pairs = BY_WORK_SERIES_AND_AUTHOR.format(is_wanted=is_wanted)
    if not with_tags:
        return pairs
    by_tag = BY_TAG.format(families=FOLLOWED_TAGS, is_wanted=is_wanted, limit=LATEST_OF_A_TAG, rare=RARE)
    return f"{pairs} UNION ALL {by_tag}"


def _works(user: Viewer, is_wanted: str, *, with_tags: bool = True) -> WorkQuerySet:
    """Answer the works of such pairs that are listed to the member, bar their own."""
    sql = f"SELECT work FROM ({_pairs(is_wanted, with_tags=with_tags)}) AS pairs"  # noqa: S608 # our own words
    return _but_own(Work.objects.listed_to(user).filter(pk__in=RawSQL(sql, [user.pk] * sql.count("%s"))), user=user)  # noqa: S611 # likewise


def _but_own(works: WorkQuerySet, *, user: Viewer) -> WorkQuerySet:
    """Answer these works without those that the member made."""
    own = Creatorship.objects.filter(work=OuterRef("pk"), pseud__user=user.pk)
    return works.exclude(Exists(own))


def works_followed_by(user: Viewer) -> WorkQuerySet:
    """Works that a member's subscriptions lead to, new or not, the latest first; of a tag those of late."""
    return _works(user, ANY).latest_first()


def new_works_of(user: Viewer, told: Mapping[int, list[int]] | None = None) -> WorkQuerySet:
    """Works in which something was posted since the member last looked at what led them there, the latest first.

    What they have read since is not new. Who has asked `new_by_subscription` already says what was `told`: it takes longest.
    """
    told = new_by_subscription(user) if told is None else told
    ids = {work for works in told.values() for work in works}
    works = Work.objects.listed_to(user).filter(pk__in=any_of(ids))
    return _unread(_but_own(works, user=user), by=user).latest_first()


def new_works_for_menu(user: User) -> WorkQuerySet:
    """As `new_works_of` for pages that only count: without what the member leaves out, and without what tags lead to.

    A busy tag has something new on every page, and takes long to ask.
    """
    return leaving_out.leave_out_for(_unread(_works(user, NEW, with_tags=False), by=user), member=user)


def _unread(works: WorkQuerySet, *, by: Viewer) -> WorkQuerySet:
    """Answer those works that were not opened since something was last posted in them."""
    read = Reading.objects.of(by).filter(work=OuterRef("pk"), last_read_at__gte=OuterRef("revised_at"))
    return works.exclude(Exists(read))


def new_by_subscription(user: Viewer) -> dict[int, list[int]]:
    """Answer the ids of new works by the ids of the subscriptions that lead to them, whoever may see them."""
    sql = f"SELECT subscription, work FROM ({_pairs(NEW, with_tags=True)}) AS pairs"  # noqa: S608 # our own words
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk] * sql.count("%s"))
        for subscription, work in cursor.fetchall():
            found[subscription].append(work)
    return dict(found)
