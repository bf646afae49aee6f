"""What can stand behind a name that takes no words: numbers, dates, yes or no, ids, the order of the results."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from archive.search.query.mistakes import NothingWithin
from archive.search.query.tree import Date, Flag, FlagName, LanguageIs, Number, Sort, TagId
from archive.search.selections import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise

    from archive.search.query.tree import Node

LARGEST = 10**15  # more than any work has of anything, and whatever keeps numbers can keep it
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199  # any clock and any index can count these
MONTHS = 12

COUNTED = {
    "word": Column.WORDS,
    "hit": Column.HITS,
    "kudo": Column.KUDOS,
    "comment": Column.COMMENTS,
    "bookmark": Column.BOOKMARKS,
    "chapter": Column.CHAPTERS,
}
NUMBERS = {
    **{name: column for stem, column in COUNTED.items() for name in (stem, f"{stem}s", f"{stem}_count", f"{stem}s_count")},
    "expected_number_of_chapters": Column.EXPECTED_CHAPTERS,
}
DATES = {
    "updated": Column.UPDATED,
    "revised": Column.UPDATED,
    "revised_at": Column.UPDATED,
    "posted": Column.POSTED,
    "created_at": Column.POSTED,
}
LANGUAGE_NAMES = ("language", "language_id")
# AO3 keeps the ids of each kind apart. An id is of one kind, so one name would do.
KINDS = ("rating", "archive_warning", "category", "fandom", "character", "relationship", "freeform")
TAG_ID_NAMES = ("tag_id", "tag_ids", "filter_id", "filter_ids", *(f"{kind}_ids" for kind in KINDS))
SORTS = {
    **{
        name.replace("_", " "): column
        for name, column in NUMBERS.items()
        if column not in {Column.CHAPTERS, Column.EXPECTED_CHAPTERS}
    },
    **{name.replace("_", " "): column for name, column in DATES.items()},
    **dict.fromkeys(("best match", "score", "relevance"), Column.SCORE),
    **dict.fromkeys(("title", "title to sort on"), Column.TITLE),
    **dict.fromkeys(("author", "authors", "creator", "creators", "authors to sort on"), Column.CREATORS),
    "date posted": Column.POSTED,
    "date updated": Column.UPDATED,
}

# Where a word or a value ends: a comma between digits is part of a number.
BREAK = r"""[\s()"«]|[,;](?!\d)|\|\||&&"""
# Quantifiers are possessive throughout: what was once matched is not tried again in another way, so that nobody can write a
# value that takes long to read.
ENDS = rf"(?=\.?(?:{BREAK}|\Z))"
THAN = "[<>]=?|=[<>]?|[≤≥]"
# Groups of three digits may have spaces between them; commas, dots and the like say nothing wherever they stand.
AMOUNT = r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f,._'’]\d{3})++(?!\d)|\d++(?:[,._'’]\d++)*+)"
DAY = r"\d{4}(?:-\d{1,2}(?!\d)(?:-\d{1,2}(?!\d))?)?"
AGE = re.compile(
    rf"(?:(?P<newer>\d++)\s*+-\s*+(?P<older>\d++)|(?P<than>{THAN})?\s*+(?P<amount>\d++))"
    rf"\s*+(?P<unit>hour|day|week|month|year)s?+(?:\s++ago(?!\w))?+{ENDS}",
    re.IGNORECASE,
)
YES_OR_NO = re.compile(rf"=?\s*+(?:(?P<yes>true|yes|t|y|1)|false|no|f|n|0){ENDS}", re.IGNORECASE)
IDENTITY = re.compile(rf"=?\s*+(?P<pk>\d++){ENDS}")
CODE = re.compile(rf"=?\s*+(?P<code>[\w-]++){ENDS}")


def _ways_to_write(one: str) -> re.Pattern[str]:
    """Answer the pattern of one of these, a comparison with it, or a range of two."""
    return re.compile(
        rf"(?:(?P<first>{one})(?:\s*+\.\.\s*+|-|\s++-\s++)(?P<last>{one})"
        rf"|(?P<than>{THAN})?\s*+(?P<only>{one})"
        rf"|(?P<opened>[\[{{])\s*+(?P<low>{one}|\*)\s++TO\s++(?P<high>{one}|\*)\s*+(?P<closed>[\]}}])){ENDS}",
        re.IGNORECASE,
    )


