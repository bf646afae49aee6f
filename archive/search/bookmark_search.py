"""The form beside lists of bookmarks, with AO3's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from archive.search import in_database
from archive.search.forms import OneOf
from archive.search.selecting import known_tags
from archive.search.selections import Selection
from archive.search.tag_search import BracketedForm
from archive.tags.naming import split_names
from archive.text.fields import folded_key
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from archive.community.models import BookmarkQuerySet
    from archive.warnings.readers import Reader

MOST_WORDS = 10
MOST_NAMES = 20
NO_TAG = 0  # no tag has this number
BY_TAG = "other_bookmark_tag_names"
WORK, SERIES = "Work", "Series"
SORTS = {"bookmarkable_date": "work__revised_at", "word_count": "work__word_count"}  # else by when they were made


class BookmarkSearch(BracketedForm):
    """Which bookmarks of a list are wanted."""

    SCOPE = "bookmark_search"

    bookmark_query = forms.CharField(label=_("Words in notes and tags of bookmarks"), required=False)
    other_bookmark_tag_names = forms.CharField(label=_("Tags of the bookmark"), required=False)
    bookmarkable_query = forms.CharField(label=_("Words in the title"), required=False)
    other_tag_names = forms.CharField(label=_("Tags of the work"), required=False)
    excluded_tag_names = forms.CharField(label=_("Tags that the work must not have"), required=False)
    bookmarkable_type = OneOf(
        label=_("Bookmarks of"), required=False, choices=[("", _("Works and series")), (WORK, _("Works")), (SERIES, _("Series"))]
    )
    sort_column = OneOf(
        label=_("Sort by"), required=False,
        choices=[
            ("created_at", _("Date bookmarked")), ("bookmarkable_date", _("Date updated")), ("word_count", _("Word count")),
        ],
    )  # fmt: skip
    rec = forms.BooleanField(label=_("Recs only"), required=False)
    with_notes = forms.BooleanField(label=_("With notes only"), required=False)

    @property
    def asks_for_something(self) -> bool:
        """Whether anything says which ones are wanted."""
        return any(self.answer(name) for name in self.fields if name != "sort_column")

    def found(self, bookmarks: BookmarkQuerySet, *, reader: Reader) -> BookmarkQuerySet:
        """Answer those of these bookmarks that are wanted, in the order that is."""
        bookmarks = self._said(bookmarks)
        for word in self.answer("bookmarkable_query").split()[:MOST_WORDS]:
            # Through the doors: a work that is gone must not be known again by its title.
            works = Work.objects.visible_to(reader.user).filter(pk=OuterRef("work"), title__icontains=word)
            series = Series.objects.visible_to(reader.user).filter(pk=OuterRef("series"), title__icontains=word)
            bookmarks = bookmarks.filter(Exists(works) | Exists(series))
        if self.answer("other_tag_names") or self.answer("excluded_tag_names"):
            works = in_database.selected(self._selection(), reader=reader)
            bookmarks = bookmarks.filter(Exists(works.filter(pk=OuterRef("work"))))
        kind = self.answer("bookmarkable_type")
        if kind:
            bookmarks = bookmarks.exclude(work=None) if kind == WORK else bookmarks.exclude(series=None)
        column = self.answer("sort_column")
        if column not in SORTS:
            return bookmarks.latest_first()  # as `bookmark_latest` has them
        return bookmarks.order_by(F(SORTS[column]).desc(nulls_last=True), "-pk")

    def _said(self, bookmarks: BookmarkQuerySet) -> BookmarkQuerySet:
        """Answer those whose owners say what is wanted."""
        if self.answer("rec"):
            bookmarks = bookmarks.filter(is_rec=True)
        if self.answer("with_notes"):
            bookmarks = bookmarks.exclude(notes_source="")
        for word in self.answer("bookmark_query").split()[:MOST_WORDS]:
            bookmarks = bookmarks.saying(word)
        return bookmarks.bearing(self._keys(BY_TAG))

    def _selection(self) -> Selection:
        """Answer what the works must bear. A name that no tag has is on none."""
        wanted, unwanted = self._keys("other_tag_names"), self._keys("excluded_tag_names")
        ids = dict(known_tags(self.viewer).filter(folded__in={*wanted, *unwanted}).values_list("folded", "pk"))
        found = tuple(ids.get(key, NO_TAG) for key in wanted)
        return Selection(include=found, exclude=tuple(ids[key] for key in unwanted if key in ids))

    def _keys(self, field: str) -> list[str]:
        """Answer the keys of the names that were typed into a field."""
        return [folded_key(name) for name in split_names(self.answer(field))[:MOST_NAMES]]
