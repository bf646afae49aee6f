"""What a file is called: as AO3 calls it, since tools sort their shelves by that."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from archive.addresses import address

if TYPE_CHECKING:
    from archive.works.models import Work
    from archive.works.series import Series

LONGEST = 24  # characters
SHORTEST = 3
UNFIT = re.compile(r"[^A-Za-z0-9_\- ]+")
# Letters that are no others with a sign to them, and how they are written where there are no such.
WRITTEN_AS = str.maketrans({
    "Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "ĸ": "k", "Ł": "L", "ł": "l",
    "Ŋ": "NG", "ŋ": "ng", "Ø": "O", "ø": "o", "Œ": "OE", "œ": "oe", "ẞ": "SS", "ß": "ss", "Þ": "Th", "þ": "th", "Ŧ": "T", "ŧ": "t",
})  # fmt: skip
MARKED = "Marked_for_Later"  # the name of the file of what somebody marks
BOOKMARKED = "Bookmarks"  # and of what they bookmark


def file_name(title: str, *, otherwise: str) -> str:
    """Answer a title as the name of a file, without its extension; `otherwise` stands behind one that leaves too little.

    In ASCII letters, digits, `_` and `-`, cut at a word's end.
    """
    folded = unicodedata.normalize("NFKD", title).translate(WRITTEN_AS).encode("ascii", "ignore").decode()
    words = UNFIT.sub("", folded).split()
    name = ""
    for word in words:
        longer = f"{name}_{word}" if name else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        name = longer
    return name if len(name) >= SHORTEST else f"{name}_{otherwise}".strip("_")


def of_work(work: Work) -> str:
    """Answer the name of a work's files."""
    return file_name(work.title, otherwise=f"Work_{work.pk}")


def of_series(series: Series) -> str:
    """Answer the name of a series' files."""
    return file_name(series.title, otherwise=f"Series_{series.pk}")


def marked_address(extension: str) -> str:
    """Answer the address of what whoever asks marks for later, in one format."""
    return address("marked_download", MARKED, extension)


def bookmarked_address(extension: str) -> str:
    """Answer the address of the works that whoever asks has bookmarked, in one format."""
    return address("bookmarked_download", BOOKMARKED, extension)


def series_address(series: Series, extension: str) -> str:
    """Answer the address of the works of a series in one format."""
    return address("series_download", series.pk, of_series(series), extension)


def download_address(work: Work, extension: str) -> str:
    """Answer the address of a file of a work. The name in it is for people; the number alone is looked up."""
    return address("work_download", work.pk, of_work(work), extension)
