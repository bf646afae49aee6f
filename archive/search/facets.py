"""The tags beside a listing: what the works that were found bear most, and what was chosen, each to be asked for or not."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import connection

from archive.search.parameters import parameter_of
from archive.search.selecting import known_tags
from archive.tags.models import RATING, WARNING

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.search.parameters import Asked
    from archive.search.selections import Found
    from archive.warnings.readers import Reader

OPEN = {RATING, WARNING}  # the kinds that stand open beside a list where nobody has chosen anything


@dataclass(frozen=True, slots=True)
class Option:
    """A tag that can be asked for or left out, and how many of the works that were found bear it; None is not counted."""

    pk: int
    name: str
    works: int | None
    is_in: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class KindOfGroup:
    """A kind of tag, as far as a filter shows it."""

    code: str
    name_plural: str
    position: int
    is_closed: bool
    is_single: bool
    is_in_filters: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The tags of one kind."""

    kind: KindOfGroup
    options: tuple[Option, ...]

    @property
    def parameter(self) -> str:
        """What the kind is called in parameters, ids and classes."""
        return parameter_of(self.kind.code)

    @property
    def chosen(self) -> int:
        """How many of them are asked for or left out."""
        return sum(option.is_in or option.is_out for option in self.options)

    @property
    def is_open(self) -> bool:
        """Whether it stands open."""
        return bool(self.chosen) or self.kind.code in OPEN


@dataclass(frozen=True, slots=True)
class Facets:
    """The tags beside a listing by their kinds, and the names of all that were asked for by their ids."""

    groups: list[Group]
    names: dict[int, str]
    shown: set[tuple[str, str]]  # the parameters that the groups send anew


NONE = Facets(groups=[], names={}, shown=set())

# Beside the ORM, which takes longer to put this together than the database to answer it.
WRANGLED = """
SELECT tag.id, tag.name, tag.position,
       kind.code, kind.name_plural, kind.position, kind.is_closed, kind.is_single, kind.is_in_filters
  FROM archive_tag AS tag JOIN archive_kind AS kind ON kind.code = tag.kind_id
 WHERE tag.id = ANY(%(tags)s) AND (tag.is_canonical OR tag.synonym_of_id IS NOT NULL)
    OR %(closed)s AND kind.is_closed AND kind.is_on_works AND tag.is_accepted AND tag.retired_at IS NULL
"""
KIND_FIELDS = ("code", "name_plural", "position", "is_closed", "is_single", "is_in_filters")


def facets_of(asked: Asked, found: Found | None, *, elsewhere: Collection[int], reader: Reader) -> Facets:
    """Answer the tags beside a listing, with one query; without those that are `elsewhere` on the page.

    A reader who would rather not know which warnings there are gets none: to be told how many bear which would be to know.
    """
    counts = {facet.tag: facet.works for of_kind in (found.facets if found else {}).values() for facet in of_kind}
    ways = {tag.pk: tag.is_out for tag in asked.tags if tag.pk}
    # Without counts the values of closed lists are offered nevertheless: they are few, and everybody knows them.
    rows = _rows({*counts, *ways}, with_closed=not counts, reader=reader)
    places = {pk: place for place, pk in enumerate(counts)}
    options: dict[KindOfGroup, list[tuple[int, Option]]] = {}
    for pk, name, position, *of_kind in rows:
        kind = KindOfGroup(*of_kind)
        if kind.is_in_filters and pk not in elsewhere and not (kind.code == WARNING and reader.hides_which):
            is_out = ways.get(pk)
            works = counts.get(pk, _uncounted(found, is_out)) if counts else None
            place = position if kind.is_closed else places.get(pk, -1)
            options.setdefault(kind, []).append((place, Option(pk, name, works, is_in=is_out is False, is_out=is_out is True)))
    groups = [
        Group(kind, tuple(option for _place, option in sorted(of_kind, key=itemgetter(0)))) for kind, of_kind in options.items()
    ]
    drawn = {option.pk for group in groups for option in group.options}
    return Facets(
        groups=sorted(groups, key=lambda group: (group.kind.position, group.kind.code)),
        names={pk: name for pk, name, *_rest in rows},
        shown={(tag.key, tag.value) for tag in asked.tags if tag.pk in drawn},
    )


def _rows(ids: set[int], *, with_closed: bool, reader: Reader) -> list[tuple[Any, ...]]:
    """Answer these tags with their kinds, as far as the reader may know of them, and where that is asked all of closed lists.

    Nearly all are wrangled, which anybody may know of; only where others are among them the door is asked, which takes longer.
    """
    with connection.cursor() as cursor:
        cursor.execute(WRANGLED, {"tags": list(ids), "closed": with_closed})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if others := ids - {row[0] for row in rows}:
        fields = ("pk", "name", "position", *(f"kind__{name}" for name in KIND_FIELDS))
        rows += known_tags(reader.user).filter(pk__in=others).values_list(*fields)
    return rows


def _uncounted(found: Found | None, is_out: bool | None) -> int:
    """Answer how many works bear a chosen tag that is not among those they bear most: all of them, or none."""
    return found.count if found and not is_out else 0
