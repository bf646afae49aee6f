"""What hangs under what: tags above and below others, through any number of levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from archive.tags.models import FANDOM, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.tags.models import TagQuerySet

WALK = """
WITH RECURSIVE met (id) AS (
    SELECT unnest(%(start)s::bigint[])
  UNION
    SELECT link.{next} FROM met JOIN archive_tag_metatags AS link ON link.{here} = met.id
)
SELECT id FROM met
"""
ABOVE = WALK.format(here="from_tag_id", next="to_tag_id")
BELOW = WALK.format(here="to_tag_id", next="from_tag_id")


def above(ids: Iterable[int]) -> set[int]:
    """Answer the ids of these tags and of all their meta tags, at any height."""
    return _walk(ABOVE, ids)


def below(ids: Iterable[int]) -> set[int]:
    """Answer the ids of these tags and of all their sub-tags, at any depth."""
    return _walk(BELOW, ids)


def _walk(statement: str, ids: Iterable[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"start": list(ids)})
        return {row[0] for row in cursor.fetchall()}


def fandoms_of(tag: Tag) -> TagQuerySet:
    """The fandoms that a tag belongs to; a relationship belongs to those of its characters too."""
    own = Tag.objects.of_kind(FANDOM).filter(children=tag)
    through = Tag.objects.of_kind(FANDOM).filter(children__children=tag)
    return (own | through).distinct().order_by("folded")
