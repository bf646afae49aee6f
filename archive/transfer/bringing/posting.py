"""Confirming: an author posts drafts that came with files, one by one or together, as of the days that the files name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive.transfer.bringing import tasks
from archive.transfer.bringing.models import BroughtFile
from archive.works import publishing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import User
    from archive.transfer.bringing.models import Batch
    from archive.works.models import Work

State = BroughtFile.State


@transaction.atomic
def post(work: Work, *, by: User) -> None:
    """Post a draft with all of its chapters, each as of its day. Raises what `publish_chapter` raises, and then posts nothing."""
    if not work.is_draft:
        return
    for chapter in work.chapters.in_order():
        chapter.work = work
        publishing.publish_chapter(chapter, by=by)


@transaction.atomic
def post_file(file: BroughtFile, *, by: User) -> None:
    """Post what came of a file. Raises what `post` raises."""
    if file.work is not None and file.work.deleted_at is None:
        post(file.work, by=by)
    file.state, file.sentence, file.tries = State.POSTED, "", 0
    file.save(update_fields=["state", "sentence", "tries"])
    file.pieces.all().delete()


@transaction.atomic
def ask(batch: Batch, files: Iterable[BroughtFile], *, by: User) -> None:  # noqa: ARG001 # who did it is part of every deed
    """Have these files' drafts posted in the background."""
    pks = [file.pk for file in files]
    batch.files.filter(pk__in=pks, state=State.READ).update(state=State.POSTING, sentence="", tries=0)
    tasks.go_on(batch)
