"""The search for tags, with AO3's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from archive.search.forms import ASCENDING, DESCENDING, OneOf
from archive.search.listings import page_asked_for
from archive.search.selecting import known_tags
from archive.tags.models import FANDOM, Kind, Tag
from archive.tags.naming import split_names
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from archive.people.models import Viewer
    from archive.tags.models import TagQuerySet

TAGS_ON_A_PAGE = 50
LONGEST_NAME = 150
MOST_WORDS = 10
STATUSES = {
    "canonical": Q(is_canonical=True),
    "noncanonical": Q(is_canonical=False),
    "synonymous": Q(synonym_of__isnull=False),
    "canonical_synonymous": Q(is_canonical=True) | Q(synonym_of__isnull=False),
    "noncanonical_nonsynonymous": Q(is_canonical=False, synonym_of=None),
    "unwrangleable": Q(is_unwrangleable=True),
}
SORTS = {"name": "folded", "created_at": "created_at", "uses": "uses"}


class BracketedForm(forms.Form):
    """A form that is always bound to an address, its parameters in AO3's brackets."""

    SCOPE: str

    def __init__(self, query: QueryDict, *, viewer: Viewer) -> None:
        self.viewer = viewer
        bare = query.copy()
        for key, values in query.lists():
            bare.setlist(key, [value.replace("\0", "") for value in values])
        super().__init__(bare, auto_id=f"{self.SCOPE}_%s")

    def add_prefix(self, field_name: str) -> str:
        """Answer the parameter of a field."""
        return f"{self.SCOPE}[{field_name}]"

    def answer(self, name: str) -> str:
        """Answer what was typed, however long."""
        self.is_valid()
        return cast("str", self.cleaned_data.get(name, "") or "")


class TagSearch(BracketedForm):
    """Which tags are looked for."""

    SCOPE = "tag_search"

    name = forms.CharField(label=_("Name"), required=False, help_text=_("Each word is looked for anywhere in a name."))
    fandoms = forms.CharField(label=_("Fandoms"), required=False)
    type = OneOf(label=_("Kind"), required=False)
    wrangling_status = OneOf(
        label=_("Wrangling status"),
        required=False,
        choices=[
            ("", _("Any")),
            ("canonical", _("Canonical")),
            ("noncanonical", _("Not canonical")),
            ("synonymous", _("Synonyms")),
            ("canonical_synonymous", _("Canonical or synonyms")),
            ("noncanonical_nonsynonymous", _("Neither canonical nor synonyms")),
            ("unwrangleable", _("Unwrangleable")),
        ],
    )
    sort_column = OneOf(
        label=_("Sort by"), required=False, choices=[("name", _("Name")), ("created_at", _("Date created")), ("uses", _("Uses"))]
    )
    sort_direction = OneOf(
        label=_("Direction"), required=False, choices=[(ASCENDING, _("Ascending")), (DESCENDING, _("Descending"))]
    )

    def __init__(self, query: QueryDict, *, viewer: Viewer) -> None:
        super().__init__(query, viewer=viewer)
        # AO3 writes a kind with a capital; its name for additional tags is ours.
        kinds = list(Kind.objects.all())
        asked = query.get("tag_search[type]", "")
        by_name = {kind.code.lower().replace("-", ""): kind.code for kind in kinds} | {"archivewarning": "warning"}
        if code := by_name.get(asked.lower().replace("-", "")):
            cast("QueryDict", self.data)["tag_search[type]"] = code
        cast("OneOf", self.fields["type"]).choices = [("", _("Any")), *((kind.code, kind.name) for kind in kinds)]

    @property
    def asks_for_something(self) -> bool:
        """Whether anything says which tags are wanted."""
        return any(self.answer(name) for name in ("name", "fandoms", "type", "wrangling_status"))

    def found(self) -> TagQuerySet:
        """Answer the tags that are looked for, of those that the viewer may know of, in order."""
        tags = known_tags(self.viewer)
        for word in folded_key(self.answer("name")[:LONGEST_NAME].replace("*", " ")).split()[:MOST_WORDS]:
            tags = tags.filter(folded__contains=word)
        if kind := self.answer("type"):
            tags = tags.filter(kind=kind)
        if status := self.answer("wrangling_status"):
            tags = tags.filter(STATUSES[status])
        for name in split_names(self.answer("fandoms"))[:MOST_WORDS]:
            fandom = Tag.objects.of_kind(FANDOM).named(name)
            links = Tag.parents.through.objects
            own = links.filter(from_tag=OuterRef("pk"), to_tag__in=fandom.values("pk"))
            tags = tags.filter(Exists(own))
        column = SORTS[self.answer("sort_column") or "name"]
        is_descending = (self.answer("sort_direction") or (ASCENDING if column == "folded" else DESCENDING)) == DESCENDING
        return tags.order_by(f"-{column}" if is_descending else column, "pk")

    def page_of(self, request: HttpRequest) -> Page[Tag]:
        """Answer the page that the request asks for."""
        return page_asked_for(Paginator(self.found().select_related("kind", "synonym_of"), TAGS_ON_A_PAGE), request)
