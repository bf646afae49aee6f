"""Ways into the archive for those who do not know yet what they look for."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from archive.search import finding
from archive.search.selecting import known_tags
from archive.statements import any_of
from archive.tags.models import FANDOM, MEDIA, Tag
from archive.text.fields import folded_key
from archive.warnings import leaving_out
from archive.works.languages import Language
from archive.works.models import Work

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from django.db.models.expressions import RawSQL

    from archive.people.models import Viewer
    from archive.warnings.readers import Reader
    from archive.works.series import Series

FANDOMS_AT_HOME = 12
FANDOMS_OF_A_MEDIUM = 5
MANY_FANDOMS = 1_000
UNCATEGORIZED = "Uncategorized Fandoms"


@dataclass(frozen=True, slots=True)
class Counted[Row]:
    """A row, and how many works that the viewer may find bear it."""

    row: Row
    works: int


@dataclass(frozen=True, slots=True)
class Medium:
    """A type of media with its largest fandoms."""

    tag: Tag
    fandoms: list[Counted[Tag]]
    count: int

    @property
    def has_more(self) -> bool:
        """Whether it has more fandoms than stand here."""
        return self.count > len(self.fandoms)


@dataclass(frozen=True, slots=True)
class Letter:
    """The fandoms that begin with one letter."""

    letter: str
    fandoms: list[Counted[Tag]]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the works of a series come to."""

    works: int
    words: int
    begun_at: dt.datetime | None
    updated_at: dt.datetime | None


def fandoms_with_counts(*, viewer: Viewer) -> list[Counted[Tag]]:
    """Answer the fandoms that there are works in, each with the number of those listed to this viewer, by name."""
    counts = counts_of_fandoms(viewer=viewer)
    fandoms = known_tags(viewer).filter(pk__in=_looked_up(counts)).order_by("folded")
    return [Counted(fandom, counts[fandom.pk]) for fandom in fandoms]


def counts_of_fandoms(*, viewer: Viewer) -> dict[int, int]:
    """Answer how many works listed to this viewer each fandom has, by its id, the largest first.

    Works under a synonym count for its canonical. As all counts these may be a second old: whoever shows the fandoms gets their
    rows by `with_their_counts`, which asks what the viewer may know of.
    """
    return finding.counts(FANDOM, viewer=viewer)


def largest_fandoms(*, viewer: Viewer) -> list[Counted[Tag]]:
    """Answer the fandoms with most works."""
    counts = counts_of_fandoms(viewer=viewer)
    return with_their_counts(list(islice(counts, FANDOMS_AT_HOME)), counts, viewer=viewer)


def with_their_counts(wanted: Collection[int], counts: Mapping[int, int], *, viewer: Viewer) -> list[Counted[Tag]]:
    """Answer these fandoms, in their order, as far as the viewer may know of them."""
    fandoms = {fandom.pk: fandom for fandom in known_tags(viewer).filter(pk__in=_looked_up(wanted))}
    return [Counted(fandoms[pk], counts[pk]) for pk in wanted if pk in fandoms]


def _looked_up(ids: Collection[int]) -> Collection[int] | RawSQL:
    """Answer what a statement looks these ids up by: few each by itself, many as one value."""
    return ids if len(ids) < MANY_FANDOMS else any_of(ids)


def _ids_by_medium(counts: Mapping[int, int]) -> dict[int, list[int]]:
    """Answer these fandoms under each type of media that they are of, by name; one without any stands under the uncategorized.

    By their ids all: there are thousands, of which a page shows few.
    """
    uncategorized = Tag.objects.of_kind(MEDIA).named(UNCATEGORIZED).values_list("pk", flat=True).first()
    fandoms = Tag.objects.of_kind(FANDOM).annotate(media=ArrayAgg("parents", filter=Q(parents__kind=MEDIA), default=[]))
    found: dict[int, list[int]] = {}
    for pk, media in fandoms.order_by("folded").values_list("pk", "media"):
        if pk in counts:
            for medium in media or ([uncategorized] if uncategorized else []):
                found.setdefault(medium, []).append(pk)
    return found


def media_with_fandoms(*, viewer: Viewer) -> list[Medium]:
    """Answer the types of media that have works, each with its largest fandoms."""
    counts = counts_of_fandoms(viewer=viewer)
    by_medium = _ids_by_medium(counts)
    shown = {medium: nlargest(FANDOMS_OF_A_MEDIUM, ids, key=counts.__getitem__) for medium, ids in by_medium.items()}
    fandoms = {counted.row.pk: counted for counted in with_their_counts({*chain(*shown.values())}, counts, viewer=viewer)}
    return [
        Medium(tag, [fandoms[pk] for pk in shown[tag.pk] if pk in fandoms], len(by_medium[tag.pk]))
        for tag in Tag.objects.of_kind(MEDIA).filter(pk__in=by_medium).order_by("position", "pk")
    ]


def fandoms_by_letter(medium: Tag, *, viewer: Viewer, name: str = "") -> list[Letter]:
    """Answer the fandoms of one type of media under the letters that they begin with; what is no letter comes last.

    With part of a name, those whose names have each of its words somewhere.
    """
    counts = counts_of_fandoms(viewer=viewer)
    words = folded_key(name).split()
    letters: dict[str, list[Counted[Tag]]] = {}
    for counted in with_their_counts(_ids_by_medium(counts).get(medium.pk, []), counts, viewer=viewer):
        if not all(word in counted.row.folded for word in words):
            continue
        first = counted.row.folded.removeprefix("the ")[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(counted)
    return [Letter(letter, letters[letter]) for letter in sorted(letters, key=lambda letter: (letter == "#", letter))]


def languages_with_counts(*, viewer: Viewer) -> list[Counted[Language]]:
    """Answer the languages that there are works in, each with the number of those listed to this viewer."""
    counts = dict(Work.objects.listed_to(viewer).values_list("language").annotate(works=Count("pk")))
    return [Counted(language, counts[language.pk]) for language in Language.objects.filter(pk__in=counts)]


def in_order(series: Series, *, reader: Reader) -> tuple[list[int], Totals]:
    """Answer the works of a series that this reader finds, in their order, and what they come to."""
    works = leaving_out.leave_out(Work.objects.listed_to(reader.user).filter(series_entries__series=series), reader=reader)
    rows = list(
        works.order_by("series_entries__position", "series_entries__pk").values_list(
            "pk", "word_count", "published_at", "revised_at"
        )
    )
    totals = Totals(
        works=len(rows),
        words=sum(words for _pk, words, _begun, _updated in rows),
        begun_at=min((begun for _pk, _words, begun, _updated in rows if begun), default=None),
        updated_at=max((updated for _pk, _words, _begun, updated in rows if updated), default=None),
    )
    return [row[0] for row in rows], totals
