"""Takes uploads in: they wait in the database, piece by piece, until the worker has read them, and not for ever."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tempfile
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.transfer.bringing.models import NAME_LENGTH, Batch, BroughtFile, FilePiece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.core.files.uploadedfile import UploadedFile

PIECE = 1_048_576  # bytes
LONGEST_FILE = 25_000_000  # bytes; books with pictures are as long
LONGEST_ZIP = 60_000_000
LONGEST_REQUEST = 64_000_000
MOST_BYTES = 200_000_000  # of one person's files that wait, together
MOST_FILES = 100  # at once, beside those in a ZIP; the web server's own limit
KEPT = dt.timedelta(days=14)
DIGITS = re.compile(r"(\d+)")


class TooManyBytes(ArchiveError):
    """This person's files that still wait take all the room that a person has."""

    def __init__(self) -> None:
        super().__init__(
            _("Your earlier files take up all the room that there is for one person. Finish or forget an import first.")
        )


@transaction.atomic
def keep(
    files: Sequence[UploadedFile[bytes]], *, makes: str = Batch.Makes.WORKS, title: str = "", encoding: str = "",
    joins_lines: bool = False, by: User,
) -> Batch:  # fmt: skip
    """Keep what an author sent, to be read in the background. Raises `TooManyBytes`."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two uploads at once share one person's room
    if BroughtFile.objects.kept_bytes(by) + sum(file.size or 0 for file in files) > MOST_BYTES:
        raise TooManyBytes
    batch = Batch.objects.create(
        user=by, makes=makes, title=title, encoding=encoding, joins_lines=joins_lines, expires_at=timezone.now() + KEPT
    )
    in_order = sorted(files, key=lambda file: natural(file.name or "")) if makes == Batch.Makes.CHAPTERS else files
    for number, file in enumerate(in_order, start=1):
        keep_file(batch, f"{number:05d}", file.name or "", file.chunks(PIECE))
    return batch


def keep_file(batch: Batch, place: str, name: str, chunks: Iterable[bytes]) -> BroughtFile:
    """Keep one file as it streams in."""
    file = BroughtFile.objects.create(batch=batch, place=place, name=shown_name(name), size=0, digest="", encoding=batch.encoding)
    digest, size = hashlib.sha256(), 0
    for number, chunk in enumerate(chunks):
        digest.update(chunk)
        size += len(chunk)
        FilePiece.objects.create(file=file, number=number, content=chunk)
    file.size, file.digest = size, digest.hexdigest()
    file.save(update_fields=["size", "digest"])
    return file


def shown_name(name: str) -> str:
    """A file's name to be shown: without the way to it, and without what cannot be shown."""
    last = re.split(r"[/\\]", name)[-1]
    return (
        "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in last)[-NAME_LENGTH:] or "?"
    )


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts "Chapter 2" before "Chapter 10"."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in DIGITS.split(name) if part]


def pieces(file: BroughtFile) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    if file.size <= PIECE:
        yield from (bytes(content) for content in file.pieces.values_list("content", flat=True))
        return
    for number in file.pieces.order_by("number").values_list("number", flat=True):
        yield bytes(file.pieces.get(number=number).content)


def in_pieces(content: bytes) -> Iterator[bytes]:
    """Bytes, a piece at a time."""
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]


def opened(file: BroughtFile) -> IO[bytes]:
    """The file as one that can be read from any place; beyond a piece's length it lies on the disk and not in memory."""
    spooled = tempfile.SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115 # whoever asks for it closes it
    for piece in pieces(file):
        spooled.write(piece)
    spooled.seek(0)
    return spooled


@transaction.atomic
def forget(batch: Batch, *, by: User) -> None:  # noqa: ARG001 # who did it is part of every deed
    """Throw a batch away, with the files that wait. The drafts that came of it stay."""
    batch.delete()


def forget_expired() -> int:
    """Throw away batches whose time is over; answer how many there were."""
    expired = Batch.objects.filter(expires_at__lt=timezone.now())
    count = expired.count()
    expired.delete()
    return count
