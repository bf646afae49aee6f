"""Changing and deleting many of one's works in one go, and undoing that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.tags.models import Kind
from archive.text.cleaning import Profile
from archive.text.fields import folded_key
from archive.works import deleting, publishing, serializing, skinning, tagging, telling, writing
from archive.works.bulk import KEPT, BulkChange, Deed, WorkState, states_of, written
from archive.works.entries import Words
from archive.works.models import USER_TAGS, Creatorship, Work
from archive.works.series import Series, SeriesEntry
from archive.works.skins import Skin
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.people.models import Pseud, User
    from archive.tags.models import Tag

MOST = 500  # works at once, in one transaction: some seconds in which these works wait for nothing else


class TooMany(ArchiveError):
    """More works than are changed at once."""


class IsUndone(ArchiveError):
    """A change that was undone before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyEdit:
    """What is to become of many works; what is not said stays. The names of tags lie under the codes of their kinds."""

    gained: Mapping[str, Sequence[str]] = field(default_factory=dict)
    lost: Mapping[str, Sequence[str]] = field(default_factory=dict)
    replaced: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of kinds of which a work has one
    language: str = ""
    is_restricted: bool | None = None
    joins: str = ""
    leaves: str = ""
    pseuds: Sequence[Pseud] = ()
    skin: Skin | None = None
    is_undressed: bool = False  # wears no skin any more


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one work; one that cannot be changed so stays as it was, and says why."""

    before: WorkState
    after: WorkState
    refusal: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether it is, or would be, another than before."""
        return self.before != self.after


@transaction.atomic
def preview(pks: Sequence[int], edit: ManyEdit, *, by: User) -> list[Outcome]:
    """Answer what an edit would do, by doing it and taking it back. Raises `TooMany`."""
    outcomes = _edit(_locked(pks, by=by), edit, by=by)
    transaction.set_rollback(True)
    return outcomes


@transaction.atomic
def change(pks: Sequence[int], edit: ManyEdit, *, by: User) -> BulkChange:
    """Edit many works, those that can be, and keep what they were like. Raises `TooMany`."""
    works = _locked(pks, by=by)
    series = {one.pk: _told(one) for one in Series.objects.editable_by(by)} if edit.leaves else {}
    outcomes = _edit(works, edit, by=by)
    there = set(Series.objects.filter(pk__in=series).values_list("pk", flat=True))
    is_changed = [outcome for outcome in outcomes if outcome.is_changed]
    return BulkChange.objects.create(
        author=by,
        deed=Deed.EDIT,
        before=written([outcome.before for outcome in is_changed]),
        after=written([outcome.after for outcome in is_changed]),
        refused=[[outcome.before.title, outcome.refusal] for outcome in outcomes if outcome.refusal],
        series_gone=[told for pk, told in series.items() if pk not in there],
        count=len(is_changed),
    )


@transaction.atomic
def delete(pks: Sequence[int], *, by: User) -> BulkChange:
    """Delete many works, which can be undone for thirty days, as with one. Raises `TooMany`."""
    works = _locked(pks, by=by)
    states = written(states_of(works, author=by))
    for work in works:
        deleting.delete(work, by=by)
    return BulkChange.objects.create(author=by, deed=Deed.DELETE, before=states, after=states, count=len(works))


@transaction.atomic
def undo(done: BulkChange, *, by: User) -> list[str]:
    """Put everything back as it was; answer the titles of works that were changed since, and so left alone. Raises `IsUndone`."""
    done = BulkChange.objects.select_for_update().get(pk=done.pk)
    if done.undone_at:
        raise IsUndone(_("This is undone already."))
    left = _restore(done, by=by) if done.deed == Deed.DELETE else _put_back(done, by=by)
    done.undone_at = timezone.now()
    done.save(update_fields=["undone_at"])
    return left


def purge_expired() -> None:
    """Forget what can no longer be undone."""
    BulkChange.objects.filter(made_at__lt=timezone.now() - KEPT).delete()


def _locked(pks: Sequence[int], *, by: User) -> list[Work]:
    """Answer the author's own of these works, locked one after another in the order of their ids."""
    if len(set(pks)) > MOST:
        raise TooMany(_("Please choose at most %(most)d works at once.") % {"most": MOST})
    return list(Work.objects.editable_by(by).filter(pk__in=pks).order_by("pk").select_for_update(of=("self",)))


