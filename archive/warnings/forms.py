"""The form on which a reader answers, for each rating and warning, once for always, and says what else they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.tags.models import RATING, WARNING, Tag
from archive.tags.naming import split_names
from archive.text.fields import folded_key
from archive.warnings import authors, consenting, memory
from archive.warnings.avoiding import MOST_LEFT_OUT
from archive.warnings.models import Answer, Choice, WarningPreferences
from archive.works.languages import Language
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse, QueryDict

ASK = ""
# Short, since they stand side by side; the page says above them what each does.
ANSWERS = {ASK: _("Ask me"), Answer.HEADER: _("Just show me"), Answer.OUT: _("Leave out")}
TOO_MANY = _("These are more than %(most)d. Please take some away.")


class WarningPreferencesForm(forms.Form):
    """What one reader, guest or member, says about warnings, and what they leave out."""

    hides_which = forms.BooleanField(label=_("Tell me that there are warnings, but not which, until I ask"), required=False)
    folds_left_out = forms.BooleanField(label=_("Fold what I leave out and say why, instead of taking it away"), required=False)
    left_out = forms.CharField(
        label=_("Tags I leave out"),
        required=False,
        max_length=20_000,
        help_text=_("Separated by commas. Their other spellings and the tags below them are left out too."),
    )
    authors = forms.CharField(
        label=_("People whose works I leave out"),
        required=False,
        max_length=30_000,
        help_text=_("Their user names or pseuds, separated by commas. All that they write is left out, under whichever name."),
    )
    languages = forms.ModelMultipleChoiceField(
        Language.objects.all(), label=_("Languages I leave out"), required=False, widget=forms.CheckboxSelectMultiple
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
        self.initial = self._kept()

    @staticmethod
    def _answers(tag: Tag) -> list[tuple[str, object]]:
        """Answer what can be said of a tag: one that never asks can only be shown or left out."""
        if tag.asks_consent:
            return list(ANSWERS.items())
        return [(ASK, ANSWERS[Answer.HEADER]), (Answer.OUT, ANSWERS[Answer.OUT])]

    def _kept(self) -> dict[str, object]:
        """Answer what this reader has said before."""
        kept = self._kept_by_member(self.request.user) if self.request.user.is_authenticated else self._kept_by_guest()
        answers: dict[int, Answer] = kept.pop("answers")
        asked = {tag.pk for tag in self.tags}
        others = Tag.objects.filter(pk__in=[pk for pk, answer in answers.items() if answer == Answer.OUT and pk not in asked])
        self.kept_tags = list(others.order_by("folded"))
        self.kept_authors = list(User.objects.filter(pk__in=kept["authors"]).order_by("username"))
        names = {
            "left_out": ", ".join(tag.name for tag in self.kept_tags),
            "authors": ", ".join(author.username for author in self.kept_authors),
        }
        return kept | names | {f"tag_{tag.pk}": answers.get(tag.pk, ASK) for tag in self.tags}

    @staticmethod
    def _kept_by_member(member: User) -> dict[str, Any]:
        """Answer what an account holds."""
        preferences = WarningPreferences.objects.filter(user=member).first() or WarningPreferences()
        return {
            "answers": {tag: Answer(answer) for tag, answer in Choice.objects.filter(user=member).values_list("tag", "answer")},
            "hides_which": preferences.hides_which,
            "folds_left_out": preferences.folds_left_out,
            "languages": list(member.left_out_languages.values_list("language", flat=True)),
            "authors": list(member.left_out_authors.values_list("author", flat=True)),
        }

    def _kept_by_guest(self) -> dict[str, Any]:
        """Answer what this browser holds."""
        choices = memory.Choices.of(self.request)
        left_out = dict.fromkeys(choices.left_out | choices.tags, Answer.OUT)
        return {
            "answers": dict.fromkeys(choices.headers, Answer.HEADER) | left_out,
            "hides_which": choices.hides_which,
            "folds_left_out": choices.folds_left_out,
            "languages": list(choices.languages),
            "authors": list(choices.authors),
        }

    def fields_of(self, kind: str) -> Iterator[forms.BoundField]:
        """Answer the fields for the tags of one kind."""
        return (self[f"tag_{tag.pk}"] for tag in self.tags if tag.kind_id == kind)

    def rating_fields(self) -> Iterator[forms.BoundField]:
        """Answer the fields for the ratings."""
        return self.fields_of(RATING)

    def warning_fields(self) -> Iterator[forms.BoundField]:
        """Answer the fields for the warnings."""
        return self.fields_of(WARNING)

    def named_languages(self) -> list[str]:
        """Answer the languages that are ticked, by name."""
        ticked = {str(code) for code in self["languages"].value() or ()}
        return [str(label) for code, label in self.fields["languages"].choices if str(code) in ticked]  # type: ignore[attr-defined] # a choice field

    def clean_left_out(self) -> list[Tag]:
        """Answer the tags of these names; one that the archive does not know is a mistake worth saying."""
        names = split_names(self.cleaned_data["left_out"])
        if len(names) > MOST_LEFT_OUT:
            raise forms.ValidationError(TOO_MANY % {"most": MOST_LEFT_OUT})
        wanted = Tag.objects.filter(folded__in=[folded_key(name) for name in names])
        known = wanted.known_or_in(Tagging.objects.visible_to(self.request.user))
        found = {tag.folded: tag for tag in [*self.kept_tags, *known]}  # the last work of a kept one may be gone since
        if unknown := [name for name in names if folded_key(name) not in found]:
            raise forms.ValidationError(_("The archive has no tag of this name: %(names)s.") % {"names": ", ".join(unknown)})
        return [found[folded_key(name)] for name in names]

    def clean_authors(self) -> list[User]:
        """Answer the accounts of these names; one that nobody has, or several have, is a mistake worth saying."""
        names = split_names(self.cleaned_data["authors"])
        if len(names) > MOST_LEFT_OUT:
            raise forms.ValidationError(TOO_MANY % {"most": MOST_LEFT_OUT})
        try:
            return authors.named(names, viewer=self.request.user, known=self.kept_authors)
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def save(self, response: HttpResponse) -> None:
        """Keep what was said: in the account, or for a guest in the browser. Raises `memory.Full`."""
        said = self.cleaned_data
        answers = {tag: Answer(answer) for tag in self.tags if (answer := said[f"tag_{tag.pk}"])}
        answers |= dict.fromkeys(said["left_out"], Answer.OUT)
        switches = {"hides_which": said["hides_which"], "folds_left_out": said["folds_left_out"]}
        if self.request.user.is_authenticated:
            others = {"languages": said["languages"], "authors": said["authors"]}
            consenting.choose(answers, by=self.request.user, **switches, **others)
            return
        choices = memory.Choices(
            headers=frozenset(tag.pk for tag, answer in answers.items() if answer == Answer.HEADER), **switches
        )
        left_out = [tag for tag, answer in answers.items() if answer == Answer.OUT]
        for subject in [*left_out, *said["languages"], *said["authors"]]:
            choices = choices.leaving_out(subject)
        choices.remember(response)
