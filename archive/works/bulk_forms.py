"""The form for many works at once: whatever is left empty stays as it is in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.people.models import Pseud
from archive.tags.models import WARNING, Kind, Tag
from archive.works import changing_many
from archive.works.form_fields import LineField, NamesField, ValuesField
from archive.works.languages import Language
from archive.works.series import Series
from archive.works.skins import Skin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from archive.people.models import User

GAINED, LOST, REPLACED = "gained_", "lost_", "replaced_"
MEMBERS, EVERYBODY = "members", "everybody"
UNDRESSED = "none"


class ReplacedField(forms.ModelChoiceField[Tag]):
    """One value of a kind of which a work has one."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(
            Tag.objects.choosable().of_kind(kind.code), label=kind.name, required=False, to_field_name="name",
            empty_label=_("As it is"),
        )  # fmt: skip


class ManyForm(forms.Form):
    """What is to become of many works. Warnings are given work by work: each author has to think of each."""

    language = forms.ModelChoiceField(Language.objects.all(), label=_("Language"), required=False, empty_label=_("As it is"))
    access = forms.ChoiceField(
        label=_("Who can read them"), required=False,
        choices=[("", _("As it is")), (MEMBERS, _("Only members of this archive")), (EVERYBODY, _("Everybody"))],
    )  # fmt: skip
    skin = forms.ChoiceField(label=_("Skin"), required=False)
    joins = LineField(_("Put into the series"), options="series-titles", help_text=_("A new title makes a new series."))
    leaves = forms.ChoiceField(label=_("Take out of the series"), required=False)
    pseuds = forms.ModelMultipleChoiceField(
        Pseud.objects.none(), label=_("Written as"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: as it is."),
    )  # fmt: skip

    def __init__(self, sent: QueryDict | None = None, *, author: User) -> None:
        super().__init__(sent)
        self.author = author
        self.kinds = [kind for kind in Kind.objects.filter(is_on_works=True) if kind.code != WARNING]
        for kind in self.kinds:
            self._add_kind(kind)
        self.fields["pseuds"].queryset = Pseud.objects.editable_by(author).with_account()  # type: ignore[attr-defined] # a ModelMultipleChoiceField
        skins = Skin.objects.for_a_work(None, by=author).values_list("pk", "title")
        offered = [("", _("As it is")), (UNDRESSED, _("None")), *((str(pk), title) for pk, title in skins)]
        self.fields["skin"].choices = offered  # type: ignore[attr-defined] # a ChoiceField
        self.series_titles = list(Series.objects.editable_by(author).order_by("title").values_list("title", flat=True))
        titles = [("", _("As it is")), *((title, title) for title in self.series_titles)]
        self.fields["leaves"].choices = titles  # type: ignore[attr-defined] # a ChoiceField

    def _add_kind(self, kind: Kind) -> None:
        """Add the fields of a kind: one value in place of another, or what is gained and what is lost."""
        if kind.is_closed and kind.is_single:
            self.fields[f"{REPLACED}{kind.code}"] = ReplacedField(kind)
            return
        if kind.is_closed:
            offered = list(Tag.objects.choosable().of_kind(kind.code))
            gained: forms.Field = ValuesField(kind, offered)
            lost: forms.Field = ValuesField(kind, offered)
        else:
            gained, lost = NamesField(kind), NamesField(kind)
        gained.label, lost.label = (words % {"kind": kind.name_plural} for words in (_("Add: %(kind)s"), _("Take away: %(kind)s")))
        gained.help_text = lost.help_text = "" if kind.is_closed else _("Separate with commas.")
        self.fields[f"{GAINED}{kind.code}"], self.fields[f"{LOST}{kind.code}"] = gained, lost

    def kind_fields(self) -> list[tuple[Kind, list[forms.BoundField]]]:
        """Answer the fields of each kind."""
        return [
            (kind, [self[f"{prefix}{kind.code}"] for prefix in (REPLACED, GAINED, LOST) if f"{prefix}{kind.code}" in self.fields])
            for kind in self.kinds
        ]

    def clean(self) -> dict[str, object]:
        """Refuse what would change nothing."""
        if not self.errors and self.edit() == changing_many.ManyEdit():
            raise forms.ValidationError(_("Please fill in what is to be changed; what you leave empty stays as it is."))
        return self.cleaned_data

    def edit(self) -> changing_many.ManyEdit:
        """Answer what was typed."""
        typed = self.cleaned_data
        return changing_many.ManyEdit(
            gained=self._names(GAINED),
            lost=self._names(LOST),
            replaced=self._names(REPLACED),
            language=typed["language"].pk if typed["language"] else "",
            is_restricted={MEMBERS: True, EVERYBODY: False}.get(typed["access"]),
            joins=typed["joins"],
            leaves=typed["leaves"],
            pseuds=tuple(typed["pseuds"]),
            skin=Skin.objects.for_a_work(None, by=self.author).filter(pk=typed["skin"]).first()
            if typed["skin"].isdecimal()
            else None,
            is_undressed=typed["skin"] == UNDRESSED,
        )

    def _names(self, prefix: str) -> dict[str, Sequence[str]]:
        """Answer the names under one heading, by the codes of their kinds."""
        found: dict[str, Sequence[str]] = {}
        for kind in self.kinds:
            typed = self.cleaned_data.get(f"{prefix}{kind.code}")
            if typed:
                values = [typed] if isinstance(typed, Tag) else list(typed)
                found[kind.code] = [value.name if isinstance(value, Tag) else value for value in values]
        return found


def chosen(sent: QueryDict) -> list[int]:
    """Answer the ids of the works that were ticked."""
    return [
        int(pk) for pk in dict.fromkeys(sent.getlist("work_ids")) if pk.isascii() and pk.isdecimal() and len(pk) < len(str(2**63))
    ]
