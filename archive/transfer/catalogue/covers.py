"""Covers as pictures: catalogues want one that is no drawing. They are drawn once for each version and kept with the work's files.

A cover is public, since clients send no password for it: it is drawn of public works alone, and says no warnings.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from archive.charter.context import charter_of_late
from archive.transfer.freshness import digest_of
from archive.transfer.taking import covers, shelf
from archive.transfer.taking.covers import CoverWords

if TYPE_CHECKING:
    from archive.transfer.introducing import Introduction

EDITION = 1  # raised with every change of how one is drawn
PROGRAM = Path(covers.__file__).parent / "typesetting.py"
SECONDS = 30
NO_WORK = 0  # under whose number what belongs to none is kept


def of_work(work: Introduction) -> tuple[str, IO[bytes]]:
    """Answer the cover of a work, and a name for its version."""
    rating = work.header.rating.name if work.header.rating else ""
    names = [person.name for person in work.people]
    fandoms = [tag.name for tag in work.header.fandoms]
    words = CoverWords(str(work.work), names, fandoms, rating, charter_of_late().name)
    return _kept(work.work.pk, covers.drawn(words, number=work.work.pk))


def of_nothing() -> tuple[str, IO[bytes]]:
    """Answer the cover of what is for members alone: the name of the archive."""
    name = charter_of_late().name
    return _kept(NO_WORK, covers.drawn(CoverWords(name), number=NO_WORK))


def _kept(work: int, drawn: str) -> tuple[str, IO[bytes]]:
    name = f"{digest_of(drawn)}-{EDITION}.png"
    return name, shelf.find(work, name) or shelf.keep(work, name, partial(_paint, drawn))


def _paint(drawn: str, file: IO[bytes]) -> None:
    """Write a drawing as a picture, in a process of its own: what that takes of memory it then gives back."""
    with tempfile.TemporaryDirectory(prefix="cover-") as folder:
        (Path(folder) / "cover.svg").write_text(drawn, encoding="utf-8")
        command = [sys.executable, "-I", str(PROGRAM), folder, "cover"]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own words
        file.write((Path(folder) / "cover.png").read_bytes())
