"""The form on which a reader answers, for each rating and warning, once for always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.tags.models import RATING, WARNING, Tag
from archive.tags.naming import split_names
from archive.text.fields import folded_key
from archive.warnings import consenting, memory
from archive.warnings.models import Answer, Choice, WarningPreferences
from archive.works.models import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse, QueryDict

ASK = ""
# Short, since they stand side by side; the page says above them what each does.
ANSWERS = {ASK: _("Ask me"), Answer.HEADER: _("Just show me"), Answer.OUT: _("Leave out")}
MOST_LEFT_OUT = 500


class WarningPreferencesForm(forms.Form):
    """What one reader, guest or member, says about warnings."""

    hides_which = forms.BooleanField(label=_("Tell me that there are warnings, but not which, until I ask"), required=False)
    folds_left_out = forms.BooleanField(label=_("Fold what I leave out and say why, instead of taking it away"), required=False)
    left_out = forms.CharField(
        label=_("Tags I leave out"),
        required=False,
        max_length=20_000,
        help_text=_("Separated by commas. Their other spellings and the tags below them are left out too."),
    )

    def __init__(self, sent: QueryDict | None = None, *, request: HttpRequest) -> None:
        super().__init__(sent)
        self.request = request
        self.tags = list(
            Tag.objects.filter(kind__in=[RATING, WARNING])
            .filter(Q(asks_consent=True) | Q(is_accepted=True))
            .order_by("kind", "position")
        )
        for tag in self.tags:
            self.fields[f"tag_{tag.pk}"] = forms.ChoiceField(
                label=tag.name, help_text=tag.explanation, required=False, widget=forms.RadioSelect, choices=self._answers(tag)
            )
        if not request.user.is_authenticated:
            del self.fields["folds_left_out"], self.fields["left_out"]
        self.initial = self._kept()

    @staticmethod
    def _answers(tag: Tag) -> list[tuple[str, object]]:
        """Answer what can be said of a tag: one that never asks can only be shown or left out."""
        if tag.asks_consent:
            return list(ANSWERS.items())
        return [(ASK, ANSWERS[Answer.HEADER]), (Answer.OUT, ANSWERS[Answer.OUT])]

    def _kept(self) -> dict[str, object]:
        """Answer what this reader has said before."""
        if not self.request.user.is_authenticated:
            choices = memory.Choices.of(self.request)
            answers = dict.fromkeys(choices.headers, Answer.HEADER) | dict.fromkeys(choices.left_out, Answer.OUT)
            kept: dict[str, object] = {"hides_which": choices.hides_which}
        else:
            rows = list(Choice.objects.filter(user=self.request.user).select_related("tag").order_by("tag__name"))
            answers = {row.tag_id: Answer(row.answer) for row in rows}
            preferences = WarningPreferences.objects.filter(user=self.request.user).first() or WarningPreferences()
            asked = {tag.pk for tag in self.tags}
            kept = {
                "hides_which": preferences.hides_which,
                "folds_left_out": preferences.folds_left_out,
                "left_out": ", ".join(row.tag.name for row in rows if row.tag_id not in asked),
            }
        return kept | {f"tag_{tag.pk}": answers.get(tag.pk, ASK) for tag in self.tags}

    def fields_of(self, kind: str) -> Iterator[forms.BoundField]:
        """Answer the fields for the tags of one kind."""
        return (self[f"tag_{tag.pk}"] for tag in self.tags if tag.kind_id == kind)

    def rating_fields(self) -> Iterator[forms.BoundField]:
        """Answer the fields for the ratings."""
        return self.fields_of(RATING)

    def warning_fields(self) -> Iterator[forms.BoundField]:
        """Answer the fields for the warnings."""
        return self.fields_of(WARNING)

    def clean_left_out(self) -> list[Tag]:
        """Answer the tags of these names; one that the archive does not know is a mistake worth saying."""
        names = split_names(self.cleaned_data["left_out"])
        if len(names) > MOST_LEFT_OUT:
            raise forms.ValidationError(_("These are more than %(most)d tags.") % {"most": MOST_LEFT_OUT})
        wanted = Tag.objects.filter(folded__in=[folded_key(name) for name in names])
        known = wanted.known_or_in(Tagging.objects.visible_to(self.request.user))
        kept = wanted.filter(choices__user=self.request.user.pk)  # its last work may be gone since
        found = {tag.folded: tag for tag in [*known, *kept]}
        if unknown := [name for name in names if folded_key(name) not in found]:
            raise forms.ValidationError(_("The archive has no tag of this name: %(names)s.") % {"names": ", ".join(unknown)})
        return list(found.values())

    def save(self, response: HttpResponse) -> None:
        """Keep what was said: in the account, or for a guest in the browser."""
        answers = {tag: answer for tag in self.tags if (answer := self.cleaned_data[f"tag_{tag.pk}"])}
        if self.request.user.is_authenticated:
            answers |= dict.fromkeys(self.cleaned_data["left_out"], Answer.OUT)
            consenting.choose(
                answers,
                by=self.request.user,
                hides_which=self.cleaned_data["hides_which"],
                folds_left_out=self.cleaned_data["folds_left_out"],
            )
            return
        memory.Choices(
            headers=frozenset(tag.pk for tag, answer in answers.items() if answer == Answer.HEADER),
            left_out=frozenset(tag.pk for tag, answer in answers.items() if answer == Answer.OUT),
            hides_which=self.cleaned_data["hides_which"],
        ).remember(response)