def _edit(works: Sequence[Work], edit: ManyEdit, *, by: User) -> list[Outcome]:
    """Edit works that are locked, and answer what became of each. Raises what `tagging.tags_named` raises of the tags gained."""
    gained = tagging.tags_named({**edit.gained, **edit.replaced}) if edit.gained or edit.replaced else []
    kinds = {kind.code: kind for kind in Kind.objects.filter(is_on_works=True)}
    before = states_of(works, author=by)
    refusals: dict[int, str] = {}
    for work, state in zip(works, before, strict=True):
        try:
            with transaction.atomic():
                _edit_one(work, state, edit, by=by)
                if gained or edit.lost:
                    _retag(work, edit, gained, kinds)
        except ArchiveError as refusal:
            work.refresh_from_db(fields=["language", "is_restricted", "skin", "version"])
            refusals[work.pk] = str(refusal)
    after = states_of(works, author=by)
    return [Outcome(old, new, refusals.get(old.work, "")) for old, new in zip(before, after, strict=True)]


def _edit_one(work: Work, state: WorkState, edit: ManyEdit, *, by: User) -> None:
    """Edit all of one work but its tags."""
    if edit.pseuds:
        writing.sign(work, edit.pseuds, by=by)
    if edit.leaves:
        _leave(work, edit.leaves, by=by)
    if edit.joins and all(place.title.casefold() != edit.joins.casefold() for place in state.places):
        serializing.join(work, edit.joins, by=by)
    if edit.skin or edit.is_undressed:
        skinning.wear(work, edit.skin, by=by)
    work.language_id = edit.language or work.language_id
    was_restricted = work.is_restricted
    work.is_restricted = work.is_restricted if edit.is_restricted is None else edit.is_restricted
    work.version += 1  # so that no page for editing that is open somewhere undoes this unseen
    work.save(update_fields=["language", "is_restricted", "version"])
    if not work.is_draft:
        telling.tell_changed(work, by=by)
        if was_restricted and not work.is_restricted:
            telling.arrive_again(work)


def _retag(work: Work, edit: ManyEdit, gained: Sequence[Tag], kinds: Mapping[str, Kind]) -> None:
    """Give a work the tags that it gains behind its own, without those that it loses; what a posted one must have it keeps."""
    borne = [tagging.tag for tagging in work.taggings.filter(is_own=True).select_related("tag").order_by("position", "pk")]
    lost = {(kind, folded_key(name)) for kind, names in edit.lost.items() for name in names}
    stay = [tag for tag in borne if tag.kind_id not in edit.replaced and (tag.kind_id, tag.folded) not in lost]
    tags = list({tag.pk: tag for tag in [*stay, *gained]}.values())
    free = sum(tag.kind_id in kinds and not kinds[tag.kind_id].is_closed for tag in tags)
    if free > USER_TAGS:
        raise tagging.TooManyTags(_("It would have %(count)d tags; a work can have %(most)d.") % {"count": free, "most": USER_TAGS})
    tagging.tag(work, tags)
    if not work.is_draft:
        _refuse_lack(work, before=borne, after=tags, kinds=kinds)
        if any(kinds[tag.kind_id].is_closed for tag in gained):
            publishing.refuse_unaccepted(work, borne_before=frozenset(tag.pk for tag in borne))


def _refuse_lack(work: Work, *, before: Sequence[Tag], after: Sequence[Tag], kinds: Mapping[str, Kind]) -> None:
    """Raise `NotReady` where a work lacks what it had, or has several where it had one. What it lacked before is not asked here."""
    had, has = (Counter(tag.kind_id for tag in tags) for tags in (before, after))
    lacking = {code for code, kind in kinds.items() if kind.is_required and had[code] and not has[code]}
    lacking |= {code for code, kind in kinds.items() if kind.is_single and has[code] > 1 >= had[code]}
    if lacking:
        raise publishing.NotReady({code: words for code, words in publishing.missing_from(work).items() if code in lacking})


def _leave(work: Work, title: str, *, by: User) -> None:
    """Take a work out of the author's series of this title."""
    for entry in work.series_entries.filter(series__in=Series.objects.editable_by(by)).select_related("series"):
        if entry.series.title.casefold() == title.casefold():
            serializing.remove(entry, by=by)


