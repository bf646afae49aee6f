"""Draws works, one after the other, from one stream of chance: all of a work but its long text and its ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from archive.ops.seeding import shapes
from archive.ops.seeding.shapes import Chances

if TYPE_CHECKING:
    from archive.ops.seeding.casting import Cast, Fandom
    from archive.ops.seeding.shapes import Dates
    from archive.ops.seeding.vocabulary import Pool

SCRIPTS = {"zh-Hans": "han", "zh-Hant": "han", "ja": "kana", "ar": "arabic", "ru": "cyrillic", "ko": "hangul"}
SHARE_WITH_SUMMARY, SHARE_WITH_NOTES, SHARE_WITH_CONTENT_NOTES = 0.95, 0.4, 0.06
SHARE_OF_WARNED_CHAPTERS = 0.3  # of the longer works with a warning: one chapter bears it too
SHARE_OF_RARE = 0.27  # how often one more tag of a work is one that nobody else has used
MEAN_ENTRIES = 4  # works of a series
FREE_PART = {"character": 0.28, "relationship": 0.2}  # of the tags beside rating, warnings, categories and fandoms


@dataclass(slots=True, kw_only=True)
class Outline:
    """A work that is to be. `values` are codes of ratings, warnings and categories; `tags` places in the cast."""

    title: str
    language: str
    script: str
    summary: str
    notes: str
    content_notes: str
    is_restricted: bool
    chapters: list[int]
    expected: int | None
    dates: Dates
    values: list[str]
    tags: list[int]
    creators: list[int]
    tally: tuple[int, int, int, int]
    series: int | None = None
    place_in_series: int = 0
    warned_chapter: tuple[int, str] | None = None

    @property
    def words(self) -> int:
        """The words of all chapters."""
        return sum(self.chapters)


@dataclass(slots=True)
class Series:
    """A series that is to be, and the creators of its first work."""

    title: str
    creators: list[int]
    entries: int = 0


@dataclass(slots=True)
class Chooser:
    """The laws by which a work's closed values are drawn."""

    ratings: Chances[str] = field(default_factory=lambda: Chances(dict(shapes.RATINGS)))
    warnings: Chances[tuple[str, ...]] = field(default_factory=lambda: Chances(dict(shapes.WARNINGS)))
    categories: Chances[tuple[str, ...]] = field(default_factory=lambda: Chances(dict(shapes.CATEGORIES)))
    languages: Chances[str] = field(default_factory=lambda: Chances(dict(shapes.LANGUAGES)))


