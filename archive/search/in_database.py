"""Finds works without the index: exact, as far as tables can answer, and quick enough for a small archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, TextField, Value
from django.db.models.aggregates import StringAgg
from django.db.models.functions import Coalesce, Collate, Lower

from archive.search.selections import FACETS_OF_A_KIND, Column, Facet, Found, NotNow
from archive.statements import any_of
from archive.tags.models import FANDOM, Tag
from archive.warnings import leaving_out
from archive.works.models import Creatorship, Work
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import Viewer
    from archive.search.selections import Selection
    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet
    from archive.works.taggings import TaggingQuerySet

MOST_WITH_FACETS = 5_000  # works; counting the tags of more takes longer than a reader waits
# PostgreSQL thinks for a third of a second about how to find works with so many tags, for minutes about a hundred.
MOST_INCLUDED = 20

PATHS = {
    Column.TITLE: "title_to_sort_on",
    Column.POSTED: "published_at",
    Column.UPDATED: "revised_at",
    Column.WORDS: "word_count",
    Column.HITS: "tally__hits",
    Column.KUDOS: "tally__kudos",
    Column.COMMENTS: "tally__comments",
    Column.BOOKMARKS: "tally__bookmarks",
    Column.CHAPTERS: "chapter_count",
    Column.EXPECTED_CHAPTERS: "expected_chapters",
}


def find(selection: Selection, *, reader: Reader, start: int, limit: int, with_facets: bool = True) -> Found:
    """Answer as `finding.find`. Raises `NotNow` for what asks for words, or for very many tags."""
    works = selected(selection, reader=reader)
    count = works.count()
    ids = list(in_order(works, selection).values_list("pk", flat=True)[start : start + limit]) if count > start else []
    facets = facets_of(works) if with_facets and count <= MOST_WITH_FACETS else {}
    return Found(ids, count, facets, is_from_index=False)


def selected(selection: Selection, *, reader: Reader) -> WorkQuerySet:
    """Answer the works of a selection, in no order."""
    if selection.query is not None or selection.include_words or selection.exclude_words or selection.is_crossover is not None:
        raise NotNow
    if len(selection.include) > MOST_INCLUDED:
        raise NotNow
    works = leaving_out.leave_out(Work.objects.listed_to(reader.user), reader=reader)
    for tag in selection.include:
        works = works.bearing_any(Tag.objects.family_ids([tag]))
    if selection.exclude:
        works = works.without(Tag.objects.family_ids(selection.exclude))
    return works.filter(_place(selection), _state(selection), _ranges(selection))


def _place(selection: Selection) -> Q:
    """Answer whose works, of which series and in which language they must be."""
    wanted = Q()
    if selection.works is not None:
        wanted &= Q(pk__in=any_of(selection.works))
    if selection.user is not None:
        wanted &= Q(pk__in=Creatorship.objects.filter(pseud__user=selection.user).values("work"))
    if selection.pseud is not None:
        wanted &= Q(creatorships__pseud=selection.pseud)
    if selection.series is not None:
        wanted &= Q(series_entries__series=selection.series)
    if selection.language:
        wanted &= Q(language=selection.language)
    return wanted


def _state(selection: Selection) -> Q:
    """Answer whether they must be complete, and in one chapter."""
    wanted = Q()
    if selection.is_single is not None:
        wanted &= Q(chapter_count=1) if selection.is_single else Q(chapter_count__gt=1)
    if selection.is_complete is not None:
        complete = Q(expected_chapters__isnull=False, chapter_count__gte=F("expected_chapters"))
        wanted &= complete if selection.is_complete else ~complete
    return wanted


def _ranges(selection: Selection) -> Q:
    """Answer between which numbers and moments they must lie."""
    wanted = Q()
    for span in selection.spans:
        path = PATHS[span.column]
        if span.lowest is not None and span.lowest > 0:
            wanted &= Q((f"{path}__gte", span.lowest))
        if span.highest is not None:
            none = Q((f"{path}__isnull", True)) if _may_lack(span.column) else Q()
            wanted &= Q((f"{path}__lte", span.highest)) | none
    for period in selection.periods:
        path = PATHS[period.column]
        if period.earliest is not None:
            wanted &= Q((f"{path}__gte", period.earliest))
        if period.latest is not None:
            wanted &= Q((f"{path}__lt", period.latest))
    return wanted


def in_order(works: WorkQuerySet, selection: Selection) -> WorkQuerySet:
    """Answer these works in the order that was asked for; equal ones with the later number first, or last when ascending."""
    key = _sort_key(selection.sort)
    return works.order_by(key.asc() if selection.is_ascending else key.desc(), "pk" if selection.is_ascending else "-pk")


def _sort_key(column: Column) -> Collate | Coalesce | F:
    """Answer what to sort by."""
    if column is Column.CREATORS:
        names = Creatorship.objects.filter(work=OuterRef("pk")).values("work")
        joined = names.annotate(names=StringAgg(Lower("pseud__name"), delimiter=Value(", "), order_by=("position", "pk")))
        return Collate(Subquery(joined.values("names"), output_field=TextField()), "C")
    if column is Column.TITLE:
        return Collate("title_to_sort_on", "C")
    if column is Column.SCORE:
        return F("revised_at")
    if column is Column.ARRIVED:
        return Coalesce("arrived_at", "revised_at")
    path = PATHS[column]
    return Coalesce(path, 0, output_field=IntegerField()) if _may_lack(column) else F(path)


def _may_lack(column: Column) -> bool:
    """Whether works may lack this number: no tally is a tally of nothing, and no promise one of no chapters, as in the index."""
    return column is Column.EXPECTED_CHAPTERS or PATHS[column].startswith("tally")


def counts(kind: str, *, viewer: Viewer) -> dict[int, int]:
    """Answer as `finding.counts`."""
    return {tag: works for _kind, tag, works in _borne(Tagging.objects.visible_to(viewer).filter(tag__kind=kind))}


def facets_of(works: WorkQuerySet) -> dict[str, list[Facet]]:
    """Answer the canonical tags that most of these works bear, themselves or by a synonym, ten of each kind that is filtered by."""
    borne = _borne(Tagging.objects.filter(content_object__in=works.values("pk"), tag__kind__is_in_filters=True))
    facets: dict[str, list[Facet]] = {}
    for kind, tag, count in borne:
        of_kind = facets.setdefault(kind, [])
        if len(of_kind) < FACETS_OF_A_KIND:
            of_kind.append(Facet(tag, count))
    return facets


def _borne(taggings: TaggingQuerySet) -> Iterable[tuple[str, int, int]]:
    """Answer the canonical tags that are borne, themselves or by a synonym: kind, id, and by how many works; most common first."""
    return (
        taggings.filter(Q(tag__is_canonical=True) | Q(tag__synonym_of__isnull=False) | Q(tag__kind=FANDOM))
        .annotate(canonical=Coalesce("tag__synonym_of", "tag"))
        .values_list("tag__kind", "canonical")
        .annotate(works=Count("content_object", distinct=True))
        .order_by("-works", "canonical")
    )
