"""What authors fill in about those whom they write with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.people.models import Pseud
from archive.works import cowriting
from archive.works.chapters import Chapter
from archive.works.form_fields import PeopleField

if TYPE_CHECKING:
    from django.http import QueryDict

    from archive.people.models import User
    from archive.works.models import Work
    from archive.works.series import Series

NOBODY = _("Please name somebody.")


class WorkInvitationForm(forms.Form):
    """Asks others to stand under a work, or under one chapter of it."""

    invited = PeopleField(_("Whom to ask"), help_text=_("Names of members, with commas between."))
    chapter = forms.ModelChoiceField(
        Chapter.objects.none(), label=_("For which chapter"), required=False, empty_label=_("The whole work")
    )

    def __init__(self, sent: QueryDict | None = None, *, work: Work, author: User) -> None:
        super().__init__(sent)
        self.work = work
        self.fields["invited"].viewer = author  # type: ignore[attr-defined] # a PeopleField
        self.fields["invited"].required = True
        self.fields["invited"].error_messages["required"] = NOBODY
        chapters = Chapter.objects.editable_by(author).filter(work=work).in_order().only("work", "position", "title")
        self.fields["chapter"].queryset = chapters  # type: ignore[attr-defined] # a ModelChoiceField

    def save(self, *, by: User) -> None:
        """Ask them. Raises what `cowriting.invite` raises."""
        cowriting.invite(self.work, self.cleaned_data["invited"], by=by, chapter=self.cleaned_data["chapter"])


class ChapterCreatorsForm(forms.Form):
    """Says who of a work's makers wrote a chapter."""

    pseuds = forms.ModelMultipleChoiceField(
        Pseud.objects.none(), label=_("Who wrote this chapter"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, sent: QueryDict | None = None, *, chapter: Chapter) -> None:
        makers = chapter.work.pseuds.with_account().order_by("creatorships__position", "pk")
        wrote = list(chapter.creatorships.values_list("pseud", flat=True)) or [pseud.pk for pseud in makers]
        super().__init__(sent, initial={"pseuds": wrote})
        self.chapter = chapter
        self.fields["pseuds"].queryset = makers  # type: ignore[attr-defined] # a ModelMultipleChoiceField

    def save(self, *, by: User) -> None:
        """Keep it. Raises what `cowriting.sign_chapter` raises."""
        cowriting.sign_chapter(self.chapter, list(self.cleaned_data["pseuds"]), by=by)


class SeriesInvitationForm(forms.Form):
    """Asks others to stand under a series."""

    invited = PeopleField(_("Whom to ask"), help_text=_("Names of members, with commas between."))

    def __init__(self, sent: QueryDict | None = None, *, series: Series, author: User) -> None:
        super().__init__(sent)
        self.series = series
        self.fields["invited"].viewer = author  # type: ignore[attr-defined] # a PeopleField
        self.fields["invited"].required = True
        self.fields["invited"].error_messages["required"] = NOBODY

    def save(self, *, by: User) -> None:
        """Ask them. Raises what `cowriting.invite_to_series` raises."""
        cowriting.invite_to_series(self.series, self.cleaned_data["invited"], by=by)
