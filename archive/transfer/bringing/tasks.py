"""The task that works on a batch. It stops after a moment and comes again behind what waits: no mail waits for it."""

from __future__ import annotations

from django.tasks import task

from archive.transfer.bringing.models import UNDER_WAY, Batch, BroughtFile

PRIORITY = -5  # behind mail and duties, before what guests can order


@task(priority=PRIORITY)
def work_on_batch(batch_pk: int) -> None:
    """Work on a batch for a moment, and ask to be called again where more is left."""
    from archive.transfer.bringing import working  # noqa: PLC0415 # which posts and updates, and these call this module

    if working.work_on(batch_pk):
        work_on_batch.enqueue(batch_pk)


def go_on(batch: Batch) -> None:
    """Have a batch worked on. The queue is a table: what is put there goes with the transaction, or is undone with it."""
    work_on_batch.enqueue(batch.pk)


def go_on_with_all() -> None:
    """Have every batch worked on in which files wait. One that is worked on already is left by whoever comes second."""
    for pk in BroughtFile.objects.filter(state__in=UNDER_WAY).values_list("batch", flat=True).distinct():
        work_on_batch.enqueue(pk)