WHOLE_NUMBERS = _ways_to_write(AMOUNT)
DAYS = _ways_to_write(DAY)
ORDER_NAME = re.compile(r"sort(?:ed)?+(?:\s++by)?+\s*+(?=[:<>=])", re.IGNORECASE)
ORDER = re.compile(
    r":?\s*+(?P<towards>[<>])?=?\s*+(?P<quote>[\"«])?\s*+_?"
    rf"(?P<name>{'|'.join(name.replace(' ', '[ _]++') for name in sorted(SORTS, key=len, reverse=True))})(?!\w)"
    rf"(?(quote)\s*+[\"«])(?:\s++(?P<way>asc|desc)(?:ending)?+(?!\w))?+{ENDS}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A name that takes values instead of words: how they can be written, what they mean, what to say to others."""

    name: str
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Node]], ...]
    refusal: StrPromise

    def read(self, text: str, position: int, *, now: datetime) -> tuple[Node | None, int]:
        """Answer the value that begins here and where it ends; None where there is none. Raises `NothingWithin`."""
        for pattern, meaning in self.ways:
            if found := pattern.match(text, position):
                try:
                    return meaning(found, now), found.end()
                except ValueError:  # the thirtieth of February
                    break
        return None, position


def order_at(text: str, position: int) -> tuple[Sort, int] | None:
    """Answer the order that begins here, behind its name, and where it ends; None where there is none.

    As on AO3, `>` goes up and `<` goes down.
    """
    found = ORDER.match(text, position)
    if found is None:
        return None
    column = SORTS[" ".join(found["name"].lower().replace("_", " ").split())]
    way = found["way"] or {">": "asc", "<": "desc"}.get(found["towards"])
    return Sort(column, column.begins_with_the_first if way is None else way.lower() == "asc"), found.end()


def _number(column: Column, found: re.Match[str], _now: datetime) -> Number:
    lowest, beyond = _limits(found, _whole_number)
    if beyond is not None and beyond <= (lowest or 0):
        raise NothingWithin(found[0])
    return Number(column, lowest, None if beyond is None else beyond - 1)


def _date(column: Column, found: re.Match[str], now: datetime) -> Date:
    earliest, latest = _limits(found, partial(_day, now=now))
    return _period_between(column, earliest, latest, found)


def _age(column: Column, found: re.Match[str], now: datetime) -> Date:
    """Less than seven days is less than seven days ago; 2 months ago, without more, is all of that month."""
    unit = found["unit"].lower()
    if found["amount"] is None:
        return _period_between(column, _ago(found["older"], unit, now=now), _ago(found["newer"], unit, now=now), found)
    moment = _ago(found["amount"], unit, now=now)
    if found["than"] in {None, "="}:
        return Date(column, *_calendar(moment, unit))
    return Date(column, earliest=moment) if set(found["than"]) & set("<≤") else Date(column, latest=moment)


def _flag(name: FlagName, found: re.Match[str], _now: datetime) -> Flag:
    return Flag(name, found["yes"] is not None)


def _tag_id(found: re.Match[str], _now: datetime) -> TagId:
    return TagId(min(int(found["pk"]), LARGEST))


def _language(found: re.Match[str], _now: datetime) -> LanguageIs:
    return LanguageIs(found["code"])


def _limits[Point](found: re.Match[str], span: Callable[[str], tuple[Point, Point]]) -> tuple[Point | None, Point | None]:
    """Answer the first point of what `_ways_to_write` has found and the first beyond it; each that is written spans some."""
    if found["only"]:
        begin, end = span(found["only"])
        limits: dict[str | None, tuple[Point | None, Point | None]] = {
            ">": (end, None),
            "<": (None, begin),
            **dict.fromkeys((">=", "=>", "≥"), (begin, None)),
            **dict.fromkeys(("<=", "=<", "≤"), (None, end)),
        }
        return limits.get(found["than"], (begin, end))
    if found["first"]:
        return span(found["first"])[0], span(found["last"])[1]
    low = None if found["low"] == "*" else span(found["low"])[found["opened"] == "{"]
    high = None if found["high"] == "*" else span(found["high"])[found["closed"] == "]"]
    return low, high


