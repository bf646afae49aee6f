"""Keeping the tags in order. A merge changes what stands for what, never what stands on a work.

Every deed answers the act that the log keeps, or None where all was so already. Between them these hold, whatever comes
when: a synonym's canonical is canonical and of its kind, a synonym has no links of its own, meta tags make no circle. For
that they are done one after another: `in_hand` waits for whoever wrangles at this moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db import connection, transaction

from archive.errors import ArchiveError
from archive.tags import changes, descent, naming, refusals
from archive.tags.changes import METATAGS, PARENTS, Changes
from archive.tags.models import DETAIL_LENGTH, Kind, Tag, Verb, WranglingAct
from archive.tags.signals import merging
from archive.text.fields import folded_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archive.people.models import User
    from archive.tags.changes import Link

WRANGLING = 0x5772616E  # the number of the advisory lock: "Wran"


def wait_for_others() -> None:
    """Have nobody else wrangle until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRANGLING])


def in_hand(tag: Tag) -> Tag:
    """Answer a tag as it is now, for nobody else to wrangle meanwhile. Raises `NotWrangled`."""
    wait_for_others()
    found = Tag.objects.select_related("kind", "synonym_of").get(pk=tag.pk)
    if found.kind.is_closed:
        raise refusals.NotWrangled(found)
    return found


def record(
    verb: Verb, tag: Tag, made: Changes, *, by: User, detail: str = "", moved: dict[str, Any] | None = None
) -> WranglingAct | None:
    """Carry changes out and put them into the log; nothing to change is no act."""
    if not made:
        return None
    made.carry_out()
    return WranglingAct.objects.create(
        by=by,
        verb=verb,
        tag=tag,
        name=tag.name,
        detail=detail[:DETAIL_LENGTH],
        before=made.kept_before(),
        after=made.kept_after(),
        moved=moved or {},
    )


@transaction.atomic
def make_canonical(tag: Tag, *, by: User) -> WranglingAct | None:
    """Make a tag the one that its other spellings stand for, and that works are found by. Raises `IsSynonym`."""
    tag = in_hand(tag)
    refuse_synonym(tag)
    return record(Verb.CANONICAL, tag, Changes().put(tag, is_canonical=True, is_unwrangleable=False), by=by)


@transaction.atomic
def unmake_canonical(tag: Tag, *, by: User) -> WranglingAct | None:
    """Make a tag wait for wranglers again. Raises `StillNeeded` where other tags rest on it."""
    tag = in_hand(tag)
    if any(related.exists() for related in (tag.synonyms, tag.children, tag.metatags, tag.subtags)):
        raise refusals.StillNeeded(tag)
    return record(Verb.NOT_CANONICAL, tag, Changes().put(tag, is_canonical=False), by=by)


@transaction.atomic
def canonical_named(name: str, kind: Kind, *, by: User) -> Tag:
    """Answer the canonical tag of a name, made when there is none.

    Raises `OtherKind`, `ClosedKind`, `IsSynonym`, and the refusals of `naming`.
    """
    name = naming.tag_name(name)
    if kind.is_closed:
        raise refusals.ClosedKind(kind)
    wait_for_others()
    # An author may be typing the same name at this moment: whoever is second takes the first one's.
    Tag.objects.bulk_create([Tag(name=name, folded=folded_key(name), kind=kind)], ignore_conflicts=True)
    tag = Tag.objects.select_related("kind").get(folded=folded_key(name))
    refuse_other_kind(tag, kind)
    make_canonical(tag, by=by)
    tag.refresh_from_db(from_queryset=Tag.objects.select_related("kind"))
    return tag


@transaction.atomic
def merge(tag: Tag, *, into: Tag, by: User) -> WranglingAct | None:
    """Make a tag another spelling of a canonical one, which takes over all that hung on it.

    The target becomes canonical if it is not. Raises `Itself`, `OtherKind`, `IsSynonym` or `BetweenThem`.
    """
    tag, into = in_hand(tag), in_hand(into)
    if tag == into:
        raise refusals.Itself(tag)
    refuse_other_kind(into, tag.kind)
    make_canonical(into, by=by)
    if tag.synonym_of_id == into.pk:
        return None
    made = Changes().put(tag, is_canonical=False, is_unwrangleable=False, synonym_of_id=into.pk)
    for synonym in tag.synonyms.all():
        made.put(synonym, synonym_of_id=into.pk)
    hand_over(tag, into, made)
    moved: dict[str, Any] = {}
    for _receiver, answer in merging.send(Tag, tag=tag, into=into):
        moved |= cast("dict[str, Any]", answer)
    return record(Verb.MERGED, tag, made, by=by, detail=into.name, moved=moved)


