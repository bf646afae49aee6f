"""Taking an act of wrangling back, as long as nothing newer rests on what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from archive.tags import changes, descent, refusals, wrangling
from archive.tags.changes import METATAGS, PARENTS, Changes
from archive.tags.models import Kind, Tag, Verb, WranglingAct
from archive.tags.signals import merge_undone

if TYPE_CHECKING:
    from archive.people.models import User


@transaction.atomic
def undo(act: WranglingAct, *, by: User) -> None:
    """Make everything that an act changed what it was before.

    Raises `AlreadyUndone`; `NewerInTheWay` where something of it was changed since, or would no longer fit; and
    `OnlyCaseAndAccents` where a wrangler would take back what only an administrator may do.
    """
    wrangling.wait_for_others()
    act = WranglingAct.objects.select_for_update().get(pk=act.pk)
    if act.undone_at is not None:
        raise refusals.AlreadyUndone
    back = Changes.from_kept(act.before, act.after).turned_back()
    if not back.turned_back().are_as_left():
        raise refusals.NewerInTheWay(act.name)
    for tag in Tag.objects.filter(pk__in=back.tags_with("name")):
        try:
            wrangling.refuse_rename(tag, str(back.after[tag.pk]["name"]), by=by)
        except refusals.NameTaken as refusal:
            raise refusals.NewerInTheWay(act.name) from refusal
    if any(not wrangling.is_unused(tag) for tag in Tag.objects.filter(pk__in=back.tags_with("kind_id"))):
        raise refusals.NewerInTheWay(act.name)
    back.carry_out()
    if not (synonyms_fit(back) and links_fit(back)):
        raise refusals.NewerInTheWay(act.name)
    if act.verb == Verb.MERGED:
        pk = act.after["tags"][str(act.tag_id)]["synonym_of_id"]
        merge_undone.send(Tag, tag=act.tag, into=Tag.objects.get(pk=pk), moved=act.moved)
    act.undone_at, act.undone_by = timezone.now(), by
    act.save(update_fields=["undone_at", "undone_by"])


def synonyms_fit(made: Changes) -> bool:
    """Whether every synonym in it stands for a canonical tag of its kind, and has no links but those that came back."""
    synonyms = Tag.objects.filter(Q(pk__in=made.after) | Q(synonym_of__in=made.after), synonym_of__isnull=False)
    if synonyms.exclude(synonym_of__is_canonical=True, synonym_of__kind=F("kind")).exists():
        return False
    own = list(synonyms.filter(pk__in=made.after).values_list("pk", flat=True))
    return set(changes.links_of(own)) <= made.come


def links_fit(made: Changes) -> bool:
    """Whether the links that came are between tags that can have them, and those of tags that changed are as well."""
    tags = Tag.objects.in_bulk(made.touched)
    kinds = Kind.objects.in_bulk()
    above: dict[int, set[int]] = {}
    for relation, one, other in made.come:
        tag, upper = tags[one], tags[other]
        if not upper.is_canonical:
            return False
        if relation == PARENTS and (upper.kind_id not in kinds[tag.kind_id].parent_kinds or tag.synonym_of_id):
            return False
        if relation == METATAGS:
            above[other] = above.get(other) or descent.above([other])
            if not tag.is_canonical or tag.kind_id != upper.kind_id or one in above[other]:
                return False
    fallen = [pk for pk, cells in made.after.items() if cells.get("is_canonical") is False]
    return not Tag.objects.filter(pk__in=fallen).exclude(metatags=None, subtags=None, children=None).exists()
