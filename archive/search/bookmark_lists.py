"""Lists of bookmarks: each with the blurb of what it is of, as one reader sees both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Sum
from django.urls import reverse

from archive.community.models import Bookmark
from archive.search import in_database
from archive.search.blurbs import Blurb, blurbs_of
from archive.search.bookmark_search import BY_TAG, BookmarkSearch
from archive.search.listings import page_asked_for
from archive.search.selections import Selection
from archive.tags.models import WARNING
from archive.text.fields import folded_key
from archive.text.folding import fold
from archive.text.plain import plain_text
from archive.warnings import leaving_out
from archive.warnings.headers import NAMING
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from archive.community.models import BookmarkQuerySet
    from archive.people.models import User
    from archive.tags.models import Tag
    from archive.warnings.readers import Reader

BOOKMARKS_ON_A_PAGE = 20
TAGS_SHOWN = 40  # of a member's own, those that they gave most


@dataclass(frozen=True, slots=True)
class OwnTag:
    """A word that a member gave to bookmarks, with the way to those; `count` is how many there are."""

    name: str
    owner: str
    count: int = 0

    @property
    def get_absolute_url(self) -> str:
        """The address of that member's bookmarks with this word."""
        asked = urlencode({f"{BookmarkSearch.SCOPE}[{BY_TAG}]": self.name}, safe="[]")
        return f"{reverse('user_bookmarks', args=[self.owner])}?{asked}"


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series that is bookmarked, with what it comes to for the reader."""

    series: Series
    works: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class BookmarkBlurb:
    """A bookmark in a list. Where what it is of cannot be opened by the reader, it has neither work nor series, and names none."""

    bookmark: Bookmark
    reader: Reader
    work: Blurb | None = None
    series: SeriesFacts | None = None
    unnamed: frozenset[str] = field(default_factory=frozenset)  # keys of warnings that the reader would rather not know

    @property
    def is_own(self) -> bool:
        """Whether it is the reader's."""
        return bool(self.reader.user.pk) and self.bookmark.pseud.user_id == self.reader.user.pk

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing left of what it is of, for this reader."""
        return self.work is None and self.series is None

    @property
    def is_quiet(self) -> bool:
        """Whether what somebody else says of it stays away with it: the reader leaves the work out, and it is folded."""
        return self.work is not None and self.work.is_folded and not self.is_own

    @property
    def names_warnings(self) -> bool:
        """Whether the notes of its owner name a warning that the reader would rather not know."""
        return bool(self.unnamed) and any(key in fold(plain_text(self.bookmark.notes)) for key in self.unnamed)

    @property
    def naming_url(self) -> str:
        """The address at which such notes are shown."""
        return f"{self.bookmark.get_absolute_url()}?{NAMING}=true"

    @property
    def tags(self) -> list[OwnTag]:
        """The words of its owner. Such as say which warnings a work has are kept from whoever does not want to be told."""
        owner = self.bookmark.pseud.user.username
        return [
            OwnTag(name, owner)
            for name, key in zip(self.bookmark.tag_names, self.bookmark.tag_keys, strict=True)
            if key not in self.unnamed
        ]


def shown_to(reader: Reader) -> BookmarkQuerySet:
    """Answer the bookmarks that this reader may see, without those of what they leave out and of whom they leave out.

    Their own stay, whatever they are of: what they leave out is folded in these.
    """
    bookmarks = Bookmark.objects.visible_to(reader.user)
    if not reader.leaves_something_out:
        return bookmarks
    kept = ~Q(pseud__user__in=list(reader.left_out_authors))
    if not reader.folds_left_out:
        works = leaving_out.leave_out(Work.objects.all(), reader=reader)
        kept &= Q(work=None) | Q(Exists(works.filter(pk=OuterRef("work"))))
    return bookmarks.filter(kept | Q(pseud__user=reader.user.pk) if reader.user.is_authenticated else kept)


def called_by(tag: Tag, *, reader: Reader) -> Q:
    """Answer which bookmarks are of works that bear a tag, a synonym or a sub-tag of it, or are called so by their own owners."""
    works = in_database.selected(Selection(include=(tag.pk,)), reader=reader)
    names = [tag.folded, *tag.synonyms.values_list("folded", flat=True)]
    return Q(Exists(works.filter(pk=OuterRef("work")))) | Q(tag_keys__overlap=names)


def page_of(bookmarks: BookmarkQuerySet, request: HttpRequest, *, reader: Reader) -> Page[BookmarkBlurb]:
    """Answer the page of these bookmarks that a request asks for."""
    page = page_asked_for(Paginator(bookmarks.with_names().defer("notes_source"), BOOKMARKS_ON_A_PAGE), request)
    return Page(blurbs_with(page.object_list, reader=reader), page.number, page.paginator)  # type: ignore[arg-type] # its paginator only counts


def blurbs_with(bookmarks: Iterable[Bookmark], *, reader: Reader) -> list[BookmarkBlurb]:
    """Answer bookmarks, got through their door, with the blurbs of what they are of, got through its own."""
    there = list(bookmarks)
    works, series = _works_of(there, reader=reader), _series_of(there, reader=reader)
    return [
        BookmarkBlurb(one, reader, work, series.get(one.series_id), _unnamed(work, one, reader))
        for one in there
        for work in [works.get(one.work_id)]
    ]


def _works_of(bookmarks: Sequence[Bookmark], *, reader: Reader) -> dict[int | None, Blurb]:
    ids = {one.work_id for one in bookmarks if one.work_id is not None}
    works = Work.objects.visible_to(reader.user).filter(pk__in=ids).for_pages() if ids else Work.objects.none()
    return {blurb.work.pk: blurb for blurb in blurbs_of(works, reader=reader)}


def _series_of(bookmarks: Sequence[Bookmark], *, reader: Reader) -> dict[int | None, SeriesFacts]:
    ids = {one.series_id for one in bookmarks if one.series_id is not None}
    if not ids:
        return {}
    works = Work.objects.listed_to(reader.user).filter(series_entries__series__in=ids).order_by()
    totals = works.values("series_entries__series").annotate(works=Count("pk"), words=Sum("word_count"))
    sums = {row["series_entries__series"]: (row["works"], row["words"]) for row in totals}
    found = Series.objects.visible_to(reader.user).filter(pk__in=ids).with_makers()
    return {one.pk: SeriesFacts(one, *sums.get(one.pk, (0, 0))) for one in found}


def _unnamed(blurb: Blurb | None, bookmark: Bookmark, reader: Reader) -> frozenset[str]:
    if blurb is None or not blurb.hides_which or bookmark.pseud.user_id == reader.user.pk:
        return frozenset()
    return frozenset(folded_key(label.name) for label in blurb.work.labels if label.kind_id == WARNING)


def tags_of(person: User, *, reader: Reader) -> list[OwnTag]:
    """Answer the words that a member gave most to bookmarks that this reader may see."""
    if reader.hides_which and person != reader.user:
        return []  # among them could be what the reader would rather not know of one work or another
    one = Func(F("tag_names"), function="unnest")
    one.set_returning = True
    given = shown_to(reader).by(person).order_by().annotate(one=one).values("one").annotate(count=Count("pk"))
    return [OwnTag(row["one"], person.username, row["count"]) for row in given.order_by("-count", "one")[:TAGS_SHOWN]]
