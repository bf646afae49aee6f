"""Makes a new index beside the old one, from all that the database holds, and swaps it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.search.index import drawers, log, schema, shelf, tag_documents
from archive.search.index.documents import Drawer, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


WORKS_IN_A_BATCH = 2_000
MANY = 20_000  # works; the processes that draw them take a second or two to start
TAGS_IN_A_BATCH = 20_000
WRITERS_MEMORY = 400_000_000  # bytes at most, shared by its threads; what is larger makes fewer pieces to merge and to count in
WRITERS_THREADS = 2

WORKS = """
SELECT id FROM archive_work WHERE id > %s AND published_at IS NOT NULL AND deleted_at IS NULL ORDER BY id LIMIT %s
"""
ANOTHER_WORK = "SELECT FROM archive_work WHERE published_at IS NOT NULL AND deleted_at IS NULL OFFSET %s LIMIT 1"
TAGS = "SELECT id FROM archive_tag WHERE id > %s ORDER BY id LIMIT %s"


class BeingBuilt(ArchiveError):
    """Somebody else makes the index anew at this moment."""

    def __init__(self) -> None:
        super().__init__(_("The search index is being made anew already."))


def build(*, tell: Callable[[int], object] = lambda _done: None) -> Path:
    """Make an index and let everybody read it; `tell` is called with how many works are in it. Answer its folder.

    The place in the log is read first, so what changes meanwhile is told again by the follower, and nothing is missed.
    Raises `BeingBuilt` while somebody else makes one.
    """
    with shelf.locked("build") as is_ours:
        if not is_ours:
            raise BeingBuilt
        kinds = schema.filtered_kinds()
        place, seen = log.now()
        generation = shelf.new_generation()
        write_tags(generation)
        write_works(generation, kinds, tell=tell)
        shelf.write_state(generation, shelf.State(log.database(), schema.signature(kinds), place, seen))
        return shelf.make_current(generation)


def write_works(generation: Path, kinds: tuple[str, ...], *, tell: Callable[[int], object], told: Told = Told.ALL_WORDS) -> None:
    """Write all listed works. While some batches are written, the next are drawn."""
    writer = schema.opened(str(generation / shelf.WORKS), schema.of_works(kinds)).writer(WRITERS_MEMORY, WRITERS_THREADS)
    done = 0
    for documents in _drawn(kinds, told):
        for document in documents:
            writer.add_json(document)
        done += len(documents)
        tell(done)
    writer.commit()
    writer.wait_merging_threads()


def _drawn(kinds: tuple[str, ...], told: Told) -> Iterator[list[str]]:
    """Answer the documents of all listed works batch by batch."""
    batches = ids(WORKS, WORKS_IN_A_BATCH)
    if connection.in_atomic_block or not _are_many():  # in the first case nobody else could see what was written here
        drawer = Drawer(kinds, told)
        for batch in batches:
            yield [document for _, document in drawer.documents(drawer.read(batch))]
    else:
        yield from drawers.drawn(batches, kinds, told)


def _are_many() -> bool:
    """Whether there are so many works that it is worth starting processes to draw them."""
    with connection.cursor() as cursor:
        cursor.execute(ANOTHER_WORK, [MANY])
        return cursor.fetchone() is not None


def write_tags(generation: Path) -> None:
    """Write all tags."""
    writer = schema.opened(str(generation / shelf.TAGS), schema.of_tags()).writer(WRITERS_MEMORY // 4, 1)
    uses = tag_documents.all_uses()
    for batch in ids(TAGS, TAGS_IN_A_BATCH):
        for _pk, document in tag_documents.documents(batch, lambda tag: uses.get(tag, (0, 0))):
            writer.add_json(document)
    writer.commit()
    writer.wait_merging_threads()


def ids(query: str, limit: int) -> Iterator[list[int]]:
    """Answer all ids that a query finds, some at a time."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [last, limit])
            found = [row[0] for row in cursor.fetchall()]
        if not found:
            return
        yield found
        last = found[-1]
