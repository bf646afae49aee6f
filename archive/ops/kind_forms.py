"""What an operator fills in about kinds of tags and about the values of those that are closed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.ops import defining
from archive.people.submissions import KeyedForm
from archive.tags import naming
from archive.tags.models import RATING
from archive.text import lines

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from archive.people.models import User
    from archive.tags.models import Kind, Tag

NAME_LENGTH = 50  # these two as their columns
HELP_LENGTH = 300
LAST_PLACE = 1_000
STAYS = _("This stays as it is: the archive itself and readers’ tools rest on it.")


class PlainLine(forms.CharField):
    """One line, with its spaces squished."""

    def __init__(self, *, label: StrOrPromise, longest: int, required: StrOrPromise = "", help_text: StrOrPromise = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=bool(required), error_messages={"required": required},
            widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        )  # fmt: skip
        self.longest = longest

    def clean(self, value: object) -> str:
        """Answer the line, or refuse what cannot be read in it."""
        line = str(super().clean(value))
        try:
            return lines.one_line(line, longest=self.longest) if line else ""
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ValueName(PlainLine):
    """The name of a value, which is a tag's."""

    def clean(self, value: object) -> str:
        """Answer the name, or refuse what a tag cannot be called."""
        try:
            return naming.tag_name(super().clean(value))
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ValueNames(forms.CharField):
    """The names of several values, each on a line of its own."""

    widget = forms.Textarea({"rows": 5, "dir": "auto"})

    def clean(self, value: object) -> list[str]:
        """Answer the names, each once; the first bad one is told."""
        try:
            names = [naming.tag_name(line) for line in str(super().clean(value)).splitlines() if line.strip()]
        except ArchiveError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return list(dict.fromkeys(names))


