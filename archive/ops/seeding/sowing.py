"""Seeding: fills an archive with synthetic works, the same ones for the same seed, next to whatever it holds already."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count as counting
from random import Random
from typing import TYPE_CHECKING

from django.db import connection, transaction

from archive.ops.seeding import casting, copying, shapes, vocabulary
from archive.ops.seeding.outlining import SCRIPTS, Outline, Outliner
from archive.tags.models import RATING, WARNING, Tag
from archive.text.cleaning import CLEANER_VERSION
from archive.text.sorting import sort_title
from archive.works import tallying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.utils import CursorWrapper

    from archive.ops.seeding.casting import Cast
    from archive.ops.seeding.copying import Row

WORKS_IN_A_BATCH = 1_000
UNUSABLE_PASSWORD = "!seeded"  # noqa: S105 # nobody can log in with it: no password has this digest
SHARE_WITH_SECOND_PSEUD = 0.2
SECOND_PSEUD_SIGNS = 0.3
JOINED = datetime(2012, 1, 1, tzinfo=UTC)
WORDS_OF_A_STUB = 8


class Words(StrEnum):
    """How much of a work's text is stored. Its counts of words are the drawn ones in any case."""

    NONE = "none"  # a sentence a chapter: no page without a text, and hardly any text
    SHORT = "short"
    REAL = "real"

    @property
    def most(self) -> int:
        """The most words of one work that are stored; chapters past them hold a sentence."""
        return {Words.NONE: 0, Words.SHORT: 200, Words.REAL: 5_200}[self]  # a little more than the page of 5,000 that `bench` wants


@dataclass(slots=True)
class Ground:
    """What the works are sown on: ids of tags by place and by code, and of each user's pseuds."""

    tags: list[int]
    codes: dict[str, int]
    pseuds: list[list[int]]
    series: dict[int, int] = field(default_factory=dict)


def sow(works: int, *, seed: int, words: Words, until: datetime, tell: Callable[[int], object] = lambda _done: None) -> list[int]:
    """Add so many works, the latest of them revised at `until`, and answer their ids.

    Each batch is a transaction, and `tell` is called after it with how many works are there. Tags that the archive has
    already, by their folded names, are used; accounts are new ones. An archive that accepts no rating and no warning yet
    accepts all of them from now on. Raises `copying.Unwarned`.
    """
    pools = {name: vocabulary.pool(name) for name in sorted({"latin", *SCRIPTS.values()})}
    cast = casting.cast(works, seed=seed, latin=pools["latin"].script)
    users = max(2, int(works * shapes.USERS_FOR_A_WORK))
    with transaction.atomic(), connection.cursor() as cursor:
        accept_all_if_none()
        ground = Ground(add_tags(cursor, cast), codes(), add_users(cursor, users, seed=seed))
    outliner = Outliner(works, seed=seed, users=users, cast=cast, pools=pools)
    sower = Sower(outliner, ground, Random(f"texts {seed}"), words, until)  # noqa: S311 # chance for shapes, not for secrets
    sown: list[int] = []
    for batch in sower.batches():
        sown += batch
        tell(len(sown))
    with connection.cursor() as cursor:
        copying.refuse_unwarned(cursor, sown)
    tallying.recount_uses()
    copying.settle()
    return sown


def accept_all_if_none() -> None:
    """Accept every rating and warning where none of either is accepted."""
    for kind in (RATING, WARNING):
        if not Tag.objects.filter(kind=kind, is_accepted=True).exists():
            Tag.objects.filter(kind=kind, retired_at=None).update(is_accepted=True)


def codes() -> dict[str, int]:
    """Answer the ids of the closed values by their codes."""
    return dict(Tag.objects.exclude(code="").values_list("code", "pk"))


