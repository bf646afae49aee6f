"""Finds works in the index: the ids of a page, how many there are in all, and the tags that they bear most."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import tantivy
from django.db import connection
from tantivy import Occur, Order, Query

from archive.search.index import log, schema, shelf
from archive.search.index.asking import Asker, all_of
from archive.search.index.schema import KEYS, NUMBERS
from archive.search.selections import FACETS_OF_A_KIND, Column, Facet, Found, Selection, nothing
from archive.tags.models import FANDOM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.search.selections import Meanwhile
    from archive.warnings.readers import Reader

# Each piece of the index names so many tags of a kind. What a piece leaves out is rarer in it than all of these.
TAGS_OF_A_PIECE = 500
TAGS_ASKED_FOR = (60, 5_000)  # more where so many are equally common that it is open which are the first ten
MANY_WORKS = 5_000  # from here on it is quicker to count tags on two cores
WORTH_REMEMBERING = 1_000  # works from which on the counts of their tags are remembered until the index changes
MOST_COUNTED = 65_000  # tags of a kind; tantivy refuses to name more, as if the index were damaged
MOST_OFF_TAGS = 200  # wrangled just now; so many are counted one by one
MOST_ALIKE = 50_000  # works with names that begin alike
COUNTERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="facets")
NAMES_TO_SORT = {
    Column.TITLE: 'SELECT id FROM archive_work WHERE id = ANY(%s) ORDER BY title_to_sort_on COLLATE "C" {0}, id {0}',
    Column.CREATORS: """
        SELECT made.work_id FROM archive_creatorship AS made JOIN archive_pseud AS pseud ON pseud.id = made.pseud_id
         WHERE made.work_id = ANY(%s) GROUP BY made.work_id
         ORDER BY string_agg(lower(pseud.name), ', ' ORDER BY made.position, made.id) COLLATE "C" {0}, made.work_id {0}
    """,
}  # fmt: skip


def find(
    selection: Selection, *, reader: Reader, start: int, limit: int, with_facets: bool = True, meanwhile: Meanwhile = nothing
) -> Found:
    """Answer as `finding.find`. Raises `shelf.NoIndex` where there is none, or one that cannot be read; that one is made anew."""
    return shelf.asked(
        lambda opened: Answer.of(opened, selection, reader).found(start, limit, with_facets=with_facets, meanwhile=meanwhile)
    )


def counts(kind: str, *, reader: Reader) -> dict[int, int]:
    """Answer as `finding.counts`. Raises `shelf.NoIndex` where there is none, or one that cannot be read."""
    return shelf.asked(lambda opened: Answer.of(opened, Selection(), reader).counts(kind))


@dataclass(frozen=True, slots=True)
class Answer:
    """One question to one state of the index."""

    asker: Asker
    searcher: tantivy.Searcher
    query: Query
    selection: Selection
    opened: shelf.Opened

    @classmethod
    def of(cls, opened: shelf.Opened, selection: Selection, reader: Reader) -> Answer:
        """Ask the index as it is now."""
        if selection.sort is Column.SCORE and selection.query is None:  # without words nothing matches better than anything else
            selection = replace(selection, sort=Column.UPDATED)
        asker = Asker(opened.works.schema, opened.tags, selection, reader)
        return cls(asker, opened.works.searcher(), asker.query(), selection, opened)

    def found(self, start: int, limit: int, *, with_facets: bool, meanwhile: Meanwhile) -> Found:
        """Answer a page of works, and what all of them have in common."""
        ids, count = self.page(start, limit)
        wait = self.counting(count) if with_facets and count else None
        meanwhile(ids, count)
        return Found(ids, count, self.facets(wait()) if wait else {})

    def page(self, start: int, limit: int) -> tuple[list[int], int]:
        """Answer the ids of a page in their order, and how many works there are in all."""
        if self.selection.sort is Column.SCORE:
            result = self.searcher.search(self.query, max(1, limit), offset=start)
            scored = zip((score for score, _ in result.hits), self._ids(result), strict=True)
            # Only the first word of best match is the index's: of two that match alike, the later work comes first.
            return [pk for _, pk in sorted(scored, key=lambda hit: (-round(hit[0], 4), -hit[1]))][:limit], result.count  # type: ignore[attr-defined] # missing in tantivy's stub
        if self.selection.sort not in KEYS:
            result = self._search(self.query, offset=start, limit=max(1, limit))
            return self._ids(result)[:limit], result.count  # type: ignore[attr-defined] # likewise
        begin = max(0, start - 1)  # one more on either side tells whether equal works lie across the edge of the page
        result = self._search(self.query, offset=begin, limit=limit + 1 + start - begin)
        values = [value for value, _ in result.hits]
        ids = self._ids(result)
        if len(set(values)) == len(values):  # nothing has to be decided between them
            return ids[start - begin :][:limit], result.count  # type: ignore[attr-defined] # likewise
        return self._in_order(values, begin, start, limit), result.count  # type: ignore[attr-defined] # likewise

    def _in_order(self, values: Sequence[int], begin: int, start: int, limit: int) -> list[int]:
        """Answer the ids of a page on which names begin alike: by the whole names, across the edges of pages too."""
        page: list[int] = []
        rank = begin
        if begin:  # the first value may have begun on an earlier page
            rank = self._count_before(values[0])
        for value in dict.fromkeys(values):
            skip, want = max(0, start - rank), start + limit - max(rank, start)
            if want <= 0:
                break
            equal, count = self._equal(value, skip, want)
            page += equal
            rank += count
        return page

    def _equal(self, value: int, skip: int, limit: int) -> tuple[list[int], int]:
        """Answer some ids of the works with names that begin alike, in order, and how many of these there are."""
        column = self.selection.sort
        query = all_of([(Occur.Must, self.query), (Occur.Must, self.asker.between(column, value, value))])
        result = self.searcher.search(query, MOST_ALIKE, order_by_field="id")
        direction = "ASC" if self.selection.is_ascending else "DESC"
        with connection.cursor() as cursor:
            cursor.execute(NAMES_TO_SORT[column].format(direction), [self._ids(result)])
            ids = [row[0] for row in cursor.fetchall()]
        return ids[skip : skip + limit], result.count  # type: ignore[attr-defined] # likewise

    def _count_before(self, value: int) -> int:
        """Answer how many works come before those with this value."""
        column = self.selection.sort
        before = (
            self.asker.between(column, None, value - 1)
            if self.selection.is_ascending
            else self.asker.between(column, value + 1, None)
        )
        return self.count(before)

    def count(self, also: Query) -> int:
        """Answer of how many of the works this holds too."""
        query = all_of([(Occur.Must, self.query), (Occur.Must, also)])
        return int(self.searcher.search(query, 1, order_by_field="id").count)  # type: ignore[attr-defined] # likewise

    def _search(self, query: Query, *, offset: int, limit: int) -> tantivy.SearchResult:
        """Search in the order of the selection."""
        order = Order.Asc if self.selection.is_ascending else Order.Desc
        return self.searcher.search(query, limit, offset=offset, order_by_field=NUMBERS[self.selection.sort], order=order)

    def _ids(self, result: tantivy.SearchResult) -> list[int]:
        """Answer the ids of the works that were hit."""
        found = self.searcher.fast_field_values("id", [address for _, address in result.hits])
        return [int(pk) for pk in found if pk is not None]

    def counting(self, count: int) -> Callable[[], dict[str, list[Facet]]]:
        """Have the tags of so many works counted beside all else, and answer what waits for the counts.

        Those of many works are remembered until the index changes: a long list shows the same on page after page.
        """
        deciders = self.asker.deciders() if count >= WORTH_REMEMBERING else None
        if deciders is not None and (remembered := self.opened.counted.recalled(deciders)) is not None:
            return lambda: remembered
        kinds = [str(kind) for kind in self.opened.state.signature[1:]]
        # Of many works each kind by itself, on both cores. The last kinds have most tags and take longest: they begin, and the
        # short ones fill what time is left.
        shares = [[kind] for kind in reversed(kinds)] if count >= MANY_WORKS else [kinds]
        begun = COUNTERS.map(self._count_tags, shares)

        def wait() -> dict[str, list[Facet]]:
            counted = {kind: facets for share in begun for kind, facets in share.items()}
            if deciders is None:
                return {kind: counted[kind] for kind in kinds}
            return self.opened.counted.keep(deciders, {kind: counted[kind][: TAGS_ASKED_FOR[0]] for kind in kinds})

        return wait

    def facets(self, counted: dict[str, list[Facet]]) -> dict[str, list[Facet]]:
        """Answer the ten canonical tags of each kind that most of the works bear."""
        return {kind: found[:FACETS_OF_A_KIND] for kind, found in self._set_right(counted).items() if found}

    def counts(self, kind: str) -> dict[int, int]:
        """Answer how many of the works each canonical tag of a kind has, the most common first."""
        if kind not in self.opened.state.signature[1:]:
            raise shelf.NoIndex
        deciders = self.asker.deciders()
        if deciders is None:
            found = self._count_all(kind)
        else:
            found = self.opened.counted.piece((kind, *deciders), lambda: self._count_all(kind))
        return {facet.tag: facet.works for facet in self._set_right(found, needs_all=True)[kind]}

    def _count_all(self, kind: str) -> dict[str, list[Facet]]:
        """Answer all tags of a kind that the works bear, as the index counts them. Raises `NoIndex` where these are too many."""
        answer = self.searcher.aggregate(self.query, {kind: _terms(kind, MOST_COUNTED)})
        facets = _facets(answer[kind])
        if len(facets) >= MOST_COUNTED:
            raise shelf.NoIndex
        return {kind: facets}

    def _count_tags(self, kinds: Sequence[str]) -> dict[str, list[Facet]]:
        """Answer the most common tags of these kinds, as the index counts them; equally common ones by number."""
        counted: dict[str, list[Facet]] = {}
        wanted = list(kinds)
        for size in TAGS_ASKED_FOR:
            asked = {kind: _terms(kind, size) for kind in wanted}
            answers = self.searcher.aggregate(self.query, asked) if asked else {}
            for kind in wanted:
                counted[kind] = _facets(answers[kind])
            wanted = [kind for kind in wanted if _is_open(counted[kind], size, answers[kind]["doc_count_error_upper_bound"])]
        return counted

    def _set_right(self, counted: dict[str, list[Facet]], *, needs_all: bool = False) -> dict[str, list[Facet]]:
        """Answer these with the tags counted anew that were wrangled since their works were told.

        Of very many some are left out. Raises `NoIndex` where that will not do.
        """
        tags = log.off_tags(self.opened.state.place, self.opened.state.tags_off, but_not=self.opened.state.seen)
        if not tags:
            return counted
        off = {tag.pk for tag in tags}
        counted = {kind: [facet for facet in facets if facet.tag not in off] for kind, facets in counted.items()}
        synonyms: dict[int, list[int]] = {}
        for tag in tags:
            synonyms.setdefault(tag.synonym_of or tag.pk, []).append(tag.pk)
        anew = [tag for tag in tags if tag.kind in counted and counts_itself(tag)]
        if needs_all and len(anew) > MOST_OFF_TAGS:
            raise shelf.NoIndex
        for tag in anew[:MOST_OFF_TAGS]:
            works = self.count(self.asker.tag(synonyms[tag.pk]))
            if works:
                counted[tag.kind].append(Facet(tag.pk, works))
        return {kind: sorted(facets, key=_commonest) for kind, facets in counted.items()}


def _commonest(facet: Facet) -> tuple[int, int]:
    """Answer what the most common tags come first by, and of equally common ones the first."""
    return -facet.works, facet.tag


def _facets(answer: dict[str, Any]) -> list[Facet]:
    """Answer what the index counts for a kind, the most common first."""
    return sorted((Facet(int(bucket["key"]), bucket["doc_count"]) for bucket in answer["buckets"]), key=_commonest)


def counts_itself(tag: log.OffTag) -> bool:
    """Whether works are counted under this tag: a canonical one, or a fandom that nobody has wrangled yet."""
    return tag.is_canonical or (tag.kind == FANDOM and tag.synonym_of is None)


def _terms(kind: str, size: int) -> dict[str, Any]:
    """Answer how the index is asked for the most common tags of a kind."""
    return {"terms": {"field": schema.facet(kind), "size": size, "segment_size": max(size, TAGS_OF_A_PIECE)}}


def _is_open(facets: Sequence[Facet], size: int, missed: int) -> bool:
    """Whether tags that were not named may be as common as the tenth; in all pieces together no more than `missed` can be."""
    return len(facets) >= size and (
        facets[FACETS_OF_A_KIND - 1].works == facets[-1].works or facets[FACETS_OF_A_KIND - 1].works <= missed
    )
