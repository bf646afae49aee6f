"""What the authors of a series say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.people.models import Pseud
from archive.text.cleaning import Profile
from archive.works import serializing
from archive.works.form_fields import LineField, WordsField
from archive.works.models import NOTES_LENGTH, SUMMARY_LENGTH

if TYPE_CHECKING:
    from django.http import QueryDict

    from archive.errors import ArchiveError
    from archive.people.models import User
    from archive.works.series import Series


class SeriesForm(forms.Form):
    """A series: its title, its words, its authors, and whether it is complete."""

    title = LineField(_("Title"))
    summary = WordsField(_("Description"), Profile.SUMMARY, longest=SUMMARY_LENGTH, rows=4)
    notes = WordsField(_("Notes"), Profile.NOTES, longest=NOTES_LENGTH, rows=4)
    is_complete = forms.BooleanField(label=_("This series is complete"), required=False)
    pseuds = forms.ModelMultipleChoiceField(
        Pseud.objects.none(), label=_("Written as"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, sent: QueryDict | None = None, *, series: Series, author: User) -> None:
        initial = {
            "title": series.title,
            "summary": series.summary_source,
            "notes": series.notes_source,
            "is_complete": series.is_complete,
            "pseuds": list(series.pseuds.filter(user=author).values_list("pk", flat=True)),
        }
        super().__init__(sent, initial=initial)
        self.fields["pseuds"].queryset = Pseud.objects.editable_by(author).with_account()  # type: ignore[attr-defined] # a ModelMultipleChoiceField

    def clean_title(self) -> str:
        """Refuse a series without a title."""
        title: str = self.cleaned_data["title"]
        if not title:
            raise forms.ValidationError(_("Please give the series a title."))
        return title

    def entry(self) -> serializing.SeriesEdit:
        """Answer what was typed."""
        typed = self.cleaned_data
        return serializing.SeriesEdit(
            title=typed["title"],
            summary=typed["summary"],
            notes=typed["notes"],
            is_complete=typed["is_complete"],
            pseuds=list(typed["pseuds"]),
        )

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the field that it is about."""
        fields = {serializing.TitleTaken: "title", serializing.NoAuthor: "pseuds"}
        self.add_error(fields.get(type(refusal)), str(refusal.sentence))