def add_tags(cursor: CursorWrapper, cast: Cast) -> list[int]:
    """Make the tags that are missing, hang them under their parents, and answer the ids of all of them by place."""
    columns = ("name", "folded", "kind_id", "code", "explanation", "position", "asks_consent", "is_accepted", "is_canonical")
    keys = [name.folded for name in cast.names]
    rows = [(tag.name, key, tag.kind, "", "", 0, False, False, tag.is_canonical) for tag, key in zip(cast.names, keys, strict=True)]
    copying.add_missing(cursor, copying.Table("archive_tag", columns), rows)
    # One array, not as many parameters as there are names: the database's protocol takes 65,535 of them at most.
    cursor.execute("SELECT folded, id FROM archive_tag WHERE folded = ANY(%s)", [keys])
    found = dict(cursor.fetchall())
    ids = [found[key] for key in keys]
    media = dict(Tag.objects.filter(kind="media").values_list("name", "pk"))
    parents = [(ids[place], ids[tag.parent]) for place, tag in enumerate(cast.names) if tag.parent is not None]
    parents += [(ids[place], media[tag.medium]) for place, tag in enumerate(cast.names) if tag.medium in media]
    copying.add_missing(cursor, copying.Table("archive_tag_parents", ("from_tag_id", "to_tag_id")), parents)
    synonyms = [(ids[place], ids[tag.synonym_of]) for place, tag in enumerate(cast.names) if tag.synonym_of is not None]
    cursor.execute(
        "UPDATE archive_tag SET synonym_of_id = pair.canonical"
        " FROM unnest(%s::bigint[], %s::bigint[]) AS pair (synonym, canonical)"
        " WHERE archive_tag.id = pair.synonym AND NOT is_canonical AND synonym_of_id IS NULL",
        [[one for one, _ in synonyms], [other for _, other in synonyms]],
    )
    return ids


def add_users(cursor: CursorWrapper, users: int, *, seed: int) -> list[list[int]]:
    """Make accounts that nobody can log in to, and answer the ids of each one's pseuds, the default first."""
    random = Random(f"users {seed}")  # noqa: S311 # chance for shapes, not for secrets
    ids = copying.reserve(cursor, copying.USERS, users)
    has_second = [random.random() < SHARE_WITH_SECOND_PSEUD for _ in ids]
    pseud_ids = iter(copying.reserve(cursor, copying.PSEUDS, users + sum(has_second)))
    accounts: list[Row] = []
    pseuds: list[Row] = []
    answer = []
    for user, second in zip(ids, has_second, strict=True):
        name = f"seed_{user}"
        accounts.append((user, name, f"{name}@seed.invalid", UNUSABLE_PASSWORD, False, False, True, JOINED))
        own = [next(pseud_ids) for _ in range(1 + second)]
        pseuds += [(pseud, user, name if not place else f"{name}_too", not place, "", "") for place, pseud in enumerate(own)]
        answer.append(own)
    copying.copy(cursor, copying.USERS, accounts)
    copying.copy(cursor, copying.PSEUDS, pseuds)
    return answer


