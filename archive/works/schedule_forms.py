"""The form in which an author says when a draft is to be posted, by the clocks of their own zone."""

from __future__ import annotations

import zoneinfo
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.works import scheduling
from archive.works.scheduled import ScheduledPosting

if TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from archive.people.models import User

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

type Choices = list[tuple[str | _StrPromise, str | _StrPromise | list[tuple[str, str]]]]


@cache
def zones() -> Choices:
    """Answer the zones that are offered: the world's cities by their parts of the world, and the time of all of it."""
    names = sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in AREAS and "/" in name)
    offered: Choices = [("", _("Choose a zone")), ("UTC", "UTC")]
    for area, cities in groupby(names, key=lambda name: name.split("/")[0]):
        offered.append((area, [(name, name.split("/", 1)[1].replace("_", " ").replace("/", ", ")) for name in cities]))
    return offered


class ZoneField(forms.ChoiceField):
    """A time zone by its name. Those of the world's cities are offered; a browser may know its own by an older name."""

    def __init__(self) -> None:
        super().__init__(label=_("Time zone"), choices=zones, error_messages={"required": _("Please say by which clocks.")})

    def valid_value(self, value: object) -> bool:
        """Whether there is such a zone."""
        return str(value) in zoneinfo.available_timezones()


class ScheduleForm(forms.Form):
    """A day, a time, and by which clocks."""

    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Please write the day like 2004-11-30."), "required": _("Please choose a day.")},
    )  # fmt: skip
    time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": _("Please write the time like 18:30."), "required": _("Please choose a time.")},
    )  # fmt: skip
    zone = ZoneField()
    at: dt.datetime

    def __init__(self, sent: QueryDict | None = None, *, planned: ScheduledPosting | None, author: User) -> None:
        if planned:
            initial = {"day": planned.wall_clock.date(), "time": planned.wall_clock.time(), "zone": planned.zone}
        else:
            lately = ScheduledPosting.objects.filter(set_by=author).order_by("-due_at").values_list("zone", flat=True).first()
            initial = {"zone": lately or ""}
        super().__init__(sent, initial=initial)

    def clean(self) -> dict[str, object]:
        """Turn it into a moment; what the clocks never show, or show twice, is refused."""
        typed = self.cleaned_data
        if len(typed) == len(self.fields):
            try:
                self.at = scheduling.moment_of(typed["day"], typed["time"], typed["zone"])
            except scheduling.NotThatTime as refusal:
                self.add_error("time", str(refusal))
            except OverflowError:  # the year 9999, by clocks that are behind
                self.add_error("day", _("Please choose another day."))
        return typed
