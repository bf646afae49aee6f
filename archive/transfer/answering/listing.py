"""Pages of works: found as the site's own lists find them, by the same filters, and got through the same door."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from archive.search import finding, parameters, selecting
from archive.search.forms import WorkSearch
from archive.search.listings import TRY_AGAIN, through_the_door
from archive.search.parameters import Asked
from archive.search.query.mistakes import TooWild
from archive.search.selections import Column, Found, NotNow, Selection
from archive.transfer.answering import cursors, drawing, problems
from archive.transfer.linking import whole
from archive.warnings import leaving_out
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from archive.transfer.answering import asked
    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet

CURSOR = "cursor"
OF_NO_WORK = {CURSOR, "limit", "show_warnings", "view_adult"}  # what says nothing of which works are wanted


def page_of(request: HttpRequest, base: Selection, part: asked.Part, *, reader: Reader) -> drawing.Json:
    """Answer a page of the works of a selection that an address asks for further."""
    wanted = Asked.of(request.GET)
    form = WorkSearch(wanted)
    if not form.is_valid():
        errors = {form.add_prefix(name): [str(error) for error in errors] for name, errors in form.errors.items()}
        raise problems.Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Not all of this can be read.", errors=errors)
    named = selecting.named_tags(wanted, viewer=reader.user)
    selection = selecting.selection_of(wanted, form, named=named, base=base)
    of = (request.path, sorted(pair for pair in wanted.kept() if pair[0] not in OF_NO_WORK))
    begins = cursors.read(part.cursor, of=of)
    try:
        found = _found(selection, begins, reader=reader, limit=part.limit)
    except TooWild as mistake:
        raise problems.Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(mistake)) from mistake
    except NotNow as not_now:
        raise problems.Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(not_now), headers={"Retry-After": str(TRY_AGAIN)}) from not_now
    count = found.count if begins.count is None else begins.count
    works = through_the_door(found.ids[: part.limit], reader=reader)
    behind = cursors.behind(works, selection.sort, begins, taken=part.limit, count=count) if len(found.ids) > part.limit else None
    return {
        "count": count,
        "items": [drawing.blurb(work, reader=reader, naming=part.show_warnings) for work in works],
        "next": next_address(request, cursors.write(behind, of=of)) if behind else None,
    }


def _found(selection: Selection, begins: cursors.Cursor, *, reader: Reader, limit: int) -> Found:
    """Find a page, and one more work, which tells whether there is another page."""
    moment = None
    if begins.value is not None and selection.sort is Column.UPDATED:
        # Dates lie in the index by the second, and a period ends before its last moment.
        moment = dt.datetime.fromtimestamp(begins.value + (0 if selection.is_ascending else 1), tz=dt.UTC)
    narrowed = cursors.begin_at(selection, begins, moment=moment)
    if not begins.looks_for_the_last:
        return finding.find(narrowed, reader=reader, start=begins.skip, limit=limit + 1, with_facets=False)
    most = begins.skip + cursors.SLACK + limit + 1
    found = finding.find(narrowed, reader=reader, start=0, limit=most, with_facets=False)
    place = _place_behind(begins, found.ids, narrowed, reader=reader)
    return Found(found.ids[place : place + limit + 1], found.count)


def _place_behind(begins: cursors.Cursor, ids: Sequence[int], selection: Selection, *, reader: Reader) -> int:
    """Answer the place behind the last work that was answered, or behind where it stood if it is no longer there.

    Works that are alike stand by their numbers, so those in front of the last one are known without it.
    """
    last = begins.last or 0
    if last in ids:
        return ids.index(last) + 1
    works = Work.objects.listed_to(reader.user).filter(pk__in=ids).only("revised_at", "word_count")
    alike = [work.pk for work in works if cursors.value_of(work, selection.sort) == begins.value]
    before = {pk for pk in alike if (pk < last if selection.is_ascending else pk > last)}
    return max((place for place, pk in enumerate(ids, start=1) if pk in before), default=0)


def in_place(request: HttpRequest, ids: Sequence[int], part: asked.Part, *, reader: Reader) -> drawing.Json:
    """Answer a page of works that have an order of their own."""
    begins, behind = places(part, count=len(ids), of=request.path)
    return _page(request, ids[begins : begins + part.limit], behind, part, count=len(ids), reader=reader)


def in_order(request: HttpRequest, works: WorkQuerySet, part: asked.Part, *, reader: Reader) -> drawing.Json:
    """Answer a page of works in the order that they come in."""
    works = leaving_out.leave_out(works, reader=reader)
    count = works.count()
    begins, behind = places(part, count=min(count, cursors.FURTHEST), of=request.path)
    ids = list(works.values_list("pk", flat=True)[begins : min(begins + part.limit, cursors.FURTHEST)]) if begins < count else []
    return _page(request, ids, behind, part, count=count, reader=reader)


def _page(request: HttpRequest, ids: Sequence[int], behind: str, part: asked.Part, *, count: int, reader: Reader) -> drawing.Json:
    works = through_the_door(ids, reader=reader)
    return {
        "count": count,
        "items": [drawing.blurb(work, reader=reader, naming=part.show_warnings) for work in works],
        "next": next_address(request, behind) if behind else None,
    }


def places(rest: asked.Rest, *, count: int, of: object) -> tuple[int, str]:
    """Answer at which place a page begins, and the cursor of the next one if there is one."""
    begins = cursors.read(rest.cursor, of=of).skip
    behind = begins + rest.limit
    return begins, cursors.write(cursors.Cursor(behind), of=of) if behind < count else ""


def next_address(request: HttpRequest, cursor: str) -> str:
    """Answer the address of the next page of the same list."""
    pairs: list[tuple[str, Any]] = [(key, value) for key, values in request.GET.lists() for value in values if key != CURSOR]
    return f"{whole(request.path)}?{parameters.written([*pairs, (CURSOR, cursor)])}"
