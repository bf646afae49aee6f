"""Measures the files of works: a work of 5,000 words and one of 180,000 in 50 chapters, which are gone again afterwards."""

from __future__ import annotations

import tracemalloc
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone

from archive.ops.benching import choosing, measuring
from archive.ops.benching.choosing import Bar, Page
from archive.ops.seeding.vocabulary import Pool, script
from archive.people.models import Pseud
from archive.text.cleaning import Profile
from archive.transfer.taking import books, formats, names, shelf
from archive.warnings import opening
from archive.warnings.advisories import Advisory
from archive.warnings.readers import ONCE, Reader
from archive.works import finding, writing
from archive.works.chapters import Chapter
from archive.works.entries import ChapterEntry, Words, WorkEntry
from archive.works.languages import Language
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.ops.benching.driving import Driver
    from archive.transfer.taking.books import Book

CHAPTERS, WORDS = 50, 180_000
RATIO = 3.0  # of an e-book of 5,000 words that was made before, to the bare page
FIRST, CACHED = 0.150, 0.010  # seconds, for an e-book of 180,000 words
PAPER = 60.0  # seconds, for a PDF of 180,000 words
MEMORY = 30 * 1024 * 1024
TRIES = 5


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a file took, and what it may take; both as they are shown."""

    name: str
    measured: str
    bar: str
    is_reached: bool


@contextmanager
def long_work() -> Iterator[Work]:
    """Give a posted work of 180,000 words in 50 chapters that is gone when the block ends."""
    ends = (request_started, request_finished)  # at which a connection in the midst of a transaction would be given up
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            work = _written()
            yield work
            transaction.set_rollback(True)
    finally:
        for signal in ends:
            signal.connect(close_old_connections)
        shelf.drop(work.pk)


def _written() -> Work:
    """Write the work, and post it without telling anybody."""
    pseud = Pseud.objects.select_related("user").order_by("pk").first()
    if pseud is None:
        raise choosing.nothing()
    pool, random = Pool(script("latin")), Random(1)  # noqa: S311 # chance for shapes, not for secrets
    plain = choosing.nearest_work(asks=False)
    tags: dict[str, list[str]] = {}
    for tag in plain.tags.all():
        tags.setdefault(tag.kind_id, []).append(tag.name)
    entry = WorkEntry(
        title="A Long Work", language=Language.objects.get(pk="en"), pseuds=[pseud], tags=tags, expected_chapters=CHAPTERS
    )
    chapters = [
        ChapterEntry(text=Words.cleaned(pool.text(random, WORDS // CHAPTERS), Profile.CHAPTER), title=f"Of the Number {number}")
        for number in range(1, CHAPTERS + 1)
    ]
    work = writing.draft(entry, chapters[0], by=pseud.user)
    for chapter in chapters[1:]:
        writing.add_chapter(work, chapter, by=pseud.user)
    now = timezone.now()
    Chapter.objects.filter(work=work).update(published_at=now)
    Work.objects.filter(pk=work.pk).update(published_at=now, revised_at=now, chapter_count=CHAPTERS, word_count=WORDS)
    return Work.objects.get(pk=work.pk)


def measured(driver: Driver, repeat: int) -> list[Measurement]:
    """Answer what files take."""
    return [short_one(driver, repeat), *long_ones(driver)]


def short_one(driver: Driver, repeat: int) -> Measurement:
    """Answer what an e-book of 5,000 words takes that was made before, beside the bare page."""
    work = choosing.nearest_work(asks=False)
    page = Page("EPUB of 5,000 words", names.download_address(work, "epub"), Bar(ratio=RATIO))
    [found] = measuring.measure(driver, [page], bare=choosing.bare_address(), repeat=repeat)
    measured = f"{found.p50:.2f} ms, × {found.ratio:.1f}, {found.queries} queries"
    return Measurement(page.name, measured, f"× {RATIO:g}", found.ratio <= RATIO)


def long_ones(driver: Driver) -> Iterator[Measurement]:
    """Give what files of 180,000 words take."""
    with long_work() as work:
        address = f"{names.download_address(work, 'epub')}?{ONCE}=true"
        first, cached = [], []
        for _ in range(TRIES):
            shelf.drop(work.pk)
            first.append(driver.get(address).seconds)
            cached += [driver.get(address).seconds for _ in range(TRIES)]
        yield _seconds("EPUB of 180,000 words, first", min(first), FIRST)
        yield _seconds("EPUB of 180,000 words, kept", sorted(cached)[len(cached) // 2], CACHED)
        yield memory_of(book_of(work))
        began = perf_counter()
        formats.ALL["pdf"].write(book_of(work), BytesIO())
        yield _seconds("PDF of 180,000 words, by the worker", perf_counter() - began, PAPER)


def book_of(work: Work) -> Book:
    """Answer a work as a guest may take it along."""
    guest = Reader(user=AnonymousUser(), says_yes=True)
    found = finding.find(work.pk, viewer=guest.user)
    if found is None:
        raise choosing.nothing()
    passed = opening.pass_advisory(found, finding.posted_chapters(found), reader=guest)
    if isinstance(passed, Advisory):
        raise choosing.nothing()
    return books.book_of(passed)


def memory_of(book: Book) -> Measurement:
    """Answer how much memory is taken at most while an e-book is written."""
    tracemalloc.start()
    formats.ALL["epub"].write(book, _Nowhere())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Measurement("EPUB of 180,000 words, memory", f"{most / 1024**2:.1f} MB", f"{MEMORY // 1024**2} MB", most <= MEMORY)


def _seconds(name: str, seconds: float, bar: float) -> Measurement:
    return Measurement(name, f"{seconds * 1_000:,.1f} ms", f"{bar * 1_000:,.0f} ms", seconds <= bar)


class _Nowhere(BytesIO):
    """A file of which nothing is kept, as on a disk."""

    def __init__(self) -> None:
        super().__init__()
        self.length = 0

    def write(self, written: object, /) -> int:
        """Count what is written."""
        count = len(written)  # type: ignore[arg-type] # bytes, whatever kind of them
        self.length += count
        return count

    def tell(self) -> int:
        """Answer how much was written."""
        return self.length

    def seekable(self) -> bool:
        """Say that there is no way back, so that a ZIP is written in one go."""
        return False