def yes_or_no(label: StrOrPromise, *, no: StrOrPromise, yes: StrOrPromise, help_text: StrOrPromise = "") -> forms.TypedChoiceField:
    """Answer a field with two ways, each in its own words."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=[("False", no), ("True", yes)], coerce=lambda sent: sent == "True",
        widget=forms.RadioSelect, error_messages={"required": _("Please choose one of the two.")},
    )  # fmt: skip


def place_field(label: StrOrPromise) -> forms.IntegerField:
    """Answer a field for a place in an order."""
    return forms.IntegerField(
        label=label, min_value=1, max_value=LAST_PLACE, error_messages={"required": _("Please give a number; 1 is the first.")}
    )


class KindForm(KeyedForm):
    """A kind of tags, given or an archive's own, as it stands and to be changed; or a new one."""

    name = PlainLine(
        label=_("Name"), longest=NAME_LENGTH, required=_("Please give it a name, such as “Point of View”."),
        help_text=_("As it stands above one tag."),
    )  # fmt: skip
    name_plural = PlainLine(
        label=_("Name of several"), longest=NAME_LENGTH,
        required=_("Please say what several are called, such as “Points of View”."),
        help_text=_("As it stands above several tags."),
    )  # fmt: skip
    help = PlainLine(
        label=_("A sentence for authors"), longest=HELP_LENGTH, help_text=_("It stands beside the field on the posting form.")
    )
    is_closed = yes_or_no(
        _("What can be chosen"),
        no=_("Authors type what they like"),
        yes=_("Authors choose from a list that you set"),
    )
    values = ValueNames(
        label=_("The list"), required=False, strip=False,
        help_text=_("One value on each line, in order. Only for a list; you can explain, add and retire values later."),
    )  # fmt: skip
    is_single = yes_or_no(_("How many a work can have"), no=_("Any number"), yes=_("One at most"))
    is_required = forms.BooleanField(
        label=_("Every work needs one"), required=False,
        help_text=_("Works that are posted already stay as they are; their authors are asked when they next change them."),
    )  # fmt: skip
    is_in_blurbs = forms.BooleanField(label=_("Shown in lists of works"), required=False)
    is_in_filters = forms.BooleanField(label=_("Lists of works can be filtered by it"), required=False)
    is_on_works = forms.BooleanField(
        label=_("Authors are asked for it"), required=False,
        help_text=_("Without the tick it leaves the posting form. Works keep what they have."),
    )  # fmt: skip
    place = place_field(_("Its place among the kinds, on forms and pages"))

    def __init__(self, sent: QueryDict | None = None, *, kind: Kind | None = None) -> None:
        self.kind = kind
        kinds = defining.kinds()
        new = {"is_in_blurbs": True, "is_in_filters": True, "is_on_works": True, "place": len(kinds) + 1}
        super().__init__(sent, initial=new if kind is None else self._kept(kind, kinds))
        if kind is None:
            return
        del self.fields["values"]
        fixed = defining.fixed_flags(kind)
        if "is_closed" not in fixed and kind.tags.exists():
            self.fields["is_closed"].disabled = True
            self.fields["is_closed"].help_text = str(defining.HasTags())
        for flag in fixed:
            self.fields[flag].disabled = True
            self.fields[flag].help_text = STAYS

    @staticmethod
    def _kept(kind: Kind, kinds: list[Kind]) -> dict[str, object]:
        """Answer the kind as it stands."""
        names = ("name", "name_plural", "help", *defining.FLAGS)
        return {name: getattr(kind, name) for name in names} | {"place": kinds.index(kind) + 1}

    def clean_values(self) -> list[str]:
        """Refuse a list where authors type what they like."""
        values: list[str] = self.cleaned_data["values"]
        if values and self.cleaned_data.get("is_closed") is False:
            raise forms.ValidationError(
                _("There is no list where authors type what they like. Please empty this, or choose a list above.")
            )
        return values

    def save(self, *, by: User) -> Kind:
        """Keep the kind. Raises what `defining.add_kind` and `defining.change_kind` raise."""
        said = self.cleaned_data
        names = ("name", "name_plural", "help", "place", *defining.FLAGS)
        entry = defining.KindEntry(**{name: said[name] for name in names})
        if self.kind is None:
            return defining.add_kind(entry, values=said["values"], by=by)
        defining.change_kind(self.kind, entry, by=by)
        return self.kind

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the field that it is about."""
        of_values = "values" if "values" in self.fields else "is_required"
        fields = {
            defining.KindNameTaken: "name",
            defining.HasTags: "is_closed",
            defining.NothingToChoose: of_values,
            defining.ValueNameTaken: of_values,
            defining.TooManyValues: of_values,
        }
        self.add_error(fields.get(type(refusal)), str(refusal))


class ValueForm(KeyedForm):
    """A value of a closed kind, as it stands and to be changed; or a new one."""

    name = ValueName(label=_("Name"), longest=naming.TAG_LENGTH, required=_("Please give it a name."))
    explanation = PlainLine(
        label=_("What it means"),
        longest=HELP_LENGTH,
        help_text=_("One sentence, beside it wherever authors choose and readers are told."),
    )
    is_accepted = forms.BooleanField(
        label=_("Authors can choose it"), required=False, help_text=_("Without the tick, works that have it keep it.")
    )
    asks_consent = forms.BooleanField(label=_("Readers are asked before the text of such a work"), required=False)
    place = place_field(_("Its place in the list"))

    def __init__(self, sent: QueryDict | None = None, *, kind: Kind, value: Tag | None = None) -> None:
        self.kind, self.value = kind, value
        self.values = defining.values_of(kind)
        new: dict[str, object] = {"is_accepted": True, "asks_consent": True, "place": len(self.values) + 1}
        super().__init__(sent, initial=new if value is None else self._kept(value, self.values))
        if not (defining.can_ask_consent(value) if value else kind.pk == RATING):
            del self.fields["asks_consent"]
        if value and value.code:
            self.fields["name"].help_text = _("Download tools and readers’ filters know this one by its name.")

    @staticmethod
    def _kept(value: Tag, values: list[Tag]) -> dict[str, object]:
        """Answer the value as it stands."""
        names = ("name", "explanation", "is_accepted", "asks_consent")
        return {name: getattr(value, name) for name in names} | {"place": values.index(value) + 1}

    def save(self, *, by: User) -> Tag:
        """Keep the value. Raises what `defining.add_value` and `defining.change_value` raise."""
        said = self.cleaned_data
        entry = defining.ValueEntry(**{name: said[name] for name in said if name != "key"})
        if self.value is None:
            return defining.add_value(self.kind, entry, by=by)
        defining.change_value(self.value, entry, by=by)
        return self.value

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the field that it is about."""
        self.add_error("is_accepted" if isinstance(refusal, defining.NothingToChoose) else "name", str(refusal))
