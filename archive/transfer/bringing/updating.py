"""A work that came here before comes again: nothing of it is doubled, and its author says what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive.transfer.bringing import drafting, fitting, tasks
from archive.transfer.bringing.models import BroughtFile, Origin
from archive.works import revising, writing

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.transfer.bringing.brought import Brought

State = BroughtFile.State


@transaction.atomic
def update(file: BroughtFile, brought: Brought, *, by: User) -> None:
    """Bring the texts of a work up to what a file holds: chapters that differ get a new version, new ones become drafts.

    Nothing else of the work changes, and nothing of it goes: earlier versions are kept, and so are chapters that the file lacks.
    """
    work = file.work
    if work is not None:
        chapters = list(work.chapters.in_order())
        entries = [drafting.chapter_entry(chapter, number) for number, chapter in enumerate(fitting.fit(brought).chapters, start=1)]
        for chapter, entry in zip(chapters, entries, strict=False):
            chapter.work = work
            writing.rewrite(chapter, entry.text, version=revising.version_now(chapter), by=by)
        if new := entries[len(chapters) :]:
            writing.add_chapters(work, new, by=by)
        same = (
            Origin.objects.filter(user=by, source=brought.source) if brought.source else Origin.objects.filter(digest=file.digest)
        )
        same.filter(work=work).update(digest=file.digest, updated_on=brought.updated)
    file.state, file.sentence, file.tries = State.UPDATED, "", 0
    file.save(update_fields=["state", "sentence", "tries"])
    file.pieces.all().delete()


@transaction.atomic
def ask(file: BroughtFile, *, by: User) -> None:  # noqa: ARG001 # who did it is part of every deed
    """Have a known work brought up to date in the background."""
    BroughtFile.objects.filter(pk=file.pk, state=State.KNOWN).update(state=State.UPDATING, sentence="", tries=0)
    tasks.go_on(file.batch)


@transaction.atomic
def skip(file: BroughtFile, *, by: User) -> None:  # noqa: ARG001 # likewise
    """Leave a known work as it is."""
    if BroughtFile.objects.filter(pk=file.pk, state=State.KNOWN).update(state=State.SKIPPED):
        file.pieces.all().delete()
