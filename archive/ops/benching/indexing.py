"""What the search index costs: how fast it is made, how large it is, how soon a change is found, and what memory a reader takes."""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from archive.ops.benching.choosing import nothing
from archive.search import finding
from archive.search.index import building, following, schema, shelf
from archive.search.selections import Column, Selection, Span
from archive.warnings.readers import GUEST
from archive.works.models import Tally, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.search.index.documents import Told

STATUS = Path("/proc/self/status")
RESIDENT = re.compile(r"^(VmRSS|RssFile):\s+(\d+) kB", re.MULTILINE)
UNHEARD_OF = 2_000_000_000  # hits; no work has so many
CHANGES = 7
SECONDS_BETWEEN_LOOKS = 0.02
PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Made:
    """An index that was made to see what it takes: for how many works, in which time, of what size in bytes."""

    works: int
    seconds: float
    size: int

    @property
    def works_a_second(self) -> float:
        """How many works were written a second."""
        return self.works / self.seconds

    @property
    def bytes_for_a_work(self) -> float:
        """What one work takes on the disk."""
        return self.size / self.works


def made(told: Told) -> Made:
    """Make an index of all works with so much of their words, in a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lamplight-bench-"))
    try:
        (folder / shelf.WORKS).mkdir()
        done = 0

        def tell(works: int) -> None:
            nonlocal done
            done = works

        began = time.perf_counter()
        building.write_works(folder, schema.filtered_kinds(), tell=tell, told=told)
        seconds = time.perf_counter() - began
        if not done:
            raise nothing()
        return Made(done, seconds, size_of(folder))
    finally:
        shutil.rmtree(folder)


def size_of(folder: Path) -> int:
    """Answer how many bytes the files of a folder hold."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def followed() -> Iterator[None]:
    """Give a block in which this archive's index is followed: by a worker that is at work already, or by a thread of our own."""
    stop = threading.Event()
    thread = threading.Thread(target=following.follow, args=[stop], daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)


def seconds_until_found() -> tuple[float, float]:
    """Answer how long a change of a work takes until a search finds it: the middle of a few tries, and the longest.

    What is changed is a count of hits, which is put back. Raises `choosing.NothingToMeasure` where no change is found.
    """
    tally = Tally.objects.filter(work__in=Work.objects.listed_to(AnonymousUser()).values("pk")).first()
    if tally is None:
        raise nothing()
    was = tally.hits
    taken = []
    with followed():
        try:
            _until_found(0)
            for number in range(1, CHANGES + 1):
                Tally.objects.filter(pk=tally.pk).update(hits=UNHEARD_OF + number)
                taken.append(_until_found(UNHEARD_OF + number))
        finally:
            Tally.objects.filter(pk=tally.pk).update(hits=was)
        _until_found(was)
    return median(taken), max(taken)


def _until_found(hits: int) -> float:
    """Wait until the index finds a work with so many hits, or, of 0, any work at all, and answer how many seconds that took."""
    began = time.perf_counter()
    wanted = Selection(spans=(Span(Column.HITS, hits, hits or None),))
    while time.perf_counter() - began < PATIENCE:
        found = finding.find(wanted, reader=GUEST, start=0, limit=1, with_facets=False)
        if found.is_from_index and found.ids:
            return time.perf_counter() - began
        time.sleep(SECONDS_BETWEEN_LOOKS)
    raise nothing()


def resident() -> tuple[int, int] | None:
    """Answer the bytes that this process holds in memory, and those of them that are pages of files; None but on Linux."""
    if not STATUS.exists():
        return None
    found = {name: int(size) * 1024 for name, size in RESIDENT.findall(STATUS.read_text())}
    return found["VmRSS"], found["RssFile"]
