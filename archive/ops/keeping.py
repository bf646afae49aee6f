"""The keeper of the embedded PostgreSQL: a small process that ends the server when nobody is left who needs it.

Everybody who needs the server shares a lock. The kernel gives the lock to the keeper alone as soon as the last of
them is gone, also when they were killed. It is run as a file of its own and imports little, so that it stays small.
"""

import fcntl
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path


def postmaster(folder: Path) -> int | None:
    """Answer the process number that the server of this cluster has written down, or None."""
    try:
        return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def stop_postmaster(folder: Path) -> None:
    """Ask the server for a fast shutdown. Call it only when the server is known to live."""
    number = postmaster(folder)
    if number is not None:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGINT)


def keep(users: Path, alive: Path, folder: Path) -> None:
    """Wait until nobody shares the lock `users`, then end the server; newcomers wait until it is gone.

    The server's processes hold the lock `alive`, so its end is the moment that this lock can be had.
    """
    everybody = os.open(users, os.O_RDWR)
    fcntl.flock(everybody, fcntl.LOCK_EX)
    server = os.open(alive, os.O_RDWR)
    try:
        fcntl.flock(server, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        stop_postmaster(folder)
        fcntl.flock(server, fcntl.LOCK_SH)


if __name__ == "__main__":
    keep(*map(Path, sys.argv[1:]))
