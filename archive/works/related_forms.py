"""The form in which an author names what a work came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from archive.works import crediting
from archive.works.form_fields import LineField
from archive.works.languages import Language
from archive.works.related import ADDRESS_LENGTH

if TYPE_CHECKING:
    from archive.errors import ArchiveError

is_web_address = URLValidator(schemes=["http", "https"], message=_("Please give a whole address, like https://example.org/story."))


class SourceForm(forms.Form):
    """A work by its address; one that lies elsewhere by its title and its author too."""

    address = forms.CharField(
        label=_("Its address"), max_length=ADDRESS_LENGTH, widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
        help_text=_("Of a work in this archive the address is enough."),
        error_messages={"required": _("Please give the address of the work.")},
    )  # fmt: skip
    title = LineField(_("Its title"), help_text=_("Only of a work elsewhere."))
    author = LineField(_("Its author"), help_text=_("Only of a work elsewhere."))
    language = forms.ModelChoiceField(Language.objects.all(), label=_("Its language"), required=False, empty_label=_("Not said"))
    is_translation = forms.BooleanField(label=_("This is a translation of it"), required=False)

    def clean_address(self) -> str:
        """Refuse what is no address on the web; one of this archive may be a path alone."""
        address: str = self.cleaned_data["address"]
        if not address.startswith("/") or address.startswith("//"):
            is_web_address(address)
        return address

    def clean(self) -> dict[str, object]:
        """Ask for the title and the author of a work that lies elsewhere."""
        typed = self.cleaned_data
        if "address" in typed and not crediting.is_here(typed["address"]):
            sentences = {"title": _("Please give its title."), "author": _("Please give its author.")}
            for name in sentences.keys() - self.errors.keys():
                if not typed.get(name):
                    self.add_error(name, sentences[name])
        return typed

    def source(self) -> crediting.Source:
        """Answer what was typed."""
        return crediting.Source(**self.cleaned_data)

    def refuse(self, refusal: ArchiveError) -> None:
        """Put a refused deed's sentence beside the address."""
        self.add_error("address", str(refusal.sentence))
