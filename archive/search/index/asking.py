"""Asks the index: from what somebody selected to the query that finds it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from archive.search.index import schema, words
from archive.search.index.schema import NUMBERS
from archive.search.query import tree
from archive.search.query.mistakes import TooWild
from archive.search.query.tree import Field, FlagName
from archive.search.selections import Column
from archive.tags.models import Tag
from archive.text.fields import folded_key
from archive.works.languages import languages

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

    import tantivy

    from archive.search.query.tree import Date, Flag, LanguageIs, Node, Number, TagId
    from archive.search.selections import Period, Selection
    from archive.warnings.readers import Reader

type Fact = Number | Date | TagId | LanguageIs | Flag

MOST_PHRASED_TAGS = 2_000  # tags whose names hold a phrase; more of them say no more
LONGEST_FUZZ = 2  # letters that may differ, as far as tantivy's automata go

# How much more a word says in one place than in another (facts/ao3.md 5.4).
BOOSTS = {"title": 7.0, "creators": 5.0, schema.NAMES: 2.0, "summary": 1.5, "series_title": 1.5, "notes": 1.0, "text": 1.0}
IN_INDEX = {
    Field.TITLE: ["title"],
    Field.CREATORS: ["creators"],
    Field.SUMMARY: ["summary"],
    Field.NOTES: ["notes"],
    Field.TAGS: [schema.NAMES],
    Field.SERIES: ["series_title"],
    Field.TEXT: ["text"],
    None: list(BOOSTS),
}
OF_NAMES = {"creators", schema.NAMES}  # reduced as English, whatever the work is written in
STATES = {
    FlagName.OTP: schema.ONE_PAIRING,
    FlagName.CROSSOVER: schema.CROSSOVER,
    FlagName.COMPLETE: schema.COMPLETE,
    FlagName.SINGLE_CHAPTER: schema.SINGLE,
}


@dataclass(slots=True)
class Asker:
    """Makes queries of one selection for one reader. What it must know of tags it gets by one query."""

    schema: tantivy.Schema
    tags: tantivy.Index
    selection: Selection
    reader: Reader
    families: dict[int, frozenset[int]] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the tags that words name, and the families of all tags."""
        chosen = self.selection
        wanted = {*chosen.include, *chosen.exclude}
        if chosen.query is not None:
            wanted |= {node.pk for node in _nodes(chosen.query) if isinstance(node, tree.TagId)}
        names = {folded_key(name) for name in _names(chosen.query)} - {""} if chosen.query is not None else set()
        self.families, self.named = Tag.objects.families_named(wanted, names)

    def query(self) -> Query:
        """Answer what finds all works of the selection that this reader may find."""
        clauses = [*self._allowed(), *self._chosen(), *self._ranges()]
        if self.selection.query is not None:
            clauses.append((Occur.Must, self._node(self.selection.query)))
        return all_of(clauses)

    def deciders(self) -> tuple[Hashable, ...] | None:
        """Answer everything that decides which works `query` finds in one state of the index.

        Nothing where words are looked for, or nobody else's works: what these have in common is not asked twice.
        """
        chosen, reader = self.selection, self.reader
        if chosen.query is not None or chosen.works is not None or chosen.include_words or chosen.exclude_words:
            return None
        is_known = reader.user.is_authenticated
        left_out: tuple[Hashable, ...] = ()
        if reader.leaves_something_out and not reader.folds_left_out:
            left_out = (reader.left_out, reader.left_out_languages, reader.left_out_authors, reader.user.pk)
        # In whatever order they are shown.
        return replace(chosen, sort=Column.UPDATED, is_ascending=False), frozenset(self.families.items()), is_known, left_out

    def tag(self, ids: Iterable[int]) -> Query:
        """Answer what finds the works that bear one of these very tags."""
        return self._any("tag", sorted(ids))

    def _allowed(self) -> Iterator[tuple[Occur, Query]]:
        """Answer what the reader may see and has not left out. Nobody's own works are left out for them."""
        reader = self.reader
        if not reader.user.is_authenticated:
            yield Occur.Must, self._term("state", schema.OPEN)
        if reader.folds_left_out:
            return
        for name, values in (("tag", reader.left_out), ("language", reader.left_out_languages), ("user", reader.left_out_authors)):
            if values:
                left_out = self._any(name, sorted(values))
                if reader.user.is_authenticated:
                    left_out = all_of([(Occur.Must, left_out), (Occur.MustNot, self._term("user", reader.user.pk))])
                yield Occur.MustNot, left_out

    def _chosen(self) -> Iterator[tuple[Occur, Query]]:
        """Answer what the tags, the place and the state of the selection come to."""
        chosen = self.selection
        if chosen.works is not None:
            yield Occur.Must, self._any("id", chosen.works)
        for tag in chosen.include:
            yield Occur.Must, self._any("tag", sorted(self.families.get(tag, ())))
        if chosen.exclude:
            yield Occur.MustNot, self._any("tag", sorted({one for tag in chosen.exclude for one in self.families.get(tag, ())}))
        for name in chosen.include_words:
            yield Occur.Must, self._name(name)
        for name in chosen.exclude_words:
            yield Occur.MustNot, self._name(name)
        for column, value in (
            ("user", chosen.user),
            ("pseud", chosen.pseud),
            ("series", chosen.series),
            ("language", chosen.language),
        ):
            if value:
                yield Occur.Must, self._term(column, value)
        states = (
            (schema.COMPLETE, chosen.is_complete),
            (schema.CROSSOVER, chosen.is_crossover),
            (schema.SINGLE, chosen.is_single),
        )
        for state, wanted in states:
            if wanted is not None:
                yield Occur.Must if wanted else Occur.MustNot, self._term("state", state)

    def _ranges(self) -> Iterator[tuple[Occur, Query]]:
        """Answer what the ranges of the selection come to."""
        for span in self.selection.spans:
            yield Occur.Must, self.between(span.column, span.lowest, span.highest)
        for period in self.selection.periods:
            yield Occur.Must, self._during(period)

    def _during(self, period: tree.Date | Period) -> Query:
        """Answer what finds works of a time. The index counts whole seconds."""
        earliest = None if period.earliest is None else ceil(period.earliest.timestamp()) + schema.EARLIEST
        latest = None if period.latest is None else ceil(period.latest.timestamp()) - 1 + schema.EARLIEST
        return self.between(period.column, earliest, latest)

    def between(self, column: Column, lowest: int | None, highest: int | None) -> Query:
        """Answer what finds works with a number in this range, both ends included."""
        if highest is not None and highest < 0:
            return Query.empty_query()
        if lowest is None and highest is None:
            return Query.all_query()
        lower, upper = None if lowest is None else max(0, lowest), highest
        if column not in schema.KEYS:
            lower = None if lower is None else schema.numbered(lower, 0)
            upper = None if upper is None else schema.numbered(upper, schema.OWN)
        return Query.range_query(self.schema, NUMBERS[column], FieldType.Unsigned, lower, upper)

    def _node(self, node: Node) -> Query:
        """Answer what finds what a part of a typed query asks for."""
        match node:
            case tree.AllOf(parts):
                both = all_of([self._clause(part) for part in parts])
                name = _as_name(node)
                return self._or_tag(name, both) if name else both
            case tree.AnyOf(parts):
                return Query.boolean_query([(Occur.Should, self._node(part)) for part in parts])
            case tree.Not(part):
                return all_of([(Occur.MustNot, self._node(part))])
            case tree.Word() | tree.Phrase():
                found = (
                    self._wild(node)
                    if isinstance(node, tree.Word) and is_wild(node)
                    else self._words(node.text, node.field, _slop(node))
                )
                return self._or_tag(node.text, found) if node.field in {None, Field.TAGS} else found
            case _:
                return self._fact(node)

    def _fact(self, node: Fact) -> Query:
        """Answer what finds works of which something holds that is no matter of words."""
        match node:
            case tree.Number(column, lowest, highest):
                return self.between(column, lowest, highest)
            case tree.Date():
                return self._during(node)
            case tree.TagId(pk):
                return self._any("tag", sorted(self.families.get(pk, ())))
            case tree.LanguageIs(code):
                return self._language(code)
            case tree.Flag(FlagName.RESTRICTED, value):
                return all_of([(Occur.MustNot if value else Occur.Must, self._term("state", schema.OPEN))])
            case tree.Flag(name, value):
                return all_of([(Occur.Must if value else Occur.MustNot, self._term("state", STATES[name]))])

    def _clause(self, part: Node) -> tuple[Occur, Query]:
        """Answer a part of several that all must hold."""
        if isinstance(part, tree.Not):
            return Occur.MustNot, self._node(part.part)
        return Occur.Must, self._node(part)

    def _or_tag(self, name: str, found: Query) -> Query:
        """Answer what finds this, or works with the tag of this name: a synonym finds what its canonical tag finds."""
        tag = self.named.get(folded_key(name))
        if tag is None:
            return found
        return Query.boolean_query([(Occur.Should, found), (Occur.Should, self._any("tag", sorted(self.families.get(tag, ()))))])

    def _name(self, name: str) -> Query:
        """Answer what finds works with all words of a name in the names of their tags."""
        return self._words(name, Field.TAGS, 0)

    def _words(self, text: str, where: Field | None, slop: int) -> Query:
        """Answer what finds these words, one after another, in the fields that are asked for."""
        alternatives: list[Query] = []
        for name in IN_INDEX[where]:
            found = self._in_field(name, text, slop)
            if found:
                alternatives.append(Query.boost_query(_any_of(found), BOOSTS[name]))
        if not alternatives:
            return Query.all_query()  # an emoji, a lone sign: it asks for nothing
        return _any_of(alternatives)

    def _in_field(self, name: str, text: str, slop: int) -> list[Query]:
        """Answer what finds these words in one field, by the rules of each language that may be meant."""
        readings = words.readings(text, words.NAMES if name in OF_NAMES else self.selection.language)
        return [self._in_languages(reading.languages, self._as_read(name, reading.words, slop)) for reading in readings]

    def _as_read(self, name: str, reading: Sequence[str], slop: int) -> Query:
        """Answer what finds these words as they stand in one field of the index."""
        if len(reading) == 1:
            return self._term(name, reading[0])
        if name == schema.NAMES:
            return self._tags_with(reading)
        return Query.phrase_query(self.schema, name, list(reading), slop)

    def _in_languages(self, those: Collection[str], query: Query) -> Query:
        """Answer what finds the same in works in these languages alone; in all of them where none is named.

        What an ending is in Hungarian is none in English: who looks for "goat" does not want all that "go".
        """
        if not those:
            return query
        codes = [code for code in languages() if words.first_part(code) in those]
        return all_of([(Occur.Must, query), (Occur.Must, Query.boost_query(self._any("language", codes), 0.0))])

    def _tags_with(self, reading: Sequence[str]) -> Query:
        """Answer what finds works with a tag, or a sub-tag or synonym of one, in whose name these words follow each other."""
        searcher = self.tags.searcher()
        phrase = Query.phrase_query(self.tags.schema, "reduced", list(reading))
        hits = searcher.search(phrase, MOST_PHRASED_TAGS, order_by_field="rank").hits
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        return self.tag(Tag.objects.family_ids([int(pk) for pk in ids if pk is not None])) if ids else Query.empty_query()

    def _wild(self, word: tree.Word) -> Query:
        """Answer what finds words that are like one that was typed with a wildcard, or with letters that may differ."""
        parts = words.wild_words(word.text)
        if not parts:
            return Query.all_query()
        return _any_of(
            Query.boost_query(all_of([(Occur.Must, self._like(name, part, word)) for part in parts]), BOOSTS[name])
            for name in IN_INDEX[word.field]
        )

    def _like(self, name: str, part: str, word: tree.Word) -> Query:
        """Answer what finds words like this one in one field."""
        if word.fuzziness:
            return Query.fuzzy_term_query(self.schema, name, part, min(word.fuzziness, LONGEST_FUZZ))
        try:
            return Query.regex_query(self.schema, name, words.expression(part + "*" * word.is_prefix))
        except ValueError as refusal:  # an automaton with more states than tantivy makes
            raise TooWild(word.text) from refusal

    def _language(self, code: str) -> Query:
        """Answer what finds works in the language of this code, however it is typed."""
        found = next((known for known in languages() if known.lower() == code.lower()), None)
        return self._term("language", found) if found else Query.empty_query()

    def _term(self, name: str, value: object) -> Query:
        """Answer what finds works with one value."""
        return Query.term_query(self.schema, name, value, "basic")

    def _any(self, name: str, values: Collection[object]) -> Query:
        """Answer what finds works with any of these values."""
        if not values:
            return Query.empty_query()
        if len(values) == 1:
            return self._term(name, next(iter(values)))
        return Query.const_score_query(Query.term_set_query(self.schema, name, list(values)), 1.0)


