"""Where the index lies: a folder of generations, of which one is current. Whoever builds another swaps it in at one stroke."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
import threading
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from archive.errors import ArchiveError
from archive.remembering import Memory
from archive.search.index import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import tantivy

    from archive.search.selections import Facet

logger = logging.getLogger(__name__)

CURRENT, STATE, BROKEN = "current", "state.json", "broken"
WORKS, TAGS = "works", "tags"
UNFINISHED = ".unfinished"
COUNTS_REMEMBERED = 100  # lists whose tags a process has counted, each of some 50 kilobytes; of all fandoms, some more
NOTHING_SEEN = "1:1:"  # a snapshot from before all transactions


class NoIndex(ArchiveError):
    """There is no index that could answer."""

    def __init__(self) -> None:
        super().__init__("There is no index.")


@dataclass(frozen=True, slots=True)
class State:
    """What an index holds: of which database, made how, up to which transaction of the log, and whose works it still has to see.

    `seen` is the snapshot of the database in which the log was read: what else of it is in the index, behind that place.
    `unsettled` are tags that changed: under each, the number of the last of its works that has been told since. What these
    counted under before, or count under now, is `beside` them: its counts are off meanwhile.
    """

    database: str
    signature: list[object]
    place: int
    seen: str = NOTHING_SEEN
    unsettled: dict[str, int] = field(default_factory=dict)
    beside: list[int] = field(default_factory=list)

    @property
    def tags_off(self) -> set[int]:
        """The tags whose counts are off until all their works have been told."""
        return {int(tag) for tag in self.unsettled} | set(self.beside)


def root() -> Path:
    """Answer the folder of all generations."""
    folder: Path = settings.SEARCH_FOLDER
    return folder


def current() -> Path | None:
    """Answer the folder of the current generation, if there is one."""
    try:
        name = (root() / CURRENT).read_text().strip()
    except OSError:
        return None
    folder = root() / name
    return folder if name and folder.is_dir() else None


def read_state(generation: Path) -> State | None:
    """Answer what a generation holds; nothing if that cannot be told."""
    try:
        return State(**json.loads((generation / STATE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write_state(generation: Path, state: State) -> None:
    """Write down what a generation holds, at one stroke."""
    _write(generation / STATE, json.dumps(asdict(state)))


def new_generation() -> Path:
    """Make an empty folder for a generation, and remove what earlier tries have left."""
    root().mkdir(parents=True, exist_ok=True)
    in_use = current()
    for folder in root().iterdir():
        if folder.is_dir() and folder != in_use:
            shutil.rmtree(folder, ignore_errors=True)
    folder = root() / f"{uuid4().hex[:12]}{UNFINISHED}"
    for part in (WORKS, TAGS):
        (folder / part).mkdir(parents=True)
    return folder


def make_current(generation: Path) -> Path:
    """Let everybody read a new generation from now on, and remove all others. Who still reads one of them can finish.

    Answer the folder in which it lies now.
    """
    finished = generation.with_name(generation.name.removesuffix(UNFINISHED))
    generation.rename(finished)
    _write(root() / CURRENT, finished.name)
    (root() / BROKEN).unlink(missing_ok=True)
    for folder in root().iterdir():
        if folder.is_dir() and folder != finished:
            shutil.rmtree(folder, ignore_errors=True)
    return finished


def report_broken() -> None:
    """Ask for a new generation: the current one could not be read. Where that cannot be written either, whoever asks next tries."""
    with suppress(OSError):
        root().mkdir(parents=True, exist_ok=True)
        (root() / BROKEN).touch()


def is_broken() -> bool:
    """Whether somebody could not read the current generation."""
    return (root() / BROKEN).exists()


@contextmanager
def locked(name: str) -> Iterator[bool]:
    """Give a block in which nobody else on this machine holds the lock of this name, or say that somebody does.

    The lock is the system's own, so it ends with its holder, however that ends.
    """
    root().mkdir(parents=True, exist_ok=True)
    with (root() / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _write(path: Path, text: str) -> None:
    """Put a text in place of a file, so that readers find the old one or the new one and never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@dataclass(frozen=True, slots=True)
class Opened:
    """One state of the index, with both its parts and what they hold. The parts may be newer than their state, never older.

    What was `counted` in it is forgotten with it: the next state begins with nothing.
    """

    generation: Path
    works: tantivy.Index
    tags: tantivy.Index
    state: State
    counted: Memory[dict[str, list[Facet]]] = field(default_factory=lambda: Memory(COUNTS_REMEMBERED), init=False, compare=False)


@dataclass(slots=True)
class Shelf:
    """The current generation as one process reads it. Threads share it."""

    opened: Opened | None = None
    seen: tuple[object, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refreshed(self) -> Opened | None:
        """Take up what has been written since, and answer the index; nothing where there is none that this code can read."""
        seen = _marks()
        opened = self.opened
        if opened is not None and seen == self.seen:
            return opened
        with self.lock:
            self._open(seen)
            return self.opened

    def forget(self) -> None:
        """Open everything anew the next time."""
        with self.lock:
            self.opened = None
            self.seen = ()

    def count_anew(self) -> None:
        """Forget what was counted, so that it can be measured."""
        with self.lock:
            self.opened = self.opened and replace(self.opened)

    def _open(self, seen: tuple[object, ...]) -> None:
        """Open the current generation, or look again at the one that is open."""
        generation = current()
        state = read_state(generation) if generation else None
        if generation is None or state is None or state.signature[:1] != [schema.VERSION]:
            self.opened = None
        elif self.opened is None or generation != self.opened.generation:
            works, tags = schema.opened(str(generation / WORKS)), schema.opened(str(generation / TAGS))
            for index in (works, tags):
                index.config_reader("manual", 0)
            works.reload()
            tags.reload()
            self.opened = Opened(generation, works, tags, state)
        else:
            self.opened.works.reload()
            self.opened.tags.reload()
            self.opened = replace(self.opened, state=state)
        self.seen = seen


def _marks() -> tuple[object, ...]:
    """Answer what tells whether anything was written since: three looks at the disk, some microseconds.

    Two commits may bear one and the same time, but each ends with another file for the state.
    """
    try:
        name = (root() / CURRENT).read_text()
        generation = root() / name
        parts = ((generation / part / "meta.json").stat().st_mtime_ns for part in (WORKS, TAGS))
        state = (generation / STATE).stat()
    except OSError:
        return ()
    return (name, *parts, state.st_mtime_ns, state.st_ino)


SHELF = Shelf()


def asked[Answer](ask: Callable[[Opened], Answer]) -> Answer:
    """Answer what `ask` finds in the current index.

    Raises `NoIndex` where there is none, or one that cannot be read; that one is made anew. Whatever tantivy has to say of a
    damaged file is taken for that, its panics included, which are no `Exception`.
    """
    for is_last in (False, True):
        try:
            opened = SHELF.refreshed()
            if opened is not None:
                return ask(opened)
        except BaseException as mistake:
            if not is_damage(mistake):
                raise
            SHELF.forget()  # it may only have been swapped for another while it was read
            if is_last:
                logger.exception("The search index cannot be read and will be made anew.")
                report_broken()
                raise NoIndex from mistake
        else:
            break
    raise NoIndex


def is_damage(mistake: BaseException) -> bool:
    """Whether this is what tantivy raises of files that are not as it wrote them. The class of its panics cannot be imported."""
    return isinstance(mistake, OSError | ValueError) or type(mistake).__name__ == "PanicException"
