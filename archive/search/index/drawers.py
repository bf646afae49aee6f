"""Processes that draw documents of works beside the one that writes them, since Python runs on one core at a time.

Nothing here may import a model before `_begin` has set Django up: a process of its own begins with this module.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.search.index.documents import Drawer, Told

MOST = 4  # processes; each takes about 100 MB while it lasts
AHEAD = 1  # batches that lie ready for each process
OF_THE_DATABASE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
PARENT_IS_GONE = 1

_drawer: Drawer | None = None  # of this process, where it is one that draws


def drawn(batches: Iterable[list[int]], kinds: tuple[str, ...], told: Told) -> Iterator[list[str]]:
    """Answer the documents of these works batch by batch, in order, drawn by as many processes as there are cores, at most `MOST`.

    What the database or a drawing process refuses is raised here.
    """
    processes = min(MOST, os.process_cpu_count() or 1)
    database = {name: connection.settings_dict[name] for name in OF_THE_DATABASE}
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(database, kinds, int(told))
    ) as pool:
        ahead: deque[Future[list[str]]] = deque()
        for batch in batches:
            ahead.append(pool.submit(_draw, batch))
            if len(ahead) > processes * (1 + AHEAD):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _begin(database: dict[str, object], kinds: tuple[str, ...], told: int) -> None:
    """Make this process one that draws, on this database, and that ends with the one that started it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    settings.DATABASES["default"].update(database)
    django.setup()
    from archive.search.index.documents import Drawer, Told  # noqa: PLC0415 # knows models, so only now

    global _drawer  # noqa: PLW0603 # what a process is given once, and its memory of tags
    _drawer = Drawer(kinds, Told(told))


def _end_with_parent() -> None:
    """Wait until whoever started this process is gone, killed perhaps, and go too."""
    if parent := parent_process():
        parent.join()
        os._exit(PARENT_IS_GONE)


def _draw(ids: list[int]) -> list[str]:
    """Answer the documents of these works, in the process that draws."""
    if _drawer is None:
        raise RuntimeError("This process has not begun to draw.")
    return [document for _, document in _drawer.documents(_drawer.read(ids))]
