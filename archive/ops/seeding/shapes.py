"""How much there is of what: lengths, chapters, tags, popularity, dates. The figures are those of large archives."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import accumulate
from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

# Words of a work: a lognormal law fits seven million works within 0.2 points in every bin.
WORDS_MU, WORDS_SIGMA = 7.50, 1.68
FEWEST_WORDS, MOST_WORDS = 20, 1_000_000
# Most works stand in one piece, and the fewer the longer they are.
ONE_PIECE_FADES = 9_000.0
CHAPTER_WORDS, CHAPTER_SIGMA = 3_000.0, 0.5
MOST_CHAPTERS = 400

# Tags of all kinds on a work: a median of 15, and 30 on long ones.
TAGS_OF_SHORT, TAGS_OF_LONG, TAGS_SIGMA = 15.0, 30.0, 0.52
SHORT, LONG = 25_000, 50_000
FEWEST_TAGS, MOST_FREE_TAGS = 4, 75

# The popularity of tags falls as a power of the rank, with a flat head.
POPULARITY, HEAD = 1.24, 30.0
TAGS_FOR_A_WORK = 0.86
SHARE_OF_LARGEST_FANDOM = 0.115  # as the first fandom of a work; with crossovers it comes to twelve in a hundred
SHARE_OF_CROSSOVERS = 0.12
USERS_FOR_A_WORK = 0.5
SHARE_WITH_TWO_CREATORS = 0.06
SHARE_RESTRICTED = 0.13
SHARE_IN_SERIES = 0.13
SHARE_COMPLETE = 0.8

# Assumed: the sources count works, not readers.
HITS_MU, HITS_SIGMA = 6.2, 1.5
KUDOS_FOR_A_HIT = 0.05

YEARS = 12
GROWTH = 2.2  # each year brings more works than the one before

RATINGS = {
    "rating-teen": 31, "rating-general-audience": 30, "rating-explicit": 18, "rating-mature": 16, "rating-notrated": 5,
}  # fmt: skip
WARNINGS = {
    ("warning-no",): 66.7,
    ("warning-choosenotto",): 14,
    ("warning-violence",): 8,
    ("warning-death",): 4,
    ("warning-noncon",): 2,
    ("warning-underage",): 1.5,
    ("warning-violence", "warning-death"): 2,
    ("warning-violence", "warning-noncon"): 1,
    ("warning-choosenotto", "warning-violence"): 0.8,
}
CATEGORIES = {
    ("category-slash",): 43,
    ("category-het",): 20,
    ("category-gen",): 17,
    ("category-femslash",): 8,
    ("category-multi",): 3,
    ("category-other",): 2,
    ("category-slash", "category-het"): 4,
    (): 3,
}
LANGUAGES = {
    "en": 85.0, "zh-Hans": 5.5, "ru": 2.5, "es": 2.2, "fr": 1.0, "zh-Hant": 0.7, "pt-BR": 0.8, "it": 0.6,
    "de": 0.5, "ko": 0.4, "ja": 0.4, "ar": 0.2, "pl": 0.2,
}  # fmt: skip


class Chances[Choice]:
    """Things to choose from, each with its weight."""

    def __init__(self, weights: dict[Choice, float]) -> None:
        """Take the weights, on any scale."""
        self.choices = list(weights)
        self.sums = list(accumulate(weights.values()))

    def pick(self, random: Random) -> Choice:
        """Answer one of them."""
        return self.choices[bisect_right(self.sums, random.random() * self.sums[-1])]


class Popularity:
    """Ranks from 0, drawn by the law of Zipf and Mandelbrot."""

    def __init__(self, count: int) -> None:
        """Lay the law over so many ranks; over few of them the flat head shrinks, so that some are still ahead."""
        head = min(HEAD, count / 3)
        self.sums = list(accumulate((rank + head) ** -POPULARITY for rank in range(1, count + 1)))

    def pick(self, random: Random) -> int:
        """Answer a rank."""
        return bisect_left(self.sums, random.random() * self.sums[-1])


@cache
def popularity(count: int) -> Popularity:
    """Answer the law over so many ranks."""
    return Popularity(count)


@dataclass(frozen=True, slots=True)
class Dates:
    """When a work was posted and last revised, as times before the end of the years."""

    published: timedelta
    revised: timedelta


def word_count(random: Random) -> int:
    """Answer how many words a work has."""
    return min(MOST_WORDS, max(FEWEST_WORDS, int(random.lognormvariate(WORDS_MU, WORDS_SIGMA))))


def chapter_lengths(random: Random, words: int) -> list[int]:
    """Answer the words of each chapter of a work of so many words."""
    if words < CHAPTER_WORDS / 2 or random.random() < exp(-words / ONE_PIECE_FADES):
        return [words]
    each = random.lognormvariate(log(CHAPTER_WORDS), CHAPTER_SIGMA)
    count = min(MOST_CHAPTERS, max(2, int(words / each + 0.5)))
    marks = list(accumulate(0.5 + random.random() for _ in range(count)))
    ends = [int(words * mark / marks[-1]) for mark in marks]
    return [max(1, end - begin) for begin, end in zip([0, *ends], [*ends[:-1], words], strict=False)]


def tag_count(random: Random, words: int) -> int:
    """Answer how many tags of all kinds a work of so many words bears."""
    if words <= SHORT:
        median = TAGS_OF_SHORT
    else:
        median = TAGS_OF_SHORT + (TAGS_OF_LONG - TAGS_OF_SHORT) * min(1.0, (words - SHORT) / (LONG - SHORT))
    return max(FEWEST_TAGS, int(random.lognormvariate(log(median), TAGS_SIGMA) + 0.5))


def tally(random: Random, words: int) -> tuple[int, int, int, int]:
    """Answer the hits, kudos, comments and bookmarks of a work of so many words: a few have most of them."""
    hits = int(random.lognormvariate(HITS_MU + min(1.0, words / 50_000), HITS_SIGMA))
    kudos = int(hits * KUDOS_FOR_A_HIT * (0.4 + 1.2 * random.random()))
    return hits, kudos, int(kudos * random.random() * 0.25), int(kudos * random.random() * 0.4)


def dates(random: Random, place: float, chapters: int) -> Dates:
    """Answer when the work at this place (0 to 1) among all was posted and last revised."""
    whole = timedelta(days=365.25 * YEARS)
    published = whole * (1 - place ** (1 / GROWTH))
    written = timedelta(days=9.0 * (chapters - 1) * (0.3 + random.random()))
    # What would still be written today was last revised at any time since: or all of them would be the latest at once.
    return Dates(published, published - min(written, published * random.random()))


def spread(total: int, weights: Sequence[float], *, least: int) -> list[int]:
    """Answer how a total falls to shares of these weights, each getting at least so much."""
    whole = sum(weights)
    return [max(least, int(total * weight / whole + 0.5)) for weight in weights]
