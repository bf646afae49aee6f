"""How much memory a running archive takes: the proportional shares of all its processes, from /proc."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.ops.keeping import postmaster
from archive.ops.postgres import Cluster

PROC = Path("/proc")
SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class NotUp(ArchiveError):
    """No `up` serves this data folder, so there is no memory to measure."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process and its proportional share of memory, in bytes."""

    number: int
    name: str
    memory: int


def number_of_up(data: Path) -> int | None:
    """Answer the number of the process that holds the lock of `up`, or None where there is none."""
    try:
        facts = (data / "locks" / "up").stat()
        locks = (PROC / "locks").read_text()
    except FileNotFoundError:
        return None
    for line in locks.splitlines():
        words = line.split()
        if "FLOCK" in words and words[-3].rpartition(":")[2] == str(facts.st_ino):
            return int(words[-4])
    return None


def archive_processes(data: Path, number: int | None = None) -> list[Process]:
    """Answer the processes of the `up` of this number, or of the one that serves the data folder; PostgreSQL's too.

    Raises `NotUp` where there is none.
    """
    up = number or number_of_up(data)
    if up is None or not (PROC / str(up)).exists():
        raise NotUp(_("No archive is up on %(folder)s. Start it with manage.py up, and measure beside it.") % {"folder": data})
    children = _children()
    # Whoever needed PostgreSQL first started it, which may have been another command than `up`.
    roots = [up, *filter(None, [postmaster(Cluster(data).folder)])]
    found: dict[int, None] = {}
    while roots:
        one = roots.pop()
        found[one] = None
        roots += [child for child in children.get(one, ()) if child not in found]
    return [_process(one) for one in found]


def _children() -> dict[int, list[int]]:
    """Answer the children of every process."""
    children: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):  # it ended while we looked
            continue
        children.setdefault(parent, []).append(int(folder.name))
    return children


def _process(number: int) -> Process:
    """Answer a process with its memory; one that has just ended takes none."""
    folder = PROC / str(number)
    try:
        words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        share = SHARE.search((folder / "smaps_rollup").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return Process(number, "", 0)
    return Process(number, words, int(share[1]) * 1024 if share else 0)
