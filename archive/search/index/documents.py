"""What the index is told of works and tags, drawn from the database some thousand rows at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection

from archive.search.index import schema
from archive.search.index.schema import EARLIEST, numbered
from archive.search.index.words import NAMES, prepared, words_of
from archive.tags.models import FANDOM
from archive.text.plain import loose_text
from archive.works import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

TAGS_REMEMBERED = 100_000  # facts of so many tags, some tens of megabytes; then those fade that no work has borne since
LETTERS_OF_A_KEY = 6

WORKS = """
SELECT work.id, work.title, work.title_to_sort_on, coalesce(work.language_id, ''), work.summary, work.notes, work.endnotes,
       work.is_restricted, work.expected_chapters, work.chapter_count, work.word_count,
       floor(extract(epoch FROM work.published_at))::bigint, floor(extract(epoch FROM work.revised_at))::bigint,
       tally.hits, tally.kudos, tally.comments, tally.bookmarks,
       ARRAY(SELECT tag_id FROM archive_tagging WHERE work_id = work.id),
       ARRAY(SELECT pseud_id FROM archive_creatorship WHERE work_id = work.id ORDER BY position, id),
       ARRAY(SELECT series_id FROM archive_seriesentry WHERE work_id = work.id),
       floor(extract(epoch FROM coalesce(work.arrived_at, work.revised_at)))::bigint
  FROM archive_work AS work LEFT JOIN archive_tally AS tally ON tally.work_id = work.id
 WHERE work.id = ANY(%s) AND work.published_at IS NOT NULL AND work.deleted_at IS NULL
"""
PSEUDS = """
SELECT pseud.id, pseud.user_id, pseud.name, account.username
  FROM archive_pseud AS pseud JOIN archive_user AS account ON account.id = pseud.user_id WHERE pseud.id = ANY(%s)
"""
SERIES = "SELECT id, title FROM archive_series WHERE id = ANY(%s)"
# A tag with the canonical one that it counts under.
TAGS = """
SELECT tag.id, tag.kind_id, tag.name, canonical.id, canonical.name
  FROM archive_tag AS tag
  LEFT JOIN archive_tag AS canonical ON canonical.id = coalesce(tag.synonym_of_id, tag.id) AND canonical.is_canonical
 WHERE tag.id = ANY(%s)
"""
# All metatags, at any depth, above these tags.
ABOVE = """
WITH RECURSIVE above (root, id) AS (
    SELECT from_tag_id, to_tag_id FROM archive_tag_metatags WHERE from_tag_id = ANY(%s)
  UNION
    SELECT above.root, link.to_tag_id FROM above JOIN archive_tag_metatags AS link ON link.from_tag_id = above.id
) SELECT root, id FROM above
"""


@dataclass(frozen=True, slots=True)
class TagFacts:
    """What a tag means for the works that bear it. `canonical` is what it counts under, `above` that one's metatags."""

    kind: str
    names: str  # its own and its canonical's, reduced
    canonical: int | None
    above: tuple[int, ...]
    counts_as: int | None  # its canonical tag, or itself where it is a fandom that nobody has wrangled yet
    column: str  # of facets; empty where it is not counted


type Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some works as the database holds them: rows of `WORKS`, their tags, pseuds and series by number, and their texts."""

    rows: list[Row]
    tags: dict[int, TagFacts]
    pseuds: dict[int, Row]
    series: dict[int, str]
    texts: dict[int, str]


class Told(IntEnum):
    """Which words of works an index is told. Others than all are for measuring."""

    NO_WORDS = 0
    ALL_BUT_TEXTS = 1
    ALL_WORDS = 2


@dataclass(slots=True)
class Drawer:
    """Draws documents of works. It remembers facts of tags between batches; forget them when a tag changes."""

    kinds: tuple[str, ...]
    told: Told = Told.ALL_WORDS
    tags: dict[int, TagFacts] = field(default_factory=dict)
    fading: dict[int, TagFacts] = field(default_factory=dict)

    def forget_tags(self) -> None:
        """Read every tag anew from now on."""
        self.tags, self.fading = {}, {}  # whoever still draws with the old ones keeps them

    def read(self, ids: Sequence[int]) -> Batch:
        """Read what the database holds of those of these works that are listed to anybody."""
        rows = _rows(WORKS, ids)
        return Batch(
            rows,
            self._known({tag for row in rows for tag in row[17]}),
            {row[0]: row[1:] for row in _rows(PSEUDS, {pseud for row in rows for pseud in row[18]})},
            dict(_rows(SERIES, {one for row in rows for one in row[19]})),
            wording.texts_of([row[0] for row in rows]) if self.told == Told.ALL_WORDS else {},
        )

    def documents(self, batch: Batch) -> Iterator[tuple[int, str]]:
        """Answer the number of each work that was read, and its document in JSON."""
        for row in batch.rows:
            document = self._document(row, batch)
            text = batch.texts.get(row[0])
            if text:
                document["text"] = prepared(text, row[3])
            yield row[0], orjson.dumps(document).decode()

    def _known(self, ids: set[int]) -> dict[int, TagFacts]:
        """Answer facts in which these tags and the metatags above them are."""
        if len(self.tags) > TAGS_REMEMBERED:
            self.fading, self.tags = self.tags, {}
        known = self.tags
        missing = self._recalled(ids - known.keys())
        while missing:
            rows = _rows(TAGS, missing)
            above: dict[int, list[int]] = {}
            for root, metatag in _rows(ABOVE, {row[3] for row in rows if row[3] is not None}):
                above.setdefault(root, []).append(metatag)
            for pk, kind, name, canonical, canonical_name in rows:
                names = name if canonical in {None, pk} else f"{name} {canonical_name}"
                # An archive where nobody wrangles would have no fandoms to browse by. All other kinds are counted as
                # canonical tags only, as AO3 does it.
                counts_as = canonical if canonical is not None or kind != FANDOM else pk
                column = schema.facet(kind) if counts_as is not None and kind in self.kinds else ""
                known[pk] = TagFacts(
                    kind, " ".join(words_of(names, NAMES)), canonical, tuple(above.get(canonical, ())), counts_as, column
                )
            missing = self._recalled({metatag for metatags in above.values() for metatag in metatags} - known.keys())
        return known

    def _recalled(self, missing: set[int]) -> set[int]:
        """Take up those of these tags that were fading, with the metatags above them, and answer the others."""
        while fading := missing & self.fading.keys():
            for tag in fading:
                self.tags[tag] = self.fading[tag]
            missing = (missing | {above for tag in fading for above in self.tags[tag].above}) - self.tags.keys()
        return missing

    def _document(self, row: Row, batch: Batch) -> dict[str, Any]:
        """Answer the document of a row of `WORKS`."""
        (pk, title, sort_title, language, summary, notes, endnotes, is_restricted, expected, chapters, words, posted, updated,
         hits, kudos, comments, bookmarks, tags, makers, places, arrived) = row  # fmt: skip
        facts = [batch.tags[tag] for tag in tags if tag in batch.tags]  # one may have been deleted a moment ago
        made = [batch.pseuds[maker] for maker in makers if maker in batch.pseuds]
        creators = ", ".join(name for _, name, _ in made)
        document: dict[str, Any] = {
            "id": pk,
            "tag": tags,
            "user": [user for user, _, _ in made],
            "pseud": makers,
            "series": places,
            "language": language,
            "state": _states(facts, is_restricted=is_restricted, expected=expected, chapters=chapters),
            "posted": numbered(max(0, posted + EARLIEST), pk),
            "updated": numbered(max(0, updated + EARLIEST), pk),
            "arrived": numbered(max(0, arrived + EARLIEST), pk),
            "word_count": numbered(words, pk),
            "hits": numbered(hits or 0, pk),
            "kudos": numbered(kudos or 0, pk),
            "comments": numbered(comments or 0, pk),
            "bookmarks": numbered(bookmarks or 0, pk),
            "chapters": numbered(chapters, pk),
            "expected": numbered(expected or 0, pk),
            "title_key": letters(sort_title),
            "creators_key": letters(creators.lower()),
        }
        if self.told:
            document |= {
                "title": prepared(title, language),
                "creators": " ".join(prepared(f"{name} {login}" if name != login else name, NAMES) for _, name, login in made),
                "series_title": " ".join(prepared(batch.series[place], language) for place in places if place in batch.series),
                "names": _names(facts, batch.tags),
                "summary": prepared(loose_text(summary), language),
                "notes": prepared(loose_text(f"{notes}{endnotes}"), language),
            }
        for fact in facts:
            if fact.column:
                counted = document.get(fact.column)
                if counted is None:
                    document[fact.column] = [fact.counts_as]
                elif fact.counts_as not in counted:
                    counted.append(fact.counts_as)
        return document


def _names(facts: Iterable[TagFacts], known: Mapping[int, TagFacts]) -> str:
    """Answer the reduced names of tags, of what they are synonyms of and of all metatags above, each once."""
    names = {fact.names for fact in facts}
    for fact in facts:
        if fact.above:
            names |= {known[above].names for above in fact.above if above in known}
    return " ".join(names)


def _states(facts: Iterable[TagFacts], *, is_restricted: bool, expected: int | None, chapters: int) -> list[str]:
    """Answer the words for the states that a work is in."""
    states = [] if is_restricted else [schema.OPEN]
    if expected is not None and chapters >= expected:
        states.append(schema.COMPLETE)
    if chapters == 1:
        states.append(schema.SINGLE)
    if is_crossover([fact for fact in facts if fact.kind == "fandom"]):
        states.append(schema.CROSSOVER)
    pairings = {fact.canonical or fact.names for fact in facts if fact.kind == "relationship"}
    if len(pairings) == 1:
        states.append(schema.ONE_PAIRING)
    return states


def is_crossover(fandoms: Sequence[TagFacts]) -> bool:
    """Whether no fandom among these is related to all others, by being the same or sharing a metatag (facts/ao3.md 5.2)."""
    families = [{fandom.canonical or fandom.names, *fandom.above} for fandom in fandoms]
    return len(families) > 1 and not any(all(family & other for other in families) for family in families)


def letters(name: str) -> int:
    """Answer the first letters of a name as a number that sorts as they do."""
    return int.from_bytes(name.encode()[:LETTERS_OF_A_KEY].ljust(LETTERS_OF_A_KEY, b"\0"))


def _rows(query: str, ids: Iterable[int]) -> list[Row]:
    """Answer what the database says of these ids."""
    wanted = list(ids)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, [wanted])
        rows: list[Row] = cursor.fetchall()
    return rows