def all_of(clauses: Iterable[tuple[Occur, Query]]) -> Query:
    """Answer what finds works for which all of these hold; by themselves, prohibitions would find nothing."""
    told = list(clauses)
    if not any(occur == Occur.Must for occur, _ in told):
        told.append((Occur.Must, Query.all_query()))
    return Query.boolean_query(told)


def is_wild(word: tree.Word) -> bool:
    """Whether a word stands for others that are like it."""
    return word.is_prefix or word.is_pattern or word.fuzziness > 0


def _any_of(queries: Iterable[Query]) -> Query:
    """Answer what finds works for which one of these holds."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _slop(node: tree.Word | tree.Phrase) -> int:
    """Answer how many steps may lie between the words of a phrase."""
    return node.slop if isinstance(node, tree.Phrase) else 0


def _nodes(node: Node) -> Iterator[Node]:
    """Answer a node and all below it."""
    yield node
    match node:
        case tree.AllOf(parts) | tree.AnyOf(parts):
            for part in parts:
                yield from _nodes(part)
        case tree.Not(part):
            yield from _nodes(part)


def _names(root: Node) -> Iterator[str]:
    """Answer what may be the name of a tag: each word and phrase, and words that stand together."""
    for node in _nodes(root):
        if isinstance(node, tree.Word | tree.Phrase) and node.field in {None, Field.TAGS}:
            yield node.text
        elif isinstance(node, tree.AllOf):
            yield _as_name(node)


def _as_name(node: tree.AllOf) -> str:
    """Answer the words of a part, where all of them are plain ones, as they would stand in a name."""
    parts = [part for part in node.parts if isinstance(part, tree.Word) and part.field is None and not is_wild(part)]
    return " ".join(part.text for part in parts) if len(parts) == len(node.parts) else ""
