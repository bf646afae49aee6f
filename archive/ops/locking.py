"""Locks that the kernel keeps: each ends with the process that holds it, so that a kill -9 leaves none behind."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """A lock on a file. The file stays; only the hold on it comes and goes."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, making it when it is missing; raises OSError when that may not be."""
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> None:
        """Wait until nobody else holds the lock, then hold it alone."""
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def share(self) -> None:
        """Wait until nobody holds the lock alone, then hold it together with others."""
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def try_take(self) -> bool:
        """Hold the lock alone and answer True, or answer False at once when somebody else holds it.

        A hold that was shared is given up either way.
        """
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Hold the lock together with others and answer True, or answer False when somebody holds it alone."""
        return self._try(fcntl.LOCK_SH)

    def _try(self, manner: int) -> bool:
        try:
            fcntl.flock(self.descriptor, manner | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Give up the hold, unless another process has inherited it."""
        os.close(self.descriptor)


@contextmanager
def opened(path: Path) -> Iterator[Lock]:
    """Give a lock that is closed at the end of the block."""
    lock = Lock(path)
    try:
        yield lock
    finally:
        lock.close()
