"""What those who run the archive say about wranglers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.people.models import User
from archive.wrangling import assigning
from archive.wrangling.forms import FandomsForm

if TYPE_CHECKING:
    from django.http import QueryDict


class WranglerForm(FandomsForm):
    """The fandoms that a wrangler looks after."""

    def __init__(self, sent: QueryDict | None = None, *, wrangler: User) -> None:
        taken = wrangler.wrangler_assignments.order_by("fandom__folded").values_list("fandom__name", flat=True)
        super().__init__(sent, initial={"fandoms": ", ".join(taken)})
        self.wrangler = wrangler

    def save(self, *, by: User) -> None:
        """Have the wrangler look after these and no others."""
        assigning.assign(self.cleaned_data["fandoms"], to=self.wrangler, by=by)


class AppointForm(FandomsForm):
    """A member who becomes a wrangler, and perhaps the fandoms to begin with."""

    username = forms.CharField(
        label=_("User name"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Name a member.")},
    )
    field_order = ("username", "fandoms")

    def clean_username(self) -> User:
        """Answer who it is; refuse a name that nobody has, and a wrangler's, whose fandoms are changed on a page of their own."""
        name: str = self.cleaned_data["username"]
        member = User.objects.filter(username__iexact=name, is_active=True).first()
        if member is None:
            raise forms.ValidationError(_("There is no member “%(name)s”.") % {"name": name})
        if member.is_wrangler:
            raise forms.ValidationError(_("“%(name)s” is a wrangler already.") % {"name": member})
        return member

    def save(self, *, by: User) -> User:
        """Make the member a wrangler, and answer who it is."""
        member: User = self.cleaned_data["username"]
        assigning.appoint(member, fandoms=self.cleaned_data["fandoms"], by=by)
        return member