class Outliner:
    """Draws the works of one seed, always the same ones in the same order."""

    def __init__(self, works: int, *, seed: int, users: int, cast: Cast, pools: dict[str, Pool]) -> None:
        """Begin the stream of this seed."""
        self.works, self.users, self.cast, self.pools = works, users, cast, pools
        self.random = Random(f"works {seed}")  # noqa: S311 # chance for shapes, not for secrets
        self.chooser = Chooser()
        self.fandoms = shapes.popularity(max(1, len(cast.fandoms) - 1))
        self.common = shapes.popularity(len(cast.common))
        self.rare_used = 0
        self.series: list[Series] = []
        self.open_series: dict[int, int] = {}

    def outline(self, place: int) -> Outline:
        """Answer the next work; `place` is its number among all, from 0."""
        random = self.random
        words = shapes.word_count(random)
        chapters = shapes.chapter_lengths(random, words)
        language = self.chooser.languages.pick(random)
        pool = self.pools[SCRIPTS.get(language, "latin")]
        values = self._values()
        outline = Outline(
            title=pool.script.title(random, 1 + int(random.random() * 5)),
            language=language,
            script=pool.script.name,
            summary=self._note(pool, SHARE_WITH_SUMMARY, 70),
            notes=self._note(pool, SHARE_WITH_NOTES, 50),
            content_notes=self._note(pool, SHARE_WITH_CONTENT_NOTES, 20),
            is_restricted=random.random() < shapes.SHARE_RESTRICTED,
            chapters=chapters,
            expected=self._expected(len(chapters)),
            dates=shapes.dates(random, (place + random.random()) / self.works, len(chapters)),
            values=values,
            tags=self._tags(shapes.tag_count(random, words) - len(values)),
            creators=self._creators(),
            tally=shapes.tally(random, words),
            warned_chapter=self._warned_chapter(values, len(chapters)),
        )
        self._place_in_series(outline, pool)
        return outline

    def _note(self, pool: Pool, share: float, longest: int) -> str:
        """Answer a paragraph for so many of the works, as the cleaner would store it, or nothing."""
        random = self.random
        if random.random() > share:
            return ""
        return pool.paragraph(random, 5 + int(random.random() * longest))

    def _expected(self, chapters: int) -> int | None:
        """Answer how many chapters were promised: as many as there are, more, or nobody knows."""
        if self.random.random() < shapes.SHARE_COMPLETE:
            return chapters
        return None if self.random.random() < 0.7 else chapters + 1 + int(self.random.random() * 10)  # noqa: PLR2004 # few promise a number

    def _values(self) -> list[str]:
        """Answer a rating, warnings that do not contradict each other, and categories."""
        chooser, random = self.chooser, self.random
        return [chooser.ratings.pick(random), *chooser.warnings.pick(random), *chooser.categories.pick(random)]

    def _tags(self, wanted: int) -> list[int]:
        """Answer fandoms, then relationships and characters of theirs, then additional tags: each once, in that order."""
        random = self.random
        wanted = min(max(wanted, 1), shapes.MOST_FREE_TAGS)
        fandoms = [self._fandom()]
        if wanted > 2 and random.random() < shapes.SHARE_OF_CROSSOVERS:  # noqa: PLR2004 # room for two and a word beside
            fandoms.append(self._fandom())
        free = wanted - len(fandoms)
        people = self._of_fandoms(fandoms, "characters", free * FREE_PART["character"])
        bonds = self._of_fandoms(fandoms, "relationships", free * FREE_PART["relationship"])
        additional = self._additional(free - len(people) - len(bonds))
        return list(dict.fromkeys([*(fandom.place for fandom in fandoms), *bonds, *people, *additional]))

    def _fandom(self) -> Fandom:
        """Answer a fandom: the largest of all at its own rate, the others by the law."""
        if len(self.cast.fandoms) == 1 or self.random.random() < shapes.SHARE_OF_LARGEST_FANDOM:
            return self.cast.fandoms[0]
        return self.cast.fandoms[1 + self.fandoms.pick(self.random)]

    def _of_fandoms(self, fandoms: list[Fandom], part: str, mean: float) -> list[int]:
        """Answer about so many characters or relationships of these fandoms, the well-known ones often."""
        places: list[range] = [getattr(fandom, part) for fandom in fandoms]
        count = int(mean + self.random.random())
        return [
            where[shapes.popularity(len(where)).pick(self.random)]
            for where in (places[i % len(places)] for i in range(count))
            if where
        ]

    def _additional(self, wanted: int) -> list[int]:
        """Answer additional tags: common ones, and while there are any left, some that nobody else has used."""
        rare = []
        while wanted > 0 and self.rare_used < len(self.cast.rare) and self.random.random() < SHARE_OF_RARE:
            rare.append(self.cast.rare[self.rare_used])
            self.rare_used += 1
            wanted -= 1
        common: dict[int, None] = {}
        for _ in range(3 * wanted):  # some are drawn twice; so many tries are enough, or the common ones are all taken
            if len(common) >= wanted:
                break
            common[self.cast.common[self.common.pick(self.random)]] = None
        return [*common, *rare]

    def _creators(self) -> list[int]:
        """Answer one or two places among the users; a few of them have written a great deal."""
        first = int(self.users * self.random.random() ** 1.6)
        if self.random.random() >= shapes.SHARE_WITH_TWO_CREATORS:
            return [first]
        second = int(self.users * self.random.random())
        return [first] if second == first else [first, second]

    def _warned_chapter(self, values: list[str], chapters: int) -> tuple[int, str] | None:
        """Answer a chapter and the warning of the work that it bears too, for some of the longer works."""
        warnings = [code for code in values if code.startswith("warning-") and code not in {"warning-no", "warning-choosenotto"}]
        if chapters == 1 or not warnings or self.random.random() > SHARE_OF_WARNED_CHAPTERS:
            return None
        return int(self.random.random() * chapters), warnings[0]

    def _place_in_series(self, outline: Outline, pool: Pool) -> None:
        """Put some of the works into their creator's series, or into a new one."""
        if self.random.random() > shapes.SHARE_IN_SERIES:
            return
        creator = outline.creators[0]
        number = self.open_series.get(creator)
        if number is None or self.random.random() < 1 / MEAN_ENTRIES:
            number = self.open_series[creator] = len(self.series)
            self.series.append(Series(pool.script.title(self.random, 3), outline.creators))
        self.series[number].entries += 1
        outline.series, outline.place_in_series = number, self.series[number].entries
