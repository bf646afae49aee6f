"""Series: which works belong together, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from archive.people.models import User
from archive.works.models import Series, SeriesEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.works.entries import SeriesPlace
    from archive.works.models import Work


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


def _begin(title: str, work: Work, *, by: User) -> Series:
    """Make a series by whoever begins it, under their names of the work; its other makers are asked before theirs stand there."""
    series = Series.objects.create(title=title)
    series.pseuds.set(work.creatorships.filter(pseud__user=by).values_list("pseud", flat=True))
    return series
