"""Confirming: an author posts drafts that came with files, one by one or together, as of the days that the files name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive.transfer.bringing import tasks
from archive.transfer.bringing.models import BroughtFile, Origin
from archive.works import publishing
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import User
    from archive.transfer.bringing.models import Batch

State = BroughtFile.State
NOON = dt.time(12)  # of an earlier day, as AO3 has it


@transaction.atomic
def post(work: Work, *, by: User) -> None:
    """Post a draft with all of its chapters. Raises what `publishing.publish` raises, and then nothing is posted."""
    if not work.is_draft:
        return
    for chapter in work.chapters.in_order():
        chapter.work = work
        publishing.publish_chapter(chapter, by=by)
    origin = Origin.objects.filter(work=work).exclude(published_on=None).first()
    if origin is not None:
        date_back(work, origin)


def date_back(work: Work, origin: Origin) -> None:
    """Have a posted work be of the days that its file named: its last chapter of the last day, all others of the first."""
    first = moment_of(origin.published_on)
    last = max(first, moment_of(origin.updated_on or origin.published_on))
    chapters = list(work.chapters.in_order().values_list("pk", flat=True))
    work.chapters.update(published_at=first)
    work.chapters.filter(pk=chapters[-1]).update(published_at=last if len(chapters) > 1 else first)
    Work.objects.filter(pk=work.pk).update(published_at=first, revised_at=last if len(chapters) > 1 else first)


def moment_of(day: dt.date | None) -> dt.datetime:
    """The noon of an earlier day; now, for today and for a day that is yet to come."""
    now = timezone.now()
    return now if day is None or day >= timezone.localdate(now) else timezone.make_aware(dt.datetime.combine(day, NOON))


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
