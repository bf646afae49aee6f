"""Ways into the archive for those who do not know yet what they look for."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import Coalesce

from archive.tags.models import FANDOM, MEDIA, Tag
from archive.text.fields import folded_key
from archive.warnings import leaving_out
from archive.works.languages import Language
from archive.works.models import Work
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    import datetime as dt

    from archive.people.models import Viewer
    from archive.warnings.readers import Reader
    from archive.works.series import Series

FANDOMS_AT_HOME = 12
FANDOMS_OF_A_MEDIUM = 5
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
    """Answer the fandoms that there are works in, each with the number of those listed to this viewer, by name.

    One pass over the taggings of fandoms, whatever their number.
    """
    counts = counts_of_fandoms(viewer=viewer)
    fandoms = Tag.objects.filter(pk__in=counts).order_by("folded").prefetch_related("parents")
    return [Counted(fandom, counts[fandom.pk]) for fandom in fandoms]


def counts_of_fandoms(*, viewer: Viewer) -> dict[int, int]:
    """Answer how many works listed to this viewer each fandom has, by its id; works under a synonym count for its canonical."""
    return dict(
        Tagging.objects.visible_to(viewer)
        .filter(tag__kind=FANDOM)
        .annotate(canonical=Coalesce("tag__synonym_of", "tag"))
        .values_list("canonical")
        .annotate(works=Count("content_object", distinct=True))
    )


def largest_fandoms(*, viewer: Viewer) -> list[Counted[Tag]]:
    """Answer the fandoms with most works."""
    counts = counts_of_fandoms(viewer=viewer)
    largest = nlargest(FANDOMS_AT_HOME, counts, key=lambda pk: (counts[pk], -pk))
    fandoms = Tag.objects.in_bulk(largest)
    return [Counted(fandoms[pk], counts[pk]) for pk in largest]


def fandoms_of_media(*, viewer: Viewer) -> dict[int, list[Counted[Tag]]]:
    """Answer the fandoms under the id of each type of media; one without any stands under the uncategorized."""
    uncategorized = Tag.objects.of_kind(MEDIA).named(UNCATEGORIZED).values_list("pk", flat=True).first()
    found: dict[int, list[Counted[Tag]]] = {}
    for counted in fandoms_with_counts(viewer=viewer):
        media = [parent.pk for parent in counted.row.parents.all() if parent.kind_id == MEDIA]
        for pk in media or ([uncategorized] if uncategorized else []):
            found.setdefault(pk, []).append(counted)
    return found


def media_with_fandoms(*, viewer: Viewer) -> list[Medium]:
    """Answer the types of media that have works, each with its largest fandoms."""
    fandoms = fandoms_of_media(viewer=viewer)
    return [
        Medium(tag, sorted(found, key=lambda counted: -counted.works)[:FANDOMS_OF_A_MEDIUM], len(found))
        for tag in Tag.objects.of_kind(MEDIA).order_by("position", "pk")
        if (found := fandoms.get(tag.pk))
    ]


def fandoms_by_letter(medium: Tag, *, viewer: Viewer, name: str = "") -> list[Letter]:
    """Answer the fandoms of one type of media under the letters that they begin with; what is no letter comes last.

    With part of a name, those whose names have each of its words somewhere.
    """
    words = folded_key(name).split()
    letters: dict[str, list[Counted[Tag]]] = {}
    for counted in fandoms_of_media(viewer=viewer).get(medium.pk, []):
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
