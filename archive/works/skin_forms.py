"""The form in which a skin is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.text import stylesheets
from archive.works import skinning, skins
from archive.works.skins import Media

if TYPE_CHECKING:
    from archive.people.models import User


class SkinForm(forms.Form):
    """A title, the stylesheet, where it holds. What is not allowed is told line by line, and all that was typed stays."""

    title = forms.CharField(label=_("Title"), max_length=skins.TITLE_LENGTH)
    about = forms.CharField(
        label=_("About"), max_length=skins.ABOUT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label=_("CSS"),
        max_length=stylesheets.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "autocapitalize": "off", "dir": "ltr"}),
    )
    parent = forms.ModelChoiceField(
        skins.Skin.objects.none(), label=_("Builds on"), required=False, empty_label=_("None"),
        help_text=_("A skin of yours or everybody's that holds first; what you write here comes after it."),
    )  # fmt: skip
    where = forms.ChoiceField(label=_("Where it holds"), choices=Media, required=False)

    def __init__(
        self, *arguments: object, kind: skins.Kind, author: User, skin: skins.Skin | None = None, **options: object
    ) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type] # handed on
        self.kind = kind
        below = skins.Skin.objects.to_build_on(kind, by=author).exclude(pk=skin.pk if skin else 0)
        self.fields["parent"].queryset = below.without_css()  # type: ignore[attr-defined] # a ModelChoiceField

    def clean_source(self) -> str:
        """Refuse a stylesheet with anything in it that no skin may hold."""
        source: str = self.cleaned_data["source"]
        sheet = skins.stylesheet_of(self.kind, source)
        if sheet.refusals:
            raise forms.ValidationError([str(refusal) for refusal in sheet.refusals])
        if not sheet.rules:
            raise forms.ValidationError(_("There is no rule in it: a selector, and properties in brackets after it."))
        return source

    def entry(self) -> skinning.SkinEntry:
        """Answer what was typed."""
        typed = self.cleaned_data
        return skinning.SkinEntry(
            title=typed["title"], source=typed["source"], about=typed["about"], media=typed["where"], parent=typed["parent"]
        )

    def save(self, skin: skins.Skin | None, *, by: User) -> skins.Skin:
        """Make the skin or change it. Raises what the deeds refuse."""
        if skin is None:
            return skinning.make(self.kind, self.entry(), by=by)
        return skinning.change(skin, self.entry(), by=by)
