"""What an autocomplete field offers while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length

from archive.tags.models import Kind, Tag
from archive.text.fields import folded_key
from archive.works.models import Tagging

if TYPE_CHECKING:
    from archive.people.models import Viewer

OFFERED = 15
LONGEST_TERM = 150
ANY_TAG = "tag"


class NoSuchMethod(LookupError):
    """There is no autocomplete of this name."""


def tags_for(method: str, term: str, *, viewer: Viewer) -> list[str]:
    """Answer names of tags with a word that begins like `term`, of the kind that `method` names or of any.

    Only tags that anybody may know of are offered: canonical ones, the first, and those on works listed to the viewer.
    """
    if method != ANY_TAG and not Kind.objects.filter(pk=method).exists():
        raise NoSuchMethod(method)
    folded = folded_key(term[:LONGEST_TERM])
    if not folded:
        return []
    known = Tag.objects.known_or_in(Tagging.objects.visible_to(viewer)).starting(folded)
    if method != ANY_TAG:
        known = known.of_kind(method)
    first = Case(When(folded__startswith=folded, then=Value(0)), default=Value(1), output_field=IntegerField())
    ranked = known.order_by("-is_canonical", first, Length("folded"), "folded")
    return list(ranked.values_list("name", flat=True)[:OFFERED])