def _whole_number(written: str) -> tuple[int, int]:
    number = min(int("".join(filter(str.isdecimal, written))), LARGEST)
    return number, number + 1


def _day(written: str, *, now: datetime) -> tuple[datetime, datetime]:
    """Answer the day, month or year that is written, where the clock of `now` goes. Raises ValueError where there is none."""
    year, *finer = map(int, written.split("-"))
    if year not in range(EARLIEST_YEAR, LATEST_YEAR + 1):
        message = "A year that no work is of."
        raise ValueError(message)
    month, day = (*finer, 1, 1)[:2]
    return _calendar(datetime(year, month, day, tzinfo=now.tzinfo), ("year", "month", "day")[len(finer)])


def _ago(amount: str, unit: str, *, now: datetime) -> datetime:
    """Answer the moment this long before now, no earlier than any work is."""
    longest_ago = datetime(EARLIEST_YEAR, 1, 1, tzinfo=now.tzinfo)
    if unit in {"month", "year"}:
        months = now.year * MONTHS + now.month - 1 - int(amount) * (MONTHS if unit == "year" else 1)
        if months < EARLIEST_YEAR * MONTHS:
            return longest_ago
        year, month = months // MONTHS, months % MONTHS + 1
        return now.replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1]))
    try:
        return max(now - timedelta(**{f"{unit}s": int(amount)}), longest_ago)
    except OverflowError:
        return longest_ago


def _calendar(moment: datetime, unit: str) -> tuple[datetime, datetime]:
    """Answer where the hour, day, week (from Monday), month or year that a moment is in begins, and where the next one does."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    midnight = hour.replace(hour=0)
    match unit:
        case "hour":
            return hour, hour + timedelta(hours=1)
        case "day":
            return midnight, midnight + timedelta(days=1)
        case "week":
            monday = midnight - timedelta(days=midnight.weekday())
            return monday, monday + timedelta(weeks=1)
        case "month":
            first = midnight.replace(day=1)
            return first, (first + timedelta(days=monthrange(first.year, first.month)[1]))
        case _:
            first = midnight.replace(month=1, day=1)
            return first, first.replace(year=first.year + 1)


def _period_between(column: Column, earliest: datetime | None, latest: datetime | None, found: re.Match[str]) -> Date:
    if earliest is not None and latest is not None and latest <= earliest:
        raise NothingWithin(found[0])
    return Date(column, earliest, latest)


NO_NUMBER = _(
    "“%(written)s” asks for no number. Write it in digits, such as %(name)s>1000 or %(name)s:100-200. "
    "If these are words that you look for, put them in quotation marks."
)
NO_DATE = _(
    "“%(written)s” asks for no date. Write a day, such as %(name)s:>2020-12-31, or a time, such as %(name)s:<7 days or "
    "%(name)s:3 weeks ago. If these are words that you look for, put them in quotation marks."
)
NO_FLAG = _(
    "“%(written)s” asks for neither yes nor no. Write %(name)s:true or %(name)s:false. "
    "If these are words that you look for, put them in quotation marks."
)
NO_ID = _("“%(written)s” asks for no tag: here a tag is a number, such as %(name)s:123. For its name write tag:name.")
NO_CODE = _("“%(written)s” asks for no language. Write its code, such as %(name)s:en.")

SHORTHANDS = {
    one.name: one
    for one in [
        *(Shorthand(name, ((WHOLE_NUMBERS, partial(_number, column)),), NO_NUMBER) for name, column in NUMBERS.items()),
        *(
            Shorthand(name, ((AGE, partial(_age, column)), (DAYS, partial(_date, column))), NO_DATE)
            for name, column in DATES.items()
        ),
        *(Shorthand(name.value, ((YES_OR_NO, partial(_flag, name)),), NO_FLAG) for name in FlagName),
        *(Shorthand(name, ((IDENTITY, _tag_id),), NO_ID) for name in TAG_ID_NAMES),
        *(Shorthand(name, ((CODE, _language),), NO_CODE) for name in LANGUAGE_NAMES),
    ]
}
