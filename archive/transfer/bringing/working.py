"""What the worker does with files that wait: one at a time, each whole or not at all.

A file is read, its draft written and its row changed in one transaction. So a worker that dies in the middle has done
nothing, and whoever comes next begins that file again.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.errors import ArchiveError
from archive.text import decoding
from archive.transfer.bringing import drafting, keeping, posting, proposing, recognising, sources, unpacking, updating
from archive.transfer.bringing.brought import TooMuch, Wishes
from archive.transfer.bringing.models import Batch, BroughtFile, Origin
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.transfer.bringing.brought import Brought

logger = logging.getLogger(__name__)

State = BroughtFile.State
LONGEST_HEADER = 5_000  # characters that are shown
MOST_TRIES = 2  # a file that took its worker down with it so often is the reason
SECONDS_AT_ONCE = 2.0  # then other tasks have their turn


def work_on(batch_pk: int) -> bool:
    """Do what there is to do for a batch, for a short time; answer whether more is left."""
    began = time.monotonic()
    while time.monotonic() - began < SECONDS_AT_ONCE:
        file = _begin(batch_pk)
        if file is None:
            return False
        try:
            _do(file)
        except ArchiveError as refusal:
            _fail(file, str(refusal), keeps_bytes=isinstance(refusal, (decoding.NotText, decoding.NotDecoded)))
        except DatabaseError:
            raise
        except Exception:
            logger.exception("A file could not be read: %s of batch %d", file.place, batch_pk)
            _fail(file, _("This file could not be read, and the fault is ours. The archive's keepers find it in their log."))
    return BroughtFile.objects.filter(batch=batch_pk).under_way().exists()


@transaction.atomic
def _begin(batch_pk: int) -> BroughtFile | None:
    """The next file to do something with, its try counted; None where there is none, or another worker has the batch."""
    batch = Batch.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=batch_pk).first()
    if batch is None:
        return None
    file = batch.files.under_way().in_order().first()
    if file is not None:
        file.tries += 1
        file.save(update_fields=["tries"])
    return file


@transaction.atomic
def _do(file: BroughtFile) -> None:
    """Do with a file what its state asks for."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("user", "work").get(pk=file.batch_id)
    file = BroughtFile.objects.get(pk=file.pk)  # as it is now that nobody else changes it
    file.batch = batch
    if file.state not in {State.WAITING, State.UPDATING, State.POSTING}:
        return
    if file.tries > MOST_TRIES:
        _fail(file, _("Reading this file stopped the archive's worker twice, so we let it be. Please try another format."))
    elif file.state == State.POSTING:
        posting.post_file(file, by=batch.user)
    elif file.state == State.UPDATING:
        updating.update(file, _read(file), by=batch.user)
    else:
        _draft(file, batch)


def _read(file: BroughtFile) -> Brought:
    """What the file claims."""
    if file.size > keeping.LONGEST_FILE:
        raise TooMuch
    wishes = Wishes(encoding=file.encoding, joins_lines=file.batch.joins_lines, takes_header=file.takes_header)
    return recognising.read(b"".join(keeping.pieces(file)), name=file.name, wishes=wishes)


def _draft(file: BroughtFile, batch: Batch) -> None:
    """Make a draft of a file, or the next chapter of its batch's one; what is here already waits for its author's word."""
    user = batch.user
    if unpacking.is_of_files(file):
        unpacking.unpack(file)
        return
    brought = _read(file)
    type(user).objects.select_for_update(no_key=True).get(pk=user.pk)  # the same file twice at once must not be doubled
    known = known_work(brought, file, by=user)
    if known is not None:
        file.state, file.work = State.KNOWN, known
        _note(file, brought, [])
        return
    if batch.makes == Batch.Makes.CHAPTERS and batch.work is not None and batch.work.deleted_at is None:
        work = batch.work
        fitted = drafting.add(brought, work, name=file.name.rpartition(".")[0], by=user)
    else:
        title = batch.title if batch.makes == Batch.Makes.CHAPTERS else ""
        work, fitted = drafting.draft(brought, title=title, by=user)
        if batch.makes == Batch.Makes.CHAPTERS:
            batch.work = work
            batch.save(update_fields=["work"])
    Origin.objects.of_any_work(user, source=brought.source, digest=file.digest).delete()  # of a work that was deleted since
    Origin.objects.create(
        user=user, work=work, source=brought.source, digest=file.digest,
        published_on=brought.published, updated_on=brought.updated,
    )  # fmt: skip
    file.state, file.work = State.READ, work
    _note(file, brought, fitted.remarks)
    if brought.decoded is None:
        file.pieces.all().delete()


def known_work(brought: Brought, file: BroughtFile, *, by: User) -> Work | None:
    """This person's work that came from the same place before, or that was written here and comes back."""
    origin = Origin.objects.of_file(by, source=brought.source, digest=file.digest).select_related("work").first()
    if origin is not None:
        return origin.work
    pk = sources.number_here(brought.source, site=settings.SITE_ADDRESS)
    return Work.objects.editable_by(by).filter(pk=pk).first() if pk else None


def _note(file: BroughtFile, brought: Brought, remarks: list[str]) -> None:
    """Write down what a file claimed, for the page on which its author confirms it."""
    decoded = brought.decoded
    file.claims = {
        "format": brought.format,
        "title": brought.title[:300],
        "authors": [name[:100] for name in brought.authors[:20]],
        "published": brought.published.isoformat() if brought.published else "",
        "updated": brought.updated.isoformat() if brought.updated else "",
        "source": brought.source,
        "chapters": len(brought.chapters),
        "encoding": decoded.encoding if decoded else "",
        "is_guess": bool(decoded and decoded.is_guess),
        "remarks": remarks,
        "header": brought.header[:LONGEST_HEADER],
        "proposals": proposing.of(brought),
    }
    file.read_at = timezone.now()
    file.sentence = ""
    file.save(update_fields=["state", "work", "claims", "read_at", "sentence"])


@transaction.atomic
def _fail(file: BroughtFile, sentence: str, *, keeps_bytes: bool = False) -> None:
    """Say why nothing came of a file; a draft that could not be posted stays a draft."""
    was_posting = file.state == State.POSTING
    file.state = State.READ if was_posting else State.KNOWN if file.state == State.UPDATING else State.FAILED
    file.sentence, file.tries = sentence, 0
    file.save(update_fields=["state", "sentence", "tries"])
    if file.state == State.FAILED and not keeps_bytes:
        file.pieces.all().delete()
