"""Makes a new index beside the old one, from all that the database holds, and swaps it in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.db import connection, connections
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.search.index import log, schema, shelf, tag_documents
from archive.search.index.documents import Drawer, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archive.search.index.documents import Batch

WORKS_IN_A_BATCH = 2_000
TAGS_IN_A_BATCH = 20_000
WRITERS_MEMORY = 400_000_000  # bytes at most, shared by its threads; what is larger makes fewer pieces to merge and to count in
WRITERS_THREADS = 2

WORKS = """
SELECT id FROM archive_work WHERE id > %s AND published_at IS NOT NULL AND deleted_at IS NULL ORDER BY id LIMIT %s
"""
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
    """Write all listed works. While one batch is written, the next is read."""
    writer = schema.opened(str(generation / shelf.WORKS), schema.of_works(kinds)).writer(WRITERS_MEMORY, WRITERS_THREADS)
    drawer = Drawer(kinds, told)
    done = 0
    for batch in _read_ahead(drawer):
        for _pk, document in drawer.documents(batch):
            writer.add_json(document)
        done += len(batch.rows)
        tell(done)
    writer.commit()
    writer.wait_merging_threads()


def _read_ahead(drawer: Drawer) -> Iterator[Batch]:
    """Answer the rows of all listed works batch by batch, each read by another thread while the last is worked on."""
    batches = ids(WORKS, WORKS_IN_A_BATCH)
    if connection.in_atomic_block:  # nobody else could see what was written here
        yield from map(drawer.read, batches)
        return
    with ThreadPoolExecutor(max_workers=1) as reader:
        ahead = None
        for batch in batches:
            following = reader.submit(drawer.read, batch)
            if ahead is not None:
                yield ahead.result()
            ahead = following
        if ahead is not None:
            yield ahead.result()
        reader.submit(connections.close_all).result()


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
