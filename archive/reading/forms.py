"""What readers send: where they stopped, and whether their history is kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.reading import visiting
from archive.reading.visiting import Stop

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.models import Work

MOST_BLOCKS = 1_000_000
LAST_SECOND = 4_102_444_800  # of the year 2099: the clock of no device is later


class StopForm(forms.Form):
    """Where a reader stopped, as the page tells it. Its errors are for machines."""

    chapter = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    block = forms.IntegerField(min_value=0, max_value=MOST_BLOCKS)
    into_block = forms.FloatField(min_value=0, max_value=1)
    percent = forms.IntegerField(min_value=0, max_value=100)
    at = forms.IntegerField(min_value=0, max_value=LAST_SECOND)  # seconds, by the reader's clock

    def save(self, work: Work, *, by: User) -> bool:
        """Keep it."""
        said = self.cleaned_data
        stop = Stop(said["chapter"], said["block"], said["into_block"], said["percent"])
        return visiting.stop(work, stop, when=dt.datetime.fromtimestamp(said["at"], dt.UTC), by=by)


class HistoryForm(forms.Form):
    """Whether a member's history is kept."""

    keeps_history = forms.BooleanField(
        label=_("Keep which works I open, when, and where I stopped"),
        help_text=_(
            "Nobody else is ever shown it. It goes with your account. Without it no page offers to go on where you stopped; "
            "marking for later works all the same."
        ),
        required=False,
    )

    def save(self, *, by: User) -> None:
        """Keep it."""
        visiting.keep_history(is_kept=self.cleaned_data["keeps_history"], by=by)
