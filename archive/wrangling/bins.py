"""Bins: the tags of one kind that wranglers have made, or not yet made, the same of, in one fandom or in all.

A bin has to be quick among half a million tags and in a fandom with an eighth of all works. The tags of a fandom with few
works are gathered from them. Of a large one they are looked through in the bin's order, along an index, until a page is full:
what has to be known of each is asked as a scalar subquery, since of an EXISTS the planner would first gather all that can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, OuterRef, Q, Subquery, TextChoices, Value
from django.db.models.fetch_modes import FETCH_RAISE
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.tags.models import BELOW, FANDOM, Kind, Status, Tag
from archive.text.fields import folded_key
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from archive.people.models import User
    from archive.tags.models import TagQuerySet

TAGS_ON_A_PAGE = 50
MOST_COUNTED = 1_000  # beyond it a bin holds "more than" that, unless somebody pages further
FEW_WORKS = 10_000  # the tags of as many are gathered in a tenth of a second

LONGEST_TERM = 150

Link = Tag.parents.through


class Order(TextChoices):
    """What the tags of a bin are sorted by."""

    USES = "uses", _("most used first")
    NAME = "name", _("name")
    CREATED = "created_at", _("newest first")


FAMILIES = (
    BELOW.format("SELECT asked, asked FROM unnest(%s::bigint[]) AS asked")  # noqa: S608 # our own words
    + "SELECT root, array_agg(id), sum(uses) FROM family JOIN archive_tag USING (id) GROUP BY root"
)
COLUMNS = {Order.USES: ("-uses", "folded"), Order.NAME: ("folded",), Order.CREATED: ("-created_at", "-pk")}


@dataclass(frozen=True, slots=True)
class Place:
    """A fandom to find tags in: with the ids of its spellings and sub-tags, on whose works they are, and how many these are."""

    fandom: Tag
    family: list[int]
    uses: int


def places_of(fandoms: Iterable[Tag]) -> list[Place]:
    """Answer fandoms as places, in one query."""
    found = {fandom.pk: fandom for fandom in fandoms}
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, [list(found)])
        places = {root: Place(found[root], family, uses) for root, family, uses in cursor.fetchall()}
    return [places[pk] for pk in found]


def one_by_one(rows: QuerySet[Any]) -> Coalesce:
    """Whether there is any such row, asked for each tag by itself."""
    return Coalesce(Subquery(rows.order_by().values(found=Value(True))[:1], output_field=BooleanField()), Value(False))


def among(column: str, ids: Combinable) -> Func:
    """Whether a column is among these ids, which are gathered first; of an IN the planner could make a join in another order."""
    return Func(F(column), ids, arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField())


def kinds() -> list[Kind]:
    """Answer the kinds that are wrangled: all free ones."""
    return list(Kind.objects.filter(is_closed=False))


def tags_for(wrangler: User) -> TagQuerySet:
    """The tags that this wrangler may see and change: of free kinds, bar those that stand on drafts or deleted works alone."""
    taggings = Tagging.objects.filter(tag=OuterRef("pk"))
    is_listed, is_anywhere = one_by_one(taggings.visible_to(wrangler)), one_by_one(taggings)
    return Tag.objects.filter(Q(is_canonical=True) | Q(is_listed) | ~Q(is_anywhere), kind__is_closed=False)


def belonging_to(fandom: Tag) -> Q:
    """Tags that belong to a fandom: themselves, or relationships by way of a character."""
    direct = Link.objects.filter(to_tag=fandom).values("from_tag")
    return Q(pk__in=direct) | Q(pk__in=Link.objects.filter(to_tag__in=direct).values("from_tag"))


def met_in(place: Place, *, viewer: User) -> Q:
    """Tags that nobody has sorted under any fandom and that are on a listed work of this one, and those sorted under it."""
    links = Link.objects.filter(from_tag=OuterRef("pk"))
    is_here = one_by_one(links.filter(Q(to_tag=place.fandom) | Q(to_tag__parents=place.fandom)))
    is_sorted = one_by_one(links.filter(Q(to_tag__kind=FANDOM) | Q(to_tag__parents__kind=FANDOM)))
    of_family = Tagging.objects.filter(among("tag", Value(place.family, ArrayField(BigIntegerField()))))
    listed = Tagging.objects.visible_to(viewer)
    if place.uses > FEW_WORKS:
        is_beside = one_by_one(of_family.filter(content_object=OuterRef("content_object")))
        return Q(is_here) | (Q(one_by_one(listed.filter(is_beside, tag=OuterRef("pk")))) & ~Q(is_sorted))
    direct = Link.objects.filter(to_tag=place.fandom).values("from_tag")
    through = Link.objects.filter(to_tag__in=direct).values("from_tag")
    beside = listed.filter(content_object__in=of_family.values("content_object")).values("tag")
    return Q(among("pk", ArraySubquery(direct.union(through, beside)))) & (Q(is_here) | ~Q(is_sorted))


@dataclass(frozen=True, slots=True)
class Bin:
    """Tags of one kind and status, of one fandom or of all, perhaps with something in their names."""

    kind: Kind
    status: Status
    viewer: User
    place: Place | None = None
    term: str = ""
    order: Order = Order.USES

    def tags(self) -> TagQuerySet:
        """The tags in it, in its order."""
        tags = Tag.objects.of_kind(self.kind.code).with_status(self.status)
        if key := folded_key(self.term):
            tags = tags.filter(folded__contains=key)
        return tags.filter(self._belongs()).order_by(*COLUMNS[self.order])

    def _belongs(self) -> Q:
        if self.place is None:
            is_listed = one_by_one(Tagging.objects.visible_to(self.viewer).filter(tag=OuterRef("pk")))
            return Q(is_listed) if self.status == Status.UNWRANGLED else Q()
        if self.status == Status.CANONICAL:
            return belonging_to(self.place.fandom)
        if self.status == Status.SYNONYM:
            return Q(synonym_of__in=Tag.objects.filter(belonging_to(self.place.fandom), kind=self.kind))
        return met_in(self.place, viewer=self.viewer)

    def rows(self) -> TagQuerySet:
        """The tags in it with what a page shows of them; anything else raises."""
        return self.tags().select_related("synonym_of").prefetch_related("parents").fetch_mode(FETCH_RAISE)


def counts_of(bins: Sequence[Bin]) -> list[int]:
    """Answer how many tags each of these bins holds, one more than `MOST_COUNTED` where there are more; in one query."""
    parts: list[str] = []
    values: list[Any] = []
    for one in bins:
        part, its_values = one.tags().order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({part}) AS held)")  # noqa: S608 # put together by Django
        values += its_values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


class Reach(Paginator[Tag]):
    """Pages of a bin, whose tags are counted as far as the page that is asked for, or to `MOST_COUNTED`."""

    def __init__(self, tags: TagQuerySet, *, page: int) -> None:
        super().__init__(tags, TAGS_ON_A_PAGE)
        self.tags = tags
        self.farthest = max(MOST_COUNTED, page * TAGS_ON_A_PAGE)

    @cached_property
    def count(self) -> int:
        """How many there are; one more than the farthest where there are more."""
        return self.tags.order_by()[: self.farthest + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > self.farthest
