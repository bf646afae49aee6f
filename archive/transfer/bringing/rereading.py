"""Reading a text file once more, as its author says that its letters are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive.transfer.bringing import tasks
from archive.transfer.bringing.models import Batch, BroughtFile, Origin
from archive.works import deleting

if TYPE_CHECKING:
    from archive.people.models import User

State = BroughtFile.State


@transaction.atomic
def ask(file: BroughtFile, *, encoding: str, takes_header: bool = True, by: User) -> None:
    """Have a file read again. The draft that came of it goes where deleted works go, and can be had back from there."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=file.batch_id)
    file.refresh_from_db(fields=["state", "work"])
    if file.state not in {State.READ, State.FAILED} or not file.pieces.exists():
        return
    work = file.work
    if work is not None and not work.is_draft:
        return
    again = [file]
    if work is not None:
        deleting.delete(work, by=by)
        Origin.objects.filter(work=work).delete()
        again = list(batch.files.filter(work=work))  # of chapters of one work, all begin again
        Batch.objects.filter(pk=batch.pk, work=work).update(work=None)
    for one in again:
        if one.pk == file.pk:
            one.encoding, one.takes_header = encoding, takes_header
        one.state, one.work, one.tries, one.sentence = State.WAITING, None, 0, ""
        one.save(update_fields=["encoding", "takes_header", "state", "work", "tries", "sentence"])
    tasks.go_on(batch)