class Sower:
    """Turns outlines into rows and writes them, batch by batch."""

    def __init__(self, outliner: Outliner, ground: Ground, random: Random, words: Words, until: datetime) -> None:
        """Sow the outliner's works on this ground."""
        self.outliner, self.ground, self.random, self.words, self.until = outliner, ground, random, words, until

    def batches(self) -> Iterator[list[int]]:
        """Write all works, a batch in a transaction, and answer the ids of each; the next batch is drawn meanwhile."""
        count = self.outliner.works
        places = [range(first, min(count, first + WORKS_IN_A_BATCH)) for first in range(0, count, WORKS_IN_A_BATCH)]
        with ThreadPoolExecutor(max_workers=1) as ahead:
            drawn = ahead.submit(self._draw, places[0])
            for following in [*places[1:], range(0)]:
                outlines, series = drawn.result()
                drawn = ahead.submit(self._draw, following)
                yield self._sow(outlines, series)

    def _draw(self, places: range) -> tuple[list[Outline], int]:
        """Answer the works at these places, and how many series there are with them."""
        return [self.outliner.outline(place) for place in places], len(self.outliner.series)

    @transaction.atomic
    def _sow(self, outlines: list[Outline], series: int) -> list[int]:
        """Write these works and answer their ids."""
        with connection.cursor() as cursor:
            works = copying.reserve(cursor, copying.WORKS, len(outlines))
            chapters = iter(copying.reserve(cursor, copying.CHAPTERS, sum(len(outline.chapters) for outline in outlines)))
            batch = copying.Batch()
            self._add_series(batch, copying.reserve(cursor, copying.SERIES, series - len(self.ground.series)))
            for pk, outline in zip(works, outlines, strict=True):
                self._add_work(batch, pk, outline, chapters)
            with copying.checked_at_once(cursor, batch):
                copying.write(cursor, batch)
        return works

    def _add_series(self, batch: copying.Batch, ids: list[int]) -> None:
        """Put the series that have begun since the last time into the batch."""
        for pk in ids:
            number = len(self.ground.series)
            series = self.outliner.series[number]
            batch.series.append((pk, series.title, self.until))
            batch.series_pseuds += [(pk, self.ground.pseuds[user][0]) for user in series.creators]
            self.ground.series[number] = pk

    def _add_work(self, batch: copying.Batch, pk: int, outline: Outline, chapter_ids: Iterator[int]) -> None:
        """Put the rows of one work into the batch."""
        ground = self.ground
        published = self.until - outline.dates.published
        batch.works.append(
            (
                pk, outline.title, sort_title(outline.title), outline.language, outline.summary, outline.summary,
                outline.notes, outline.notes, "", "", outline.content_notes, outline.content_notes, CLEANER_VERSION,
                outline.is_restricted, outline.expected, published, published, self.until - outline.dates.revised,
                len(outline.chapters), outline.words, 1,
            )
        )  # fmt: skip
        batch.tallies.append((pk, *outline.tally))
        tags = [*(ground.codes[code] for code in outline.values), *(ground.tags[place] for place in outline.tags)]
        batch.taggings += [(pk, tag, position, True) for tag, position in zip(tags, counting(), strict=False)]
        batch.creatorships += [(pk, self._pseud(user), position) for position, user in enumerate(outline.creators)]
        if outline.series is not None:
            batch.entries.append((ground.series[outline.series], pk, outline.place_in_series))
        self._add_chapters(batch, pk, outline, chapter_ids)

    def _pseud(self, user: int) -> int:
        """Answer the pseud that a user signs with."""
        pseuds = self.ground.pseuds[user]
        return pseuds[-1] if self.random.random() < SECOND_PSEUD_SIGNS else pseuds[0]

    def _add_chapters(self, batch: copying.Batch, work: int, outline: Outline, ids: Iterator[int]) -> None:
        """Put the chapters of a work and their texts into the batch, posted evenly until the work was last revised."""
        pool = self.outliner.pools[outline.script]
        is_chaptered = len(outline.chapters) > 1
        between = (outline.dates.published - outline.dates.revised) / max(1, len(outline.chapters) - 1)
        left = self.words.most
        for place, words in enumerate(outline.chapters):
            pk = next(ids)
            title = pool.script.title(self.random, 2) if is_chaptered else ""
            posted = self.until - outline.dates.published + between * place
            batch.chapters.append(
                (pk, work, place + 1, title, "", "", "", "", "", "", "", "", CLEANER_VERSION, posted, posted, words)
            )
            stored = min(words, max(left, WORDS_OF_A_STUB))
            left -= stored
            html = pool.text(self.random, stored)
            batch.texts.append((pk, html, html, CLEANER_VERSION, 1, posted))
            if outline.warned_chapter and outline.warned_chapter[0] == place:
                batch.warnings.append((pk, self.ground.codes[outline.warned_chapter[1]]))
