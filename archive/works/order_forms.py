"""The form in which rows are given numbers: chapters of a work, works of a series. A script lets them be dragged as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

LONGEST_NUMBER = 9  # digits; a higher number than there are rows means the end


class NumberField(forms.CharField):
    """A place in the order. Out of range is no mistake: below the first is the first, past the last the last."""

    def __init__(self, label: str | _StrPromise, *, last: int) -> None:
        widget = forms.NumberInput(attrs={"class": "short", "min": 1, "max": last})
        super().__init__(label=label, required=False, widget=widget)

    def clean(self, value: object) -> int | None:
        """Answer the number, or nothing where none was given."""
        written = str(super().clean(value)).strip()
        if not written:
            return None
        sign, digits = (-1, written[1:]) if written.startswith("-") else (1, written)
        if not (digits.isascii() and digits.isdecimal()):
            raise forms.ValidationError(_("“%(written)s” is no number.") % {"written": written[:40]})
        return sign * int(digits[:LONGEST_NUMBER])


class OrderForm[Row: Model](forms.Form):
    """Rows in their order, each with the number of its place; one without a number stays where it is."""

    def __init__(self, sent: QueryDict | None = None, *, rows: Sequence[Row]) -> None:
        super().__init__(sent)
        self.ordered = list(rows)
        for place, row in enumerate(self.ordered, start=1):
            name = f"position_{row.pk}"
            self.fields[name] = NumberField(_("Number"), last=len(self.ordered))
            self.initial[name] = place

    def rows(self) -> Iterator[tuple[Row, forms.BoundField]]:
        """Yield each row with its field."""
        for row in self.ordered:
            yield row, self[f"position_{row.pk}"]

    def order(self) -> list[int]:
        """Answer the ids of the rows by the numbers that were sent; of two alike the one that was moved comes first."""

        def place(numbered: tuple[int, Row]) -> tuple[int, int]:
            number, row = numbered
            sent = self.cleaned_data[f"position_{row.pk}"]
            wanted = number if sent is None else sent
            return wanted, 0 if wanted != number else 1

        return [row.pk for _number, row in sorted(enumerate(self.ordered, start=1), key=place)]