def hand_over(tag: Tag, into: Tag, made: Changes) -> None:
    """Have all links of a tag go, and those that wranglers gave to a canonical come to what it is merged into."""
    links = changes.links_of([tag.pk])
    made.unlink(links)
    passed = set(links) if tag.is_canonical else {link for link in links if link[1] != tag.pk}
    come = {(relation, into.pk if one == tag.pk else one, into.pk if other == tag.pk else other) for relation, one, other in passed}
    come = {link for link in come if link[1] != link[2]}
    ups = {other for relation, one, other in come if relation == METATAGS and one == into.pk}
    downs = {one for relation, one, other in come if relation == METATAGS and other == into.pk}
    if (ups or downs) and (into.pk in descent.above(ups) or downs & descent.above({into.pk, *ups})):
        raise refusals.BetweenThem(tag, into)
    made.link(come)


@transaction.atomic
def split(tag: Tag, *, by: User) -> WranglingAct | None:
    """Make a synonym a tag of its own, which waits for wranglers. Raises `NotSynonym`."""
    tag = in_hand(tag)
    if tag.synonym_of is None:
        raise refusals.NotSynonym(tag)
    # A synonym has no links. One that another version of the archive left behind would come out of hiding here.
    made = Changes().put(tag, synonym_of_id=None).unlink(changes.links_of([tag.pk]))
    return record(Verb.SPLIT, tag, made, by=by, detail=tag.synonym_of.name)


@transaction.atomic
def change_parents(tag: Tag, *, add: Iterable[Tag] = (), remove: Iterable[Tag] = (), by: User) -> WranglingAct | None:
    """Say what a tag belongs to, and what no longer. Raises `IsSynonym`, `NotCanonical` or `WrongParent`."""
    tag = in_hand(tag)
    refuse_synonym(tag)
    added, removed = afresh(add), afresh(remove)
    for parent in added:
        if parent.kind_id not in tag.kind.parent_kinds:
            raise refusals.WrongParent(tag, tag.kind, parent, parent.kind)
        refuse_not_canonical(parent)
    made = change_links([(PARENTS, tag.pk, parent.pk) for parent in added], [(PARENTS, tag.pk, parent.pk) for parent in removed])
    return record(Verb.PARENTS, tag, made, by=by, detail=in_words(added, removed))


@transaction.atomic
def change_metatags(tag: Tag, *, add: Iterable[Tag] = (), remove: Iterable[Tag] = (), by: User) -> WranglingAct | None:
    """Hang a tag under wider ones, and take it away from others. Raises `NotCanonical`, `OtherKind` or `Circle`."""
    tag = in_hand(tag)
    added, removed = afresh(add), afresh(remove)
    if added:
        refuse_not_canonical(tag)
    under = descent.below([tag.pk])
    for metatag in added:
        refuse_apart(tag, metatag)
        if metatag.pk in under:
            raise refusals.Circle(tag, metatag)
    made = change_links([(METATAGS, tag.pk, other.pk) for other in added], [(METATAGS, tag.pk, other.pk) for other in removed])
    return record(Verb.METATAGS, tag, made, by=by, detail=in_words(added, removed))


@transaction.atomic
def change_subtags(tag: Tag, *, add: Iterable[Tag] = (), remove: Iterable[Tag] = (), by: User) -> WranglingAct | None:
    """Hang more precise tags under one, and take others away. Raises `NotCanonical`, `OtherKind` or `Circle`."""
    tag = in_hand(tag)
    added, removed = afresh(add), afresh(remove)
    if added:
        refuse_not_canonical(tag)
    over = descent.above([tag.pk])
    for subtag in added:
        refuse_apart(tag, subtag)
        if subtag.pk in over:
            raise refusals.Circle(subtag, tag)
    made = change_links([(METATAGS, other.pk, tag.pk) for other in added], [(METATAGS, other.pk, tag.pk) for other in removed])
    return record(Verb.METATAGS, tag, made, by=by, detail=in_words(added, removed))


@transaction.atomic
def mark_unwrangleable(tag: Tag, *, by: User) -> WranglingAct | None:
    """Say that nothing can be made of a tag. Raises `IsSynonym` or `IsCanonical`."""
    tag = in_hand(tag)
    refuse_synonym(tag)
    if tag.is_canonical:
        raise refusals.IsCanonical(tag)
    return record(Verb.UNWRANGLEABLE, tag, Changes().put(tag, is_unwrangleable=True), by=by)


