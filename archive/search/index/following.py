"""Follows the log of changes into the index, about a second behind; one follower for each folder."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import tantivy
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections

from archive.errors import ArchiveError
from archive.search.index import building, log, schema, shelf, tag_documents
from archive.search.index.documents import Drawer
from archive.tags.models import BELOW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path
    from threading import Event

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_TRIES = 5.0  # for the lock that another follower holds, and after a failure
SECONDS_BETWEEN_CHECKS = 60.0  # whether the index is still the one that this archive needs
DAYS_BEFORE_TOO_OLD = 6  # less than the log is kept
WORKS_AT_ONCE = 2_000
SETTLED_AT_ONCE = 4_000  # works of tags that changed; fresh changes are told in between
WRITERS_MEMORY = 40_000_000  # bytes
COMMON = 1_000  # works; a tag on more of them ranks no differently for one more

# The works of tags, of their synonyms and of all sub-tags below.
UNSETTLED = (
    BELOW.format("SELECT %(tag)s::bigint, %(tag)s::bigint")  # noqa: S608 # our own words
    + "SELECT DISTINCT work_id FROM archive_tagging WHERE tag_id IN (SELECT id FROM family) AND work_id > %(after)s"
    " ORDER BY work_id LIMIT %(limit)s"
)
TAGS_OF = "SELECT DISTINCT tag_id FROM archive_tagging WHERE work_id = ANY(%s)"


class Rewound(ArchiveError):
    """The database is further back than it was: a backup was restored, or a standby took over that had not got everything."""

    def __init__(self) -> None:
        super().__init__("The database has gone back behind what the search index was told.")


def follow(stop: Event) -> None:
    """Follow until asked to stop. Where another follower is at work, wait for its end."""
    while not stop.is_set():
        followed = shelf.current()
        try:
            with shelf.locked("follower") as is_ours:
                if is_ours and _follow_current(stop):
                    continue
        except (OperationalError, InterfaceError) as mistake:
            logger.warning("The search index waits for the database: %s", str(mistake).strip())
            close_old_connections()
        except BaseException as mistake:
            if not (isinstance(mistake, Exception) or shelf.is_damage(mistake)):
                raise
            if followed == shelf.current():  # and not swapped for another under the follower's hands
                logger.exception("The search index could not be kept up to date, and is made anew.")
                shelf.report_broken()
        stop.wait(SECONDS_BETWEEN_TRIES)
    connections.close_all()


def _follow_current(stop: Event) -> bool:
    """Follow the current generation as long as it is one, and say whether to look for another at once."""
    try:
        follower = Follower.of_current()
    except building.BeingBuilt:
        return False
    try:
        follower.run(stop)
    finally:
        follower.close()
    return True


def usable() -> Path | None:
    """Answer the current index if it can be followed as it is: of this database and this code, read by all, not too old."""
    generation = shelf.current()
    state = shelf.read_state(generation) if generation else None
    if generation is None or state is None or shelf.is_broken() or state.database != log.database():
        return None
    age = time.time() - (generation / shelf.STATE).stat().st_mtime
    if age > DAYS_BEFORE_TOO_OLD * 86_400 or state.place > log.place() or not is_as_wanted(state):
        return None
    return generation


def is_as_wanted(state: shelf.State) -> bool:
    """Whether an index was made by this code for the kinds of tags that there are."""
    return state.signature == schema.signature(schema.filtered_kinds())


@dataclass(slots=True)
class Follower:
    """Writes into one generation what has changed."""

    generation: Path
    state: shelf.State
    works: tantivy.Index
    tags: tantivy.Index
    drawer: Drawer
    works_writer: tantivy.IndexWriter
    tags_writer: tantivy.IndexWriter
    checked_at: float = field(default_factory=time.monotonic)

    @classmethod
    def of_current(cls) -> Follower:
        """Answer the follower of the current generation; make one first where there is none that can be used."""
        generation = usable() or building.build()
        state = shelf.read_state(generation)
        if state is None:
            raise OSError(generation)
        works = schema.opened(str(generation / shelf.WORKS))
        tags = schema.opened(str(generation / shelf.TAGS))
        for index in (works, tags):
            index.config_reader("manual", 0)
        kinds = tuple(str(kind) for kind in state.signature[1:])
        return cls(generation, state, works, tags, Drawer(kinds), writer_of(works), writer_of(tags))

    def run(self, stop: Event) -> None:
        """Follow until asked to stop, or until another generation is wanted or current."""
        while not stop.is_set() and self._is_current():
            if not self.step():
                stop.wait(SECONDS_BETWEEN_LOOKS)

    def close(self) -> None:
        """Let go of the writers, whose locks keep out the next follower. A mistake's own frames may hold this one for long."""
        del self.works_writer, self.tags_writer

    def step(self) -> bool:
        """Tell the index what has changed since the last time, and say whether there was anything."""
        changes = log.since(self.state.place, but_not=self.state.seen)
        if changes.place < self.state.place:
            raise Rewound
        if changes.tags:
            self.drawer.forget_tags()
        unsettled = self.state.unsettled | {str(tag): 0 for tag in changes.tags}
        beside = sorted({*self.state.beside, *changes.beside}) if unsettled else []
        if not changes.works and not unsettled:
            return False
        touched = self.tell_works(changes.works)
        unsettled, settled = self._settle(unsettled)
        touched |= settled
        self.works_writer.commit()
        self.works.reload()
        self.tell_tags(touched, changed=changes.tags)
        self.tags_writer.commit()
        self.tags.reload()
        beside = beside if unsettled else []
        self.state = replace(self.state, place=changes.place, seen=changes.seen, unsettled=unsettled, beside=beside)
        shelf.write_state(self.generation, self.state)
        return True

    def tell_works(self, works: Collection[int]) -> set[int]:
        """Tell the index how these works stand now, and answer the tags that they bear."""
        wanted = sorted(works)
        borne: set[int] = set()
        for first in range(0, len(wanted), WORKS_AT_ONCE):
            some = wanted[first : first + WORKS_AT_ONCE]
            forget(self.works_writer, self.works, some)
            batch = self.drawer.read(some)
            for _, document in self.drawer.documents(batch):
                self.works_writer.add_json(document)
            borne |= {tag for row in batch.rows for tag in row[17]} | self._tags_of(set(some) - {row[0] for row in batch.rows})
        return borne

    def _tags_of(self, works: Collection[int]) -> set[int]:
        """Answer the tags of works that nobody finds any more, which are found by fewer works now."""
        if not works:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(TAGS_OF, [list(works)])
            return {row[0] for row in cursor.fetchall()}

    def _settle(self, unsettled: dict[str, int]) -> tuple[dict[str, int], set[int]]:
        """Tell the index some of the works of tags that changed; answer what is left of them, and the tags these works bear."""
        left: dict[str, int] = {}
        borne: set[int] = set()
        room = SETTLED_AT_ONCE
        for tag, after in unsettled.items():
            works = self._works_of(int(tag), after, room) if room else []
            borne |= self.tell_works(works)
            if not room or len(works) == room:
                left[tag] = works[-1] if works else after
            room -= len(works)
        return left, borne

    def _works_of(self, tag: int, after: int, limit: int) -> list[int]:
        """Answer some of the works of a tag and of all below it, by number, behind this one."""
        with connection.cursor() as cursor:
            cursor.execute(UNSETTLED, {"tag": tag, "after": after, "limit": limit})
            return [row[0] for row in cursor.fetchall()]

    def tell_tags(self, touched: Iterable[int], *, changed: set[int]) -> None:
        """Tell the index of tags that changed, and of those on works that changed; very common ones rank as before."""
        searcher = self.works.searcher()
        wanted = changed | {tag for tag in touched if searcher.doc_freq("tag", tag) < COMMON}

        def uses(tag: int) -> tuple[int, int]:
            return self._uses(searcher, tag)

        forget(self.tags_writer, self.tags, wanted)
        for _, document in tag_documents.documents(wanted, uses):
            self.tags_writer.add_json(document)

    def _uses(self, searcher: tantivy.Searcher, tag: int) -> tuple[int, int]:
        """Answer on how many listed works a tag stands, and whether any of them is open to guests."""
        query = schema.term(self.works.schema, "tag", tag)
        listed = searcher.search(query, 1, order_by_field="id").count  # type: ignore[attr-defined] # missing in tantivy's stub
        both = schema.both(query, schema.term(self.works.schema, "state", schema.OPEN))
        return listed, len(searcher.search(both, 1, order_by_field="id").hits)

    def _is_current(self) -> bool:
        """Whether this generation is still the one that everybody reads, and wants."""
        if shelf.current() != self.generation or shelf.is_broken():
            return False
        now = time.monotonic()
        if now - self.checked_at < SECONDS_BETWEEN_CHECKS:
            return True
        self.checked_at = now
        close_old_connections()
        return self.state.database == log.database() and is_as_wanted(self.state)


def writer_of(index: tantivy.Index) -> tantivy.IndexWriter:
    """Answer a writer that goes on from the last commit.

    A writer that was killed in the middle of one leaves files that count for nothing, but the same changes would be written
    under their names again, and tantivy refuses to write over a file.
    """
    writer = index.writer(WRITERS_MEMORY, 1)
    writer.garbage_collect_files()
    return writer


def forget(writer: tantivy.IndexWriter, index: tantivy.Index, ids: Collection[int]) -> None:
    """Have an index hold nothing of these ids that was written before.

    By a query: `delete_documents_by_term` takes every number for a signed one, and so finds none of ours.
    """
    if ids:
        writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "id", list(ids)))
