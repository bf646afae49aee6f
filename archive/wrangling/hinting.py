"""What a wrangler may want to join a tag to: near spellings, and tags that stand beside it on works."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Coalesce

from archive.tags.models import Tag
from archive.works.taggings import Tagging
from archive.wrangling import bins

if TYPE_CHECKING:
    from archive.people.models import User

MOST_NEAR, MOST_BESIDE = 8, 5  # of each kind
LEAST_SIMILAR = 0.4  # of the trigrams; below it hardly anything is the same word
WORKS_LOOKED_AT = 500  # the latest that bear a tag tell enough of its company


@dataclass(frozen=True, slots=True)
class Beside:
    """A tag that stands on works beside another, and on how many of those looked at."""

    tag: Tag
    works: int


@transaction.atomic
def near(tag: Tag, *, viewer: User) -> list[Tag]:
    """Answer tags of the same kind that are spelt nearly alike, the canonical ones and the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_SIMILAR)])
    alike = bins.tags_for(viewer).of_kind(tag.kind_id).filter(folded__trigram_similar=tag.folded).exclude(pk=tag.pk)
    others = alike.exclude(synonym_of=tag) if tag.synonym_of_id is None else alike.exclude(synonym_of=tag.synonym_of_id)
    nearest = others.annotate(similarity=TrigramSimilarity("folded", tag.folded)).select_related("synonym_of")
    return list(nearest.order_by("-is_canonical", "-similarity", "folded")[:MOST_NEAR])


def beside(tag: Tag, *, viewer: User) -> list[Beside]:
    """Answer the free tags that stand most often beside a tag, the fewest that tell of each kind; synonyms as their canonical."""
    listed = Tagging.objects.visible_to(viewer)
    latest = list(listed.filter(tag=tag).order_by("-content_object").values_list("content_object", flat=True)[:WORKS_LOOKED_AT])
    company = (
        listed.filter(content_object__in=latest, tag__kind__is_closed=False)
        .values_list(Coalesce("tag__synonym_of", "tag"), "tag__kind")
        .annotate(works=Count("content_object", distinct=True))
    )
    own = {tag.pk, tag.synonym_of_id}
    most: dict[str, list[tuple[int, int]]] = {}
    for pk, kind, works in company:
        if pk not in own:
            most.setdefault(kind, []).append((works, pk))
    works_of = {pk: works for counted in most.values() for works, pk in nlargest(MOST_BESIDE, counted)}
    found = Tag.objects.filter(pk__in=works_of).select_related("kind").order_by("kind__position")
    return sorted(
        [Beside(one, works_of[one.pk]) for one in found], key=lambda one: (one.tag.kind.position, -one.works, one.tag.folded)
    )
