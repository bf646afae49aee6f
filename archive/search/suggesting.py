"""What an autocomplete field offers while somebody types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length

from archive.search.index import offering
from archive.tags.models import FANDOM, Kind, Tag
from archive.text.fields import folded_key
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import Viewer
    from archive.tags.models import TagQuerySet

OFFERED = 15
LOOKED_AT = 2 * OFFERED  # some may turn out to be none of the viewer's business any more
LONGEST_TERM = 150
ANY_TAG = "tag"
IN_FANDOM = "_in_fandom"  # the end of the methods that take fandoms too (facts/ao3.md 3.3)
COMMAS = re.compile("[,，、]")


class NoSuchMethod(LookupError):
    """There is no autocomplete of this name."""


def tags_for(method: str, term: str, *, viewer: Viewer, fandoms: str = "") -> list[str]:
    """Answer names of tags with words that begin like those of `term`, of the kind that `method` names or of any.

    Only tags that anybody may know of are offered: canonical ones, the first, and those on works listed to the viewer. What
    is used more comes before what is used less, and the tags of these fandoms, named with commas between, before others.
    """
    kind = method.removesuffix(IN_FANDOM)
    if kind != ANY_TAG and not Kind.objects.filter(pk=kind).exists():
        raise NoSuchMethod(method)
    typed = term[:LONGEST_TERM]
    folded = folded_key(typed)
    if not folded:
        return []
    known = Tag.objects.known_or_in(Tagging.objects.visible_to(viewer))
    if kind != ANY_TAG:
        known = known.of_kind(kind)
    names = [folded_key(name) for name in COMMAS.split(fandoms)] if fandoms else []
    of_fandoms = (
        Tag.objects.family_ids(Tag.objects.of_kind(FANDOM).filter(folded__in=names).values_list("pk", flat=True)) if names else ()
    )
    ids = offering.beginning(
        typed,
        kind="" if kind == ANY_TAG else kind,
        fandoms=of_fandoms,
        is_member=viewer.is_authenticated,
        limit=LOOKED_AT,
    )
    return _from_database(known, folded) if ids is None else _known(known, ids, folded)


def _known(known: TagQuerySet, ids: Iterable[int], folded: str) -> list[str]:
    """Answer the names of these tags, in this order, as far as they may be known; the one that was typed out comes first."""
    there = {pk: (name, key) for pk, name, key in known.filter(pk__in=ids).values_list("pk", "name", "folded")}
    found = [there[pk] for pk in ids if pk in there]
    return [name for name, _ in sorted(found, key=lambda one: one[1] != folded)][:OFFERED]


def _from_database(known: TagQuerySet, folded: str) -> list[str]:
    """Answer what the database finds, where there is no index."""
    first = Case(When(folded__startswith=folded, then=Value(0)), default=Value(1), output_field=IntegerField())
    ranked = known.starting(folded).order_by("-is_canonical", first, Length("folded"), "folded")
    return list(ranked.values_list("name", flat=True)[:OFFERED])
