"""Has files that take a while made by the worker, each once however many readers ask for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import models

from archive.people.models import User
from archive.transfer.taking import books, shelf
from archive.warnings import opening
from archive.warnings.advisories import Advisory
from archive.warnings.readers import Reader
from archive.works import finding

if TYPE_CHECKING:
    from archive.people.models import Viewer
    from archive.transfer.taking.books import Book
    from archive.transfer.taking.formats import Format

SECONDS_OF_PATIENCE = 15 * 60  # after which an order that came to nothing may be given again
SECONDS_OF_FAILURE = 2 * 60


class State(models.TextChoices):
    """How far an order is."""

    WAITING = "waiting"
    BEGUN = "begun"
    FAILED = "failed"


def order(book: Book, form: Format, *, viewer: Viewer, hides_which: bool) -> State:
    """Have a file made, unless that was ordered before; answer how far it is."""
    from archive.transfer.taking import tasks  # noqa: PLC0415 - they import this module

    name = books.file_key(book, form)
    if cache.add(_key(book.work.pk, name), State.WAITING, SECONDS_OF_PATIENCE):
        tasks.make_file.enqueue(book.work.pk, name, form.extension, viewer.pk, hides_which)
        return State.WAITING
    return State(cache.get(_key(book.work.pk, name), State.WAITING))


def make(work_pk: int, name: str, form: Format, *, viewer: Viewer, hides_which: bool) -> None:
    """Make a file that was ordered by somebody who had met the advisory, if they may still have it.

    It is the work as it is now: where it has changed since, the file gets another name, and its reader orders that one.
    """
    key = _key(work_pk, name)
    cache.set(key, State.BEGUN, SECONDS_OF_PATIENCE)
    try:
        _make(work_pk, form, viewer=viewer, hides_which=hides_which)
    except opening.ChangedMeanwhile:
        pass
    except Exception:
        cache.set(key, State.FAILED, SECONDS_OF_FAILURE)
        raise
    cache.delete(key)


def _make(work_pk: int, form: Format, *, viewer: Viewer, hides_which: bool) -> None:
    work = finding.find_posted(work_pk, viewer=viewer)
    if work is None:
        return
    reader = Reader(user=viewer, hides_which=hides_which, says_yes=True)
    passed = opening.pass_advisory(work, finding.posted_chapters(work), reader=reader)
    if not isinstance(passed, Advisory):
        book = books.book_of(passed)
        shelf.keep(work_pk, books.file_key(book, form), partial(form.write, book)).close()


def viewer_of(pk: int | None) -> Viewer:
    """Answer who ordered a file."""
    return User.objects.filter(pk=pk, is_active=True).first() or AnonymousUser() if pk else AnonymousUser()


def _key(work: int, name: str) -> str:
    return f"file:{work}:{name}"