@transaction.atomic
def mark_wrangleable(tag: Tag, *, by: User) -> WranglingAct | None:
    """Make a tag that nothing could be made of wait for wranglers again."""
    tag = in_hand(tag)
    return record(Verb.WRANGLEABLE, tag, Changes().put(tag, is_unwrangleable=False), by=by)


@transaction.atomic
def rename(tag: Tag, name: str, *, by: User) -> WranglingAct | None:
    """Write a tag otherwise, on all works that bear it.

    Raises `OnlyCaseAndAccents` where somebody other than an administrator would change more, `NameTaken`, and the
    refusals of `naming`.
    """
    tag = in_hand(tag)
    name = naming.tag_name(name)
    refuse_rename(tag, name, by=by)
    return record(Verb.RENAMED, tag, Changes().put(tag, name=name), by=by, detail=name)


@transaction.atomic
def change_kind(tag: Tag, kind: Kind, *, by: User) -> WranglingAct | None:
    """Make a tag that nobody uses yet one of another kind. Raises `ClosedKind` or `InUse`."""
    tag = in_hand(tag)
    if kind.is_closed:
        raise refusals.ClosedKind(kind)
    if tag.kind == kind:
        return None
    # Whoever puts it on a work at this moment is waited for, and then it is in use.
    Tag.objects.select_for_update().get(pk=tag.pk)
    links = changes.links_of([tag.pk])
    if tag.is_canonical or tag.synonym_of_id or not is_unused(tag) or any(link[1] != tag.pk for link in links):
        raise refusals.InUse(tag)
    return record(Verb.KIND, tag, Changes().put(tag, kind_id=kind.pk).unlink(links), by=by, detail=kind.name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many tags: an act, or a refusal, or neither where all was so already."""

    tag: Tag
    act: WranglingAct | None = None
    refusal: ArchiveError | None = None


@transaction.atomic
def each(tags: Sequence[Tag], deed: Callable[[Tag], WranglingAct | None]) -> list[Outcome]:
    """Do one deed to many tags, and answer what became of each; one that is refused keeps no other from it."""
    outcomes = []
    for tag in tags:
        try:
            with transaction.atomic():
                outcomes.append(Outcome(tag, act=deed(tag)))
        except ArchiveError as refusal:
            outcomes.append(Outcome(tag, refusal=refusal))
    return outcomes


def afresh(tags: Iterable[Tag]) -> list[Tag]:
    """Answer tags as they are now."""
    return list(Tag.objects.filter(pk__in=[tag.pk for tag in tags]).select_related("kind", "synonym_of").order_by("folded"))


def change_links(add: Sequence[Link], remove: Sequence[Link]) -> Changes:
    """Answer the changes by which these links come and those go, as far as they are not so already."""
    return Changes().link(add).unlink(changes.present(set(remove) - set(add)))


def in_words(added: Sequence[Tag], removed: Sequence[Tag]) -> str:
    """Answer what came and what went, for the log."""
    return ", ".join([f"+ {tag.name}" for tag in added] + [f"− {tag.name}" for tag in removed])


def is_unused(tag: Tag) -> bool:
    """Whether a tag is on no work and on no chapter, drafts included."""
    return not (tag.taggings.exists() or tag.warned_chapters.exists())


def refuse_synonym(tag: Tag) -> None:
    """Raise `IsSynonym` for one."""
    if tag.synonym_of is not None:
        raise refusals.IsSynonym(tag, tag.synonym_of)


def refuse_not_canonical(tag: Tag) -> None:
    """Raise `IsSynonym` or `NotCanonical` for a tag that is not canonical."""
    refuse_synonym(tag)
    if not tag.is_canonical:
        raise refusals.NotCanonical(tag)


def refuse_other_kind(tag: Tag, kind: Kind) -> None:
    """Raise `OtherKind` where a tag is not of this kind."""
    if tag.kind_id != kind.pk:
        raise refusals.OtherKind(tag, tag.kind)


def refuse_apart(tag: Tag, other: Tag) -> None:
    """Raise `Itself`, `OtherKind` or `NotCanonical` where two tags cannot hang under each other."""
    if tag == other:
        raise refusals.Itself(tag)
    refuse_other_kind(other, tag.kind)
    refuse_not_canonical(other)


def refuse_rename(tag: Tag, name: str, *, by: User) -> None:
    """Raise `OnlyCaseAndAccents` or `NameTaken` where a tag cannot get this name from this person."""
    key = folded_key(name)
    if key != tag.folded and not by.is_staff:
        raise refusals.OnlyCaseAndAccents(tag)
    if other := Tag.objects.filter(folded=key).exclude(pk=tag.pk).first():
        raise refusals.NameTaken(other)
