"""Where files that were made are kept until their work changes. Everything here can be thrown away.

A file lies under a key of all that it was made from, so a stale one is never found. It is removed all the same as soon as
its work changes: what was hidden or taken back shall not lie about.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

A_FOLDER_HOLDS = 1_000  # works
MOST_BYTES = 2_000_000_000  # of all files together; the ones that nobody asked for longest go first


def folder_of(work: int) -> Path:
    """Answer the folder of a work's files."""
    return Path(settings.FILES_FOLDER) / str(work // A_FOLDER_HOLDS) / str(work)


def find(work: int, name: str) -> IO[bytes] | None:
    """Answer a file that was made before, open, or None."""
    path = folder_of(work) / name
    try:
        file = path.open("rb")
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path, (time.time(), os.fstat(file.fileno()).st_mtime))  # it was asked for now, and made then
    return file


def keep(work: int, name: str, write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """Have a file written, keep it, and answer it, open at its beginning.

    It gets its name when it is whole. Where nothing can be kept, on a full disk, it is written once and given away.
    """
    path = folder_of(work) / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False)  # noqa: SIM115 - handed on, open
    except OSError:
        return _unkept(write)
    try:
        write(file)
        file.flush()
        Path(file.name).replace(path)
    except OSError:
        _discard(file)
        return _unkept(write)
    except BaseException:
        _discard(file)
        raise
    file.close()
    return find(work, name) or _unkept(write)  # another's sweeping may have come in between


def drop(work: int) -> None:
    """Remove every file of a work."""
    shutil.rmtree(folder_of(work), ignore_errors=True)


def sweep(most_bytes: int = MOST_BYTES) -> int:
    """Remove the files that nobody asked for longest, until the others fit; answer how many went."""
    found = []
    for path in Path(settings.FILES_FOLDER).glob("*/*/*"):
        with suppress(OSError):
            facts = path.stat()
            found.append((facts.st_atime, facts.st_size, path))
    size, gone = sum(size for _when, size, _path in found), 0
    for _when, bytes_, path in sorted(found, key=lambda one: one[0]):
        if size <= most_bytes:
            break
        with suppress(OSError):
            path.unlink()
        size, gone = size - bytes_, gone + 1
    return gone


def _unkept(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """Answer a file that is nobody's as soon as it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed on, open
    write(file)
    file.seek(0)
    return file


def _discard(file: IO[bytes]) -> None:
    """Remove what was written in part."""
    with suppress(OSError):
        file.close()
    with suppress(OSError):
        Path(file.name).unlink()
