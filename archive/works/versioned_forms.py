"""Forms that know from which version of a work or chapter they began, so that no second tab undoes what a first one kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from archive.people.submissions import KeyedForm
from archive.works.autosaving import NOT_TYPED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from archive.errors import ArchiveError
    from archive.works.autosaving import Unsent
    from archive.works.chapters import Chapter

LONG_VALUE = 200  # characters


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that holds something else in what is kept than in what was sent."""

    name: str
    label: str | _StrPromise
    kept: str
    typed: str

    @property
    def rows(self) -> int:
        """How many rows show it well."""
        return 14 if max(len(self.kept), len(self.typed)) > LONG_VALUE else 2


def as_words(field: forms.BoundField) -> str:
    """Answer what a field holds in words: the names of what is chosen, and lines as a browser sends them."""
    value = field.value()
    values = [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
    if isinstance(field.field, forms.ModelChoiceField):
        names = {str(choice.data["value"]): str(choice.data["label"]) for choice in field}
        values = sorted(names.get(str(one), str(one)) for one in values if one)
    return ", ".join(str(one) for one in values if one not in (None, False, "")).replace("\r\n", "\n").strip()


class VersionedForm(KeyedForm):
    """A form over something that may have been saved elsewhere in the meantime."""

    VERSIONS = ("version", "text_version")
    chapter: Chapter | None  # whose text it holds

    # Fields and no more: what scripts write into them is never refused, since nobody could mend it.
    typed_at = forms.Field(required=False, widget=forms.HiddenInput)
    taken_from = forms.Field(required=False, widget=forms.HiddenInput)

    def take_back(self, unsent: Unsent) -> None:
        """Show what was typed before and never sent, with the versions that it began from."""
        for name, field in self.fields.items():
            if name not in NOT_TYPED and not field.widget.value_omitted_from_data(unsent.typed, MultiValueDict(), name):
                self.initial[name] = field.widget.value_from_datadict(unsent.typed, MultiValueDict(), name)
        self.initial["taken_from"] = unsent.name

    def _as_sent(self) -> QueryDict:
        """Answer what was sent, to be changed."""
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        return sent

    def hold(self, values: Mapping[str, list[str]]) -> None:
        """Hold other values in some fields than were sent."""
        sent = self._as_sent()
        for name, value in values.items():
            sent.setlist(name, value)
        self.data = sent

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the field that it is about, or above the form."""
        self.add_error(None, str(refusal.sentence))

    def differences(self, kept: forms.Form) -> list[Difference]:
        """Answer the fields in which what is kept now differs from what was sent."""
        pairs = [(kept[name], self[name]) for name in self.fields if name in kept.fields and not self[name].is_hidden]
        return [
            Difference(mine.name, mine.label, as_words(theirs), as_words(mine))
            for theirs, mine in pairs
            if as_words(theirs) != as_words(mine)
        ]

    def begin_again_from(self, kept: forms.Form) -> None:
        """Take the versions of what is kept now, so that sending the form once more, after a look at both, saves it."""
        self.hold({name: [str(kept.initial[name])] for name in self.VERSIONS if name in kept.initial})
