"""Kindle's formats, made of our e-book by calibre where it is installed. It is an operator's choice, and not ours to bring."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from archive.remembering import Lately
from archive.transfer.taking import epub

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.transfer.taking.books import Book

PROGRAM = "ebook-convert"
SECONDS = 600


# Whether calibre's converter is on the path. Every page of a work asks, and looking takes as long as a query.
is_there = Lately(lambda: shutil.which(PROGRAM) is not None)


def writer(extension: str) -> Callable[[Book, IO[bytes]], None]:
    """Answer what writes a work in one of calibre's formats."""
    return partial(_write, extension)


def _write(extension: str, book: Book, file: IO[bytes]) -> None:
    """Write a work. Raises `opening.ChangedMeanwhile`."""
    with tempfile.TemporaryDirectory(prefix="calibre-") as name:
        folder = Path(name)
        with (folder / "book.epub").open("wb") as written:
            epub.write(book, written)
        command = [PROGRAM, str(folder / "book.epub"), str(folder / f"book.{extension}")]
        # Its settings are nobody's, and it opens no window.
        alone = {**os.environ, "HOME": name, "CALIBRE_CONFIG_DIRECTORY": name, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS, env=alone)  # noqa: S603 - our own words
        with (folder / f"book.{extension}").open("rb") as made:
            shutil.copyfileobj(made, file)
