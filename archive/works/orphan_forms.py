"""What authors fill in before they let go of works, or of their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.people import departing
from archive.people.departing import OwnWorks, SharedWorks, Wishes
from archive.works import orphaning

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.people.models import User
    from archive.works.orphaning import Choice

KEEP, DROP = "keep", "drop"
SEAL = signing.Signer(salt="archive.works.orphan_forms")


class IrrevocableForm(forms.Form):
    """A form that says what was shown when it was asked, and takes a yes that cannot be taken back."""

    is_sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Please say that you know that this cannot be undone. Nothing was done yet.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sent: QueryDict | None = None, *, shown: Collection[int]) -> None:
        super().__init__(sent)
        self.shown = shown
        self.initial["seen"] = SEAL.signature(" ".join(str(pk) for pk in sorted(shown)))

    def clean_seen(self) -> str:
        """Refuse a yes to something else than would happen now."""
        seen: str = self.cleaned_data["seen"]
        if seen != self.initial["seen"]:
            # Sent once more, after a look at what is there now, it counts.
            again = QueryDict(mutable=True)
            again.update(self.data)
            again["seen"] = self.initial["seen"]
            self.data = again
            self.add_error(None, str(orphaning.ChangedSince()))
        return seen


class OrphanForm(IrrevocableForm):
    """Lets go of works."""

    name = forms.ChoiceField(
        label=_("Your name"),
        choices=[
            (DROP, _("Take it off: readers see orphan_account alone")),
            (KEEP, _("Leave it there, as a name of orphan_account that no longer leads to you")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happens to your name.")},
    )

    def save(self, choice: Choice, *, by: User) -> int:
        """Let go of them. Raises what `orphaning.orphan` raises."""
        return orphaning.orphan(choice, keeps_name=self.cleaned_data["name"] == KEEP, by=by, shown=self.shown)


class DepartureForm(IrrevocableForm):
    """Deletes an account."""

    own = forms.ChoiceField(
        label=_("The works that you made alone"),
        choices=OwnWorks.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happens to your works.")},
    )
    shared = forms.ChoiceField(
        label=_("The works that you made with others"),
        choices=SharedWorks.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happens to your name there.")},
    )
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )

    def __init__(
        self, sent: QueryDict | None = None, *, user: User, shown: Collection[int], has_own: bool, has_shared: bool
    ) -> None:
        super().__init__(sent, shown=shown)
        self.user = user
        for name, is_asked in (("own", has_own), ("shared", has_shared)):
            if not is_asked:
                del self.fields[name]

    def clean_password(self) -> str:
        """Refuse a wrong password."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password

    def save(self) -> None:
        """Delete the account. Raises what `departing.leave_archive` raises."""
        wishes = Wishes(
            own=OwnWorks(self.cleaned_data.get("own", OwnWorks.DELETE)),
            shared=SharedWorks(self.cleaned_data.get("shared", SharedWorks.LEAVE)),
            shown=self.shown,
        )
        departing.leave_archive(wishes, by=self.user)