def _told(series: Series) -> dict[str, Any]:
    """Answer all of a series but its works, to make it anew by."""
    return {
        "pk": series.pk,
        "title": series.title,
        "created_at": series.created_at.isoformat(),
        "summary": series.summary_source,
        "notes": series.notes_source,
        "is_complete": series.is_complete,
        "pseuds": list(series.pseuds.values_list("pk", flat=True)),
    }


def _restore(done: BulkChange, *, by: User) -> list[str]:
    """Bring deleted works back, those that are still there to be brought."""
    works = {work.pk: work for work in Work.objects.deleted_by(by).filter(pk__in=[state.work for state, _same in done.states])}
    for work in works.values():
        deleting.restore(work, by=by)
    return [state.title for state, _same in done.states if state.work not in works]


def _put_back(done: BulkChange, *, by: User) -> list[str]:
    """Put edited works back, those that nobody has changed since in what was edited."""
    pairs = done.states
    works = _locked([before.work for before, _after in pairs], by=by)
    now = {state.work: (work, state) for work, state in zip(works, states_of(works, author=by), strict=True)}
    left = []
    made_anew = {told["pk"]: told for told in done.series_gone}
    for before, after in pairs:
        work, state = now.get(before.work, (None, None))
        if work is None or state is None or state.own != after.own:
            left.append(before.title)
            continue
        try:
            with transaction.atomic():
                _put_one_back(work, before, after, made_anew, by=by)
        except ArchiveError:  # a name that another kind has taken meanwhile, or a value that is gone
            left.append(before.title)
    return left


def _put_one_back(work: Work, before: WorkState, after: WorkState, made_anew: Mapping[int, Mapping[str, Any]], *, by: User) -> None:
    """Put one work back, to the place of every tag."""
    if before.tags != after.tags:
        _put_tags_back(work, before)
    if before.names != after.names:
        kept = {name.pseud: name.position for name in before.names if by.pseuds.filter(pk=name.pseud).exists()}
        if kept:
            writing.sign(work, list(by.pseuds.filter(pk__in=kept)), by=by)
            for pseud, position in kept.items():
                Creatorship.objects.filter(work=work, pseud=pseud).update(position=position)
    if before.places != after.places:
        _put_places_back(work, before, after, made_anew)
    if before.skin != after.skin:
        work.skin = Skin.objects.worn(before.skin).first()  # none where it was deleted meanwhile
    work.language_id, work.is_restricted = before.language or None, before.is_restricted
    work.version += 1
    work.save(update_fields=["language", "is_restricted", "skin", "version"])
    telling.tell_changed(work, by=by)


def _put_tags_back(work: Work, before: WorkState) -> None:
    """Give a work the tags that it had; one that nothing bore meanwhile may have gone, and is made anew by its name."""
    names: dict[str, list[str]] = {}
    for tag in before.tags:
        if tag.is_own:
            names.setdefault(tag.kind, []).append(tag.name)
    tagging.tag(work, tagging.tags_named(names))
    rows = {(row.tag.kind_id, row.tag.name): row for row in work.taggings.select_related("tag")}
    for tag in before.tags:
        if row := rows.get((tag.kind, tag.name)):
            row.position = tag.position
    Tagging.objects.bulk_update(rows.values(), ["position"])


def _put_places_back(work: Work, before: WorkState, after: WorkState, made_anew: Mapping[int, Mapping[str, Any]]) -> None:
    """Take a work out of the series that it had joined, and put it back into those that it had left."""
    joined = {place.series for place in after.places} - {place.series for place in before.places}
    SeriesEntry.objects.filter(work=work, series__in=joined).delete()
    Series.objects.filter(pk__in=joined, entries=None).delete()
    for place in before.places:
        series = Series.objects.filter(pk=place.series).first()
        if series is None and place.series in made_anew:
            series = _make_anew(made_anew[place.series])
        if series:
            SeriesEntry.objects.update_or_create(series=series, work=work, defaults={"position": place.position})


def _make_anew(told: Mapping[str, Any]) -> Series:
    """Make a series again that went with its last work, under the address that it had."""
    summary, notes = Words.cleaned(str(told["summary"]), Profile.SUMMARY), Words.cleaned(str(told["notes"]), Profile.NOTES)
    series = Series.objects.create(
        pk=told["pk"], title=told["title"], is_complete=told["is_complete"],
        summary_source=summary.source, summary=summary.html, notes_source=notes.source, notes=notes.html,
    )  # fmt: skip
    Series.objects.filter(pk=series.pk).update(created_at=told["created_at"])
    series.pseuds.set(told["pseuds"])
    return series
