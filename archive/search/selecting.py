"""Makes of what an address asks for what is looked for: a `Selection`."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from archive.search.forms import ASCENDING, DESCENDING, NO, YES
from archive.search.query.tree import AllOf, Query
from archive.search.selections import Column, Period, Selection, Span
from archive.tags.models import Tag
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import Viewer
    from archive.search.forms import WorkSearch
    from archive.search.parameters import Asked
    from archive.tags.models import TagQuerySet

SAID_BY = {YES: True, NO: False}
RANGES = ("revised_at", "word_count", "hits", "kudos_count", "comments_count", "bookmarks_count")
WORDS = ("query", "title", "creators")


def known_tags(viewer: Viewer) -> TagQuerySet:
    """Answer the tags that this viewer may know of."""
    return Tag.objects.known_or_in(Tagging.objects.visible_to(viewer))


def named_tags(asked: Asked, *, viewer: Viewer) -> dict[str, int]:
    """Answer the ids of the tags that are asked for by their names, by the folded name; only of such as the viewer may know of."""
    names = {tag.folded for tag in asked.tags if tag.pk is None}
    if not names:
        return {}
    return dict(known_tags(viewer).filter(folded__in=names).values_list("folded", "pk"))


def selection_of(asked: Asked, form: WorkSearch, *, named: dict[str, int], base: Selection) -> Selection:
    """Answer what an address asks for in a place, whose own works are `base`. The form has no mistakes, and no sort is none."""
    answers = form.cleaned_data
    queries = [cast("Query", answers[name]) for name in WORDS]
    roots = [query.root for query in queries if query.root is not None]
    query = AllOf(tuple(roots)) if len(roots) > 1 else next(iter(roots), None)
    wanted, unwanted = _tags(asked, named, is_out=False), _tags(asked, named, is_out=True)
    spans = [answers[name] for name in RANGES if isinstance(answers[name], Span)]
    periods = [answers[name] for name in RANGES if isinstance(answers[name], Period)]
    selection = replace(
        base,
        include=_once([*base.include, *(pk for pk, _ in wanted if pk is not None)]),
        exclude=_once([*base.exclude, *(pk for pk, _ in unwanted if pk is not None)]),
        include_words=tuple(name for pk, name in wanted if pk is None),
        exclude_words=tuple(name for pk, name in unwanted if pk is None),
        language=base.language or cast("str", answers["language_id"]),
        is_complete=SAID_BY.get(cast("str", answers["complete"])),
        is_crossover=SAID_BY.get(cast("str", answers["crossover"])),
        is_single=True if answers["single_chapter"] else None,
        spans=(*spans, *_words(answers)),
        periods=(*periods, *_days(answers)),
        query=query,
    )
    return _sorted(selection, answers, queries)


def has_sort(form: WorkSearch) -> bool:
    """Whether somebody has said in which order works come, in the form or in the query."""
    answers = form.cleaned_data
    return bool(answers["sort_column"]) or cast("Query", answers["query"]).sort is not None


def _sorted(selection: Selection, answers: dict[str, object], queries: list[Query]) -> Selection:
    """Answer a selection in the order that was asked for: `sort:` in the query says it last."""
    typed = queries[0].sort
    if typed is not None:
        return replace(selection, sort=typed.column, is_ascending=typed.is_ascending)
    default = Column.UPDATED if selection.query is None else Column.SCORE
    column = Column(cast("str", answers["sort_column"]) or default)
    directions = {ASCENDING: True, DESCENDING: False}
    is_ascending = directions.get(cast("str", answers["sort_direction"]), column.begins_with_the_first)
    return replace(selection, sort=column, is_ascending=is_ascending)


def _tags(asked: Asked, named: dict[str, int], *, is_out: bool) -> list[tuple[int | None, str]]:
    """Answer the ids of the tags that are asked for, and the names of which there is no tag."""
    return [(named.get(tag.folded) if tag.pk is None else tag.pk, tag.name) for tag in asked.tags if tag.is_out == is_out]


def _once(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))


def _words(answers: dict[str, object]) -> list[Span]:
    lowest, highest = (cast("int | None", answers[name]) for name in ("words_from", "words_to"))
    return [] if lowest is None and highest is None else [Span(Column.WORDS, lowest, highest)]


def _days(answers: dict[str, object]) -> list[Period]:
    """Answer the days between which works must have been updated, the last one included."""
    earliest, last = (cast("dt.datetime | None", answers[name]) for name in ("date_from", "date_to"))
    if earliest is None and last is None:
        return []
    return [Period(Column.UPDATED, earliest, last and last + dt.timedelta(days=1))]
