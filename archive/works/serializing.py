"""Series: which works belong together, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import Pseud, User
from archive.text.cleaning import CLEANER_VERSION
from archive.works.series import Series, SeriesEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.works.entries import SeriesPlace, Words
    from archive.works.models import Work


class OtherWorks(ArchiveError):
    """The order names works that the series does not have, or not all of those that its author sees in it."""


class TitleTaken(ArchiveError):
    """The author has another series of this title, and works find their series by it."""


class NoAuthor(ArchiveError):
    """A series that nobody would be the author of, or a name that is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEdit:
    """What one of its authors says of a series. `pseuds` are that author's own; others join by their own yes (`cowriting`)."""

    title: str
    summary: Words
    notes: Words
    is_complete: bool
    pseuds: Sequence[Pseud]


def place(work: Work, places: Sequence[SeriesPlace], *, by: User) -> None:
    """Put a work into its author's series of these titles, making those that are new, and take it out of the others.

    A series whose last work leaves is no more. Series of other authors are left alone.
    """
    User.objects.select_for_update().get(pk=by.pk)  # two works at once must not begin the same series twice
    wanted = {place.title.casefold(): place for place in places}
    own = {series.title.casefold(): series for series in Series.objects.editable_by(by)}
    left = [series for title, series in own.items() if title not in wanted]
    SeriesEntry.objects.filter(work=work, series__in=left).delete()
    for title, place in wanted.items():
        series = own.get(title) or _begin(place.title, work, by=by)
        last = series.entries.exclude(work=work).aggregate(last=Max("position", default=0))["last"]
        earlier = series.entries.filter(work=work).first()
        position = place.position or (earlier.position if earlier else last + 1)
        SeriesEntry.objects.update_or_create(series=series, work=work, defaults={"position": position})
    Series.objects.filter(pk__in=[series.pk for series in left], entries=None).delete()


@transaction.atomic
def join(work: Work, title: str, *, by: User) -> None:
    """Put a work last into its author's series of this title, which is begun where there is none."""
    User.objects.select_for_update().get(pk=by.pk)
    own = {series.title.casefold(): series for series in Series.objects.editable_by(by)}
    series = own.get(title.casefold()) or _begin(title, work, by=by)
    last = series.entries.aggregate(last=Max("position", default=0))["last"]
    SeriesEntry.objects.get_or_create(series=series, work=work, defaults={"position": last + 1})


def _begin(title: str, work: Work, *, by: User) -> Series:
    """Make a series by whoever begins it, under their names of the work; its other makers are asked before theirs stand there."""
    series = Series.objects.create(title=title)
    series.pseuds.set(work.creatorships.filter(pseud__user=by).values_list("pseud", flat=True))
    return series


@transaction.atomic
def edit(series: Series, entry: SeriesEdit, *, by: User) -> None:
    """Keep what an author says of a series. Raises `TitleTaken` or `NoAuthor`."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    twins = Series.objects.editable_by(by).exclude(pk=series.pk)
    if any(twin.title.casefold() == entry.title.casefold() for twin in twins):
        raise TitleTaken(_("You have another series of this title."))
    _name_authors(series, entry, by=by)
    series.title, series.is_complete, series.cleaner_version = entry.title, entry.is_complete, CLEANER_VERSION
    series.summary_source, series.summary = entry.summary.source, entry.summary.html
    series.notes_source, series.notes = entry.notes.source, entry.notes.html
    series.save()


def _name_authors(series: Series, entry: SeriesEdit, *, by: User) -> None:
    """Put the author's own pseuds under a series; nobody takes another's away."""
    if any(pseud.user_id != by.pk for pseud in entry.pseuds):
        raise NoAuthor(_("Please choose one of your own names."))
    if not entry.pseuds and not series.pseuds.exclude(user=by).exists():
        raise NoAuthor(_("A series needs at least one author. To give it up, delete it."))
    series.pseuds.remove(*series.pseuds.filter(user=by).exclude(pk__in=[pseud.pk for pseud in entry.pseuds]))
    series.pseuds.add(*entry.pseuds)


@transaction.atomic
def arrange(series: Series, order: Sequence[int], *, by: User) -> None:
    """Put the works of a series into this order of their entries' ids, and number them from 1. Raises `OtherWorks`.

    Works that the author cannot see, such as another author's drafts, keep their places among them.
    """
    Series.objects.select_for_update().get(pk=series.pk)
    entries = list(series.entries.in_order())
    visible = set(series.entries.visible_to(by).values_list("pk", flat=True))
    if sorted(order) != sorted(visible):
        raise OtherWorks(_("The works have changed in the meantime. Please look at their order once more."))
    moved = iter(order)
    places = {entry.pk: entry for entry in entries}
    for position, entry in enumerate(entries, start=1):
        places[next(moved) if entry.pk in visible else entry.pk].position = position
    SeriesEntry.objects.bulk_update(entries, ["position"])


@transaction.atomic
def remove(entry: SeriesEntry, *, by: User) -> bool:  # noqa: ARG001 - every deed says who does it
    """Take a work out of a series, and say whether the series is still there: one whose last work leaves is no more."""
    series = Series.objects.select_for_update().get(pk=entry.series_id)
    entry.delete()
    if not series.entries.exists():
        series.delete()
        return False
    return True


@transaction.atomic
def delete(series: Series, *, by: User) -> None:  # noqa: ARG001 - likewise
    """Undo a series. Its works stay."""
    series.delete()
