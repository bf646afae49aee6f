"""Several works as one ZIP of their files, in order. Each of them opens with its own advisory."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import IO, TYPE_CHECKING

from archive.transfer.taking import books, names, shelf
from archive.warnings import opening
from archive.warnings.advisories import Advisory
from archive.works import finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.transfer.taking.books import Book
    from archive.transfer.taking.formats import Format
    from archive.warnings.readers import Reader

MOST_WORKS = 200
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows; what is in it has dates of its own


@dataclass(frozen=True, slots=True)
class Shelfful:
    """Works for one reader: those that may be opened, and the advisories that come before others."""

    books: list[Book] = field(default_factory=list)
    advisories: list[Advisory] = field(default_factory=list)


def shelfful_of(works: Iterable[int], *, reader: Reader, naming: bool) -> Shelfful:
    """Answer the first of the works with these ids, in order, that this reader may open: past its advisory, or the advisory."""
    found = Shelfful()
    for pk in islice(works, MOST_WORKS):
        work = finding.find_posted(pk, viewer=reader.user)
        if work is None:
            continue
        chapters = finding.posted_chapters(work)
        passed = opening.pass_advisory(work, chapters, reader=reader, naming=naming)
        if isinstance(passed, Advisory):
            found.advisories.append(passed)
        else:
            found.books.append(books.book_of(passed))
    return found


def packed(found: list[Book], form: Format) -> IO[bytes]:
    """Answer the ZIP, open at its beginning. Raises `opening.ChangedMeanwhile`."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed on, open
    with zipfile.ZipFile(file, "w") as together:
        for number, book in enumerate(found, start=1):
            entry = zipfile.ZipInfo(f"{number:02}_{names.of_work(book.work)}.{form.extension}", date_time=BEGINNING)
            entry.compress_type = zipfile.ZIP_STORED if form.is_packed else zipfile.ZIP_DEFLATED
            key = books.file_key(book, form)
            with (
                shelf.find(book.work.pk, key) or shelf.keep(book.work.pk, key, partial(form.write, book)) as one,
                together.open(entry, "w") as place,
            ):
                shutil.copyfileobj(one, place)
    file.seek(0)
    return file
