"""The fields of posting forms: words, names, days and people, each of which refuses what cannot be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people import bylines
from archive.tags import naming
from archive.tags.models import Kind, Tag
from archive.text import lines, markdown, passage_lines
from archive.text.cleaning import Profile
from archive.works import dating, entries
from archive.works.gifts import LONGEST_RECIPIENT
from archive.works.models import (
    MOST_CHAPTERS,
    TITLE_LENGTH,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

    from django.utils.functional import _StrPromise

    from archive.people.models import Pseud, Viewer


class OfferedIterator(ModelChoiceIterator[Tag]):
    """Shows the values that are offered, while the field knows all of its kind."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue | str, str]]:
        """Yield the offered values alone, and none where a work can do without; nothing is ticked beforehand."""
        if getattr(self.field, "has_none", False):
            yield ("", str(_("None of these")))
        for tag in self.field.offered:  # type: ignore[attr-defined] # the fields below, and no others
            yield self.choice(tag)


class ValueField(forms.ModelChoiceField[Tag]):
    """One value of a closed kind. One that is not accepted here is refused later, with the archive's own sentence."""

    iterator = OfferedIterator
    widget = forms.RadioSelect
    offered: list[Tag]

    def __init__(self, kind: Kind, offered: list[Tag]) -> None:
        self.offered = offered
        self.has_none = not kind.is_required
        super().__init__(
            Tag.objects.of_kind(kind.code), label=kind.name, help_text=kind.help, required=False,
            to_field_name="name", empty_label=None, blank=True,
        )  # fmt: skip


class ValuesField(forms.ModelMultipleChoiceField[Tag]):
    """Several values of a closed kind."""

    iterator = OfferedIterator
    widget = forms.CheckboxSelectMultiple

    def __init__(self, kind: Kind, offered: list[Tag]) -> None:
        self.offered = offered
        super().__init__(
            Tag.objects.of_kind(kind.code), label=kind.name_plural, help_text=kind.help, required=False, to_field_name="name"
        )


class NamesField(forms.CharField):
    """Names of free tags, separated by commas."""

    def __init__(self, kind: Kind) -> None:
        self.is_single = kind.is_single
        label = kind.name if kind.is_single else kind.name_plural
        super().__init__(label=label, help_text=kind.help, required=False, max_length=20_000)

    def clean(self, value: object) -> list[str]:
        """Answer the names, each good; the first bad one is told by name."""
        names = self._names(value)
        if self.is_single and len(names) > 1:
            raise forms.ValidationError(_("Only one of these can be given. It cannot hold a comma."))
        return names

    def _names(self, value: object) -> list[str]:
        """Answer the names."""
        try:
            return [naming.tag_name(name) for name in naming.split_names(super().clean(value))]
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class WordsInput(forms.Textarea):
    """A place to write in. What was ticked to be Markdown says so itself from then on, in its first line."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Answer what was typed, signed where the box beside it is ticked."""
        typed = super().value_from_datadict(data, files, name)
        return markdown.signed(typed) if typed and isinstance(typed, str) and data.get(f"{name}_is_markdown") else typed


class WordsField(forms.CharField):
    """Words with markup. Cleans them, and refuses in a sentence what cannot be cleaned."""

    def __init__(
        self, label: str | _StrPromise, profile: Profile, *, longest: int, rows: int, help_text: str | _StrPromise = ""
    ) -> None:
        self.profile = profile
        widget = WordsInput(attrs={"rows": rows, "dir": "auto", "data-longest": longest})
        # The length is counted in characters as typed; a browser's maxlength would cut a paste short without a word.
        super().__init__(label=label, required=False, widget=widget, strip=False, help_text=help_text)
        self.longest = longest

    def clean(self, value: object) -> entries.Words:
        """Answer the words as typed, with new lines as a browser shows them, and as they will stand on the page."""
        source = str(super().clean(value)).replace("\r\n", "\n")
        if len(source) > self.longest:
            raise forms.ValidationError(
                _(
                    "This is %(length)d characters long, %(over)d more than the %(longest)d that fit. "
                    "It is all still here; please shorten or divide it."
                )
                % {"length": len(source), "over": len(source) - self.longest, "longest": self.longest}
            )
        try:
            words = entries.Words.cleaned(source, self.profile)
            if self.profile is Profile.CHAPTER:
                passage_lines.refuse_unended(words.html)
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return words


class LineField(forms.CharField):
    """One line, such as a title."""

    def __init__(self, label: str | _StrPromise, *, options: str = "", help_text: str | _StrPromise = "") -> None:
        attributes = {"dir": "auto"} | ({"list": options} if options else {})
        super().__init__(label=label, required=False, help_text=help_text, widget=forms.TextInput(attrs=attributes))

    def clean(self, value: object) -> str:
        """Answer the line with its spaces squished, or refuse what cannot be read in it."""
        line = str(super().clean(value))
        if not line:
            return ""
        try:
            return lines.one_line(line, longest=TITLE_LENGTH)
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PeopleField(forms.CharField):
    """Names of members, separated by commas. Whoever knows the viewer sets `viewer` before it cleans."""

    viewer: Viewer

    def __init__(self, label: str | _StrPromise, *, help_text: str | _StrPromise = "") -> None:
        attributes = {"dir": "auto", "autocomplete": "off"}
        super().__init__(
            label=label, required=False, help_text=help_text, max_length=20_000, widget=forms.TextInput(attrs=attributes)
        )

    def person(self, name: str) -> Pseud | str:
        """Answer the pseud that is called so."""
        return bylines.pseud_called(name, viewer=self.viewer)

    def clean(self, value: object) -> list[Pseud | str]:
        """Answer the people who are named; all names that mean nobody, or more than one, are told."""
        found, mistakes = [], []
        for name in bylines.split_names(str(super().clean(value))):
            try:
                found.append(self.person(name))
            except ArchiveError as refusal:
                mistakes.append(str(refusal))
        if mistakes:
            raise forms.ValidationError(mistakes)
        return found


class RecipientsField(PeopleField):
    """For whom a work is: names of members, or of anybody else. `kept` are the names of nobody here that the work bears already."""

    kept: Collection[str] = ()

    def person(self, name: str) -> Pseud | str:
        """Answer the pseud that is called so, or the name."""
        if name in self.kept:  # somebody may have come to be called so since
            return name
        try:
            return bylines.pseud_called(name, viewer=self.viewer)
        except bylines.NobodyOfThatName:
            return lines.one_line(name, longest=LONGEST_RECIPIENT)


class DayField(forms.DateField):
    """A day on which something was posted, and that has come."""

    def __init__(self) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": dating.EARLIEST.isoformat()})
        super().__init__(
            label=_("Posting date"), required=False, widget=widget, input_formats=["%Y-%m-%d"],
            help_text=_("Leave it as it is, or give the day on which this was first posted elsewhere."),
            error_messages={"invalid": _("Please write the day like 2004-11-30.")},
        )  # fmt: skip

    def clean(self, value: object) -> dt.date | None:
        """Answer the day, or refuse one that is to come."""
        day: dt.date | None = super().clean(value)
        if day is None:
            return None
        try:
            dating.refuse(day)
        except dating.NotThatDay as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return day


def expected_field() -> forms.IntegerField:
    """Answer the field for how many chapters a work will have."""
    return forms.IntegerField(
        label=_("Chapters in all"), required=False, min_value=1, max_value=MOST_CHAPTERS,
        help_text=_("1 for a work in one piece. Leave it empty while you do not know: readers see a question mark."),
    )  # fmt: skip
