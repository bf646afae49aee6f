"""What the index holds of a work and of a tag."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import tantivy

from archive.search.index.words import ENGLISH, analyzer
from archive.search.selections import Column
from archive.tags.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = 5  # another one makes every index out of date, and so made anew

WORDS = "words"  # a tokenizer that reduces words by the rules of English
PIECES = "pieces"  # one that takes them as they are
NAMES = "names"  # of tags, without their order: phrases of them are looked for among the tags
FIELDS_OF_WORDS = ["title", "creators", "summary", "notes", "series_title", NAMES, "text"]

# Columns of numbers by which works are sorted and narrowed, and their names in the index. Each number holds its work's own
# behind it, so no two works are equal and an order needs no second look.
NUMBERS = {
    Column.POSTED: "posted",
    Column.UPDATED: "updated",
    Column.ARRIVED: "arrived",
    Column.WORDS: "word_count",
    Column.HITS: "hits",
    Column.KUDOS: "kudos",
    Column.COMMENTS: "comments",
    Column.BOOKMARKS: "bookmarks",
    Column.CHAPTERS: "chapters",
    Column.EXPECTED_CHAPTERS: "expected",
    # The first letters of names, as a number: what begins alike is put in order by the database.
    Column.TITLE: "title_key",
    Column.CREATORS: "creators_key",
}

KEYS = {Column.TITLE, Column.CREATORS}
OWN_BITS = 30  # of a work's number; a thousand million works have room
OWN = (1 << OWN_BITS) - 1
LARGEST = (1 << 64 - OWN_BITS) - 1  # number that there is room for before it
EARLIEST = 2_208_988_800  # seconds from 1900 to 1970: the index knows no numbers below nothing, and old stories have old dates

# States that a work may be in: words of one field.
OPEN, COMPLETE, CROSSOVER, SINGLE, ONE_PAIRING = "open", "complete", "crossover", "single", "otp"


def filtered_kinds() -> tuple[str, ...]:
    """Answer the codes of the kinds of tags that listings are filtered by, in order."""
    return tuple(
        Kind.objects.filter(is_on_works=True, is_in_filters=True).order_by("position", "code").values_list("pk", flat=True)
    )


def facet(kind: str) -> str:
    """Answer the name of the column that holds a work's canonical tags of one kind."""
    return "facet_" + kind.replace("-", "_")


@cache
def of_works(kinds: tuple[str, ...]) -> tantivy.Schema:
    """Answer what is held of a work in an archive with these kinds of tags."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for name in ("tag", "user", "pseud", "series"):
        builder.add_unsigned_field(name, indexed=True)
    for name in ("language", "state"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS.values():
        builder.add_unsigned_field(name, fast=True)
    for kind in kinds:
        builder.add_unsigned_field(facet(kind), fast=True)
    for name in FIELDS_OF_WORDS:
        if name != NAMES:
            builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    builder.add_text_field(NAMES, tokenizer_name=PIECES, index_option="basic")  # reduced already, once for each tag
    return builder.build()


@cache
def of_tags() -> tantivy.Schema:
    """Answer what is held of a tag: names by which it is offered, and what ranks it."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("fandom", indexed=True)
    builder.add_unsigned_field("rank", fast=True)
    builder.add_text_field("words", tokenizer_name=PIECES, index_option="basic")
    builder.add_text_field("reduced", tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("beginnings", tokenizer_name=PIECES, index_option="basic")
    return builder.build()


def numbered(value: int, pk: int) -> int:
    """Answer how a number of a work is held."""
    return min(max(0, value), LARGEST) << OWN_BITS | pk & OWN


def opened(path: str, schema: tantivy.Schema | None = None) -> tantivy.Index:
    """Answer the index in a folder; a new one where a schema is given."""
    index = tantivy.Index.open(path) if schema is None else tantivy.Index(schema, path)
    index.register_tokenizer(WORDS, analyzer(ENGLISH))
    index.register_tokenizer(PIECES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def signature(kinds: Iterable[str]) -> list[object]:
    """Answer what an index must have been made with to be used as it is."""
    return [VERSION, *kinds]


def term(of: tantivy.Schema, name: str, value: object) -> tantivy.Query:
    """Answer what finds documents with one value in a field whose words' order is not kept."""
    return tantivy.Query.term_query(of, name, value, "basic")


def both(one: tantivy.Query, other: tantivy.Query) -> tantivy.Query:
    """Answer what finds documents for which both hold."""
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, one), (tantivy.Occur.Must, other)])
