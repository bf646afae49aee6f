"""The search for people, with AO3's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from archive.people.models import Pseud
from archive.search.listings import page_asked_for
from archive.search.selecting import known_tags
from archive.search.tag_search import BracketedForm
from archive.tags.models import FANDOM, Tag
from archive.tags.naming import split_names
from archive.text.fields import folded_key
from archive.works.models import Creatorship
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

PEOPLE_ON_A_PAGE = 25
MOST_WORDS = 10


class PeopleSearch(BracketedForm):
    """Who is looked for."""

    SCOPE = "people_search"

    query = forms.CharField(label=_("Any words"), required=False, help_text=_("In names, and in what people say of themselves."))
    name = forms.CharField(label=_("Name"), required=False)
    fandom = forms.CharField(label=_("Fandoms that they write in"), required=False)

    @property
    def asks_for_something(self) -> bool:
        """Whether anything says who is wanted."""
        return any(self.answer(name) for name in ("query", "name", "fandom"))

    def found(self) -> QuerySet[Pseud]:
        """Answer the pseuds that are looked for, by name."""
        people = Pseud.objects.visible_to(self.viewer).with_account()
        for word in self.answer("query").split()[:MOST_WORDS]:
            people = people.filter(_named(word) | Q(about_source__icontains=word))
        for word in self.answer("name").split()[:MOST_WORDS]:
            people = people.filter(_named(word))
        for name in split_names(self.answer("fandom"))[:MOST_WORDS]:
            people = people.filter(Exists(self._made_in(name)))
        return people.order_by("name", "pk")

    def _made_in(self, name: str) -> QuerySet[Creatorship]:
        """Answer by whom works in a fandom are made, of works that the viewer may find; for a look from each pseud."""
        fandom = known_tags(self.viewer).of_kind(FANDOM).filter(folded=folded_key(name)).values_list("pk", flat=True)
        family = list(Tag.objects.family_ids(fandom))
        borne = Tagging.objects.visible_to(self.viewer).filter(content_object=OuterRef("work"), tag__in=family)
        return Creatorship.objects.filter(Exists(borne), pseud=OuterRef("pk"))

    def page_of(self, request: HttpRequest) -> Page[Pseud]:
        """Answer the page that the request asks for."""
        return page_asked_for(Paginator(self.found(), PEOPLE_ON_A_PAGE), request)


def _named(word: str) -> Q:
    return Q(name__icontains=word) | Q(user__username__icontains=word)
