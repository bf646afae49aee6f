"""What writing costs: a moment's typing kept, the longest chapter saved, its versions compared, and what they take.

Beside the pages this one writes: into a draft of an account of its own, both of which are gone when it ends.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from archive.ops.benching import choosing
from archive.ops.seeding import vocabulary
from archive.people.models import Pseud, User
from archive.text.cleaning import Profile
from archive.works import revising, writing
from archive.works.entries import ChapterEntry, Words, WorkEntry
from archive.works.models import TEXT_LENGTH, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.ops.benching.driving import Answer, Driver
    from archive.works.chapters import Chapter

WORDS = 5_000
SAVES = 200  # of one chapter, each with a sentence more
TRIES = 5
TRIES_OF_TYPING = 60
EVERY = 3  # words of which one is changed between two versions that are compared
AUTOSAVE, SAVE, COMPARE, TIMES_ITS_SIZE = 15.0, 1_000.0, 2_000.0, 10.0  # milliseconds, and parts of a text


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took: milliseconds on the clock and of this process's own, beside its bar; or another number."""

    name: str
    took: float
    bar: float
    own: float | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the bar is reached: by the process's own time, where there is one; others share the machine."""
        return (self.took if self.own is None else self.own) <= self.bar


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes for as long as is measured."""

    user: User
    cookie: str
    chapter: Chapter

    @property
    def parts(self) -> list[int]:
        """The ids of the work and of the chapter, for addresses."""
        return [self.chapter.work_id, self.chapter.pk]


@contextmanager
def writer() -> Iterator[Writer]:
    """Give an account with a draft and a session; nothing of it stays."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    with transaction.atomic():
        user = User.objects.create_user(name, f"{name}@bench.invalid")
        pseud = Pseud.objects.create(user=user, name=name, is_default=True)
        entry = WorkEntry(title="", language=None, pseuds=[pseud], tags={})
        work = writing.draft(entry, ChapterEntry(text=Words.cleaned("Begun.", Profile.CHAPTER)), by=user)
    try:
        with choosing.session_of(user) as cookie:
            yield Writer(user, cookie, work.chapters.get())
    finally:
        Work.objects.filter(pk=work.pk).delete()
        pseud.delete()
        user.delete()


def text_of(words: int, *, longest: int = TEXT_LENGTH) -> str:
    """Answer an invented text of about so many words, in paragraphs, as it is typed; the same each time."""
    written, random, paragraphs = vocabulary.pool("latin").script, Random(WORDS), []  # noqa: S311 # nobody has to guess it
    while words > 0:
        length = min(words, 4 + int(random.random() ** 2 * 120))
        paragraphs.append(f"<p>{written.sentence(random, max(4, length))}</p>")
        words -= length
    return "\n".join(paragraphs)[:longest]


def with_others(text: str) -> str:
    """Answer a text of which every third word is another."""
    words = text.split(" ")
    return " ".join(f"word{place}" if place % EVERY == 1 and "<" not in word else word for place, word in enumerate(words))


def costs(driver: Driver, writer: Writer) -> Iterator[Cost]:
    """Yield what each thing costs, one after the other."""
    yield _typing(driver, writer)
    full = text_of(TEXT_LENGTH // 4)
    yield _saving(driver, writer, full)
    yield from _comparing(driver, writer)
    yield _versions(writer)


def _typing(driver: Driver, writer: Writer) -> Cost:
    """Keep what is typed into a chapter, again and again."""
    text, key, times = text_of(WORDS), str(uuid.uuid4()), []
    sent = {"author": str(writer.user.pk), "key": key, "place": reverse("chapter_edit", args=writer.parts)}
    for number in range(TRIES_OF_TYPING):
        typed = sent | {"text": f"{text} {number}", "typed_at": str(number + 1)}
        times.append(_timed(partial(driver.post, reverse("unsent"), typed, cookie=writer.cookie)))
    return Cost(f"{WORDS:,} words, kept while they are typed", *_middle(times, AUTOSAVE))


def _saving(driver: Driver, writer: Writer, text: str) -> Cost:
    """Save a chapter of full length, each time with every third word changed."""
    times, address, other = [], reverse("chapter_edit", args=writer.parts), with_others(text)[:TEXT_LENGTH]
    for number in range(TRIES):
        sent = {"text": text if number % 2 else other, "text_version": str(revising.version_now(writer.chapter)), "action": "save"}
        times.append(_timed(partial(driver.post, address, sent, cookie=writer.cookie, expects=HTTPStatus.FOUND)))
    return Cost(f"{TEXT_LENGTH:,} characters, saved", *_middle(times, SAVE))


def _comparing(driver: Driver, writer: Writer) -> Iterator[Cost]:
    """Compare the last two versions of a chapter, and the same as they were typed."""
    newest = revising.version_now(writer.chapter)
    address = f"{reverse('versions_compare', args=writer.parts)}?older={newest - 1}&newer={newest}"
    for name, asked in (("as they read", address), ("as they were typed", f"{address}&as=typed")):
        times = [_timed(partial(driver.get, asked, cookie=writer.cookie)) for _ in range(TRIES)]
        yield Cost(f"two versions of it with every third word changed, compared {name}", *_middle(times, COMPARE))


def _versions(writer: Writer) -> Cost:
    """Save an ordinary chapter two hundred times, and answer how many times its size all versions take."""
    text = text_of(WORDS)
    for number in range(SAVES):
        text += f"\n<p>Sentence {number} was written last, and says {number * 7919 % 1000}.</p>"
        entry = ChapterEntry(text=Words.cleaned(text, Profile.CHAPTER))
        writing.edit_chapter(writer.chapter, entry, version=revising.version_now(writer.chapter), by=writer.user)
    taken = revising.bytes_of(writer.chapter, last=SAVES)
    return Cost(f"{SAVES} versions of {WORDS:,} words, in times its size", taken / len(text.encode()), TIMES_ITS_SIZE)


def _timed(deed: Callable[[], Answer]) -> tuple[float, float]:
    """Answer the milliseconds that a request takes on the clock, and those of this process's own."""
    began = process_time()
    answer = deed()
    return answer.seconds * 1_000, (process_time() - began) * 1_000


def _middle(times: list[tuple[float, float]], bar: float) -> tuple[float, float, float]:
    """Answer the middle time on the clock, the bar, and the middle of the process's own."""
    return median(took for took, _own in times), bar, median(own for _took, own in times)
