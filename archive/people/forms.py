"""What people fill in about their accounts, pseuds and invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people import inviting, naming, orphanage, passes, preferring, writing_names
from archive.people.models import GiftsFrom, Scope
from archive.people.submissions import KeyedForm
from archive.text import cleaning
from archive.text.lines import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from archive.people.models import Pseud, User
    from archive.text.cleaning import CleanHTML

# Three months after the last visit, as AO3's members know it.
REMEMBERED_SECONDS = 90 * 24 * 60 * 60
# As their columns have it.
LONGEST_ABOUT = 500
LONGEST_NOTE = 120
LONGEST_APP_NAME = 60
GOOD_PASSWORD = _("At least 8 characters, and not a common password. A few words in a row are good and easy to keep.")


def ask(form: forms.Form, questions: Mapping[str, StrOrPromise], *, helps: Mapping[str, StrOrPromise] | None = None) -> None:
    """Put our words in place of allauth's: a label for each field, help where there is some, no placeholder."""
    for name, field in form.fields.items():
        field.label = questions.get(name, field.label)
        field.help_text = (helps or {}).get(name, "")
        field.widget.attrs.pop("placeholder", None)


class LoginForm(allauth.LoginForm):  # type: ignore[misc] # allauth comes without types
    """Logging in, under the names that tools send."""

    NAMES: ClassVar = {"login": "user[login]", "password": "user[password]", "remember": "user[remember_me]"}
    IDS: ClassVar = {"login": "user_login", "password": "user_password", "remember": "user_remember_me"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = {"login": _("User name or e-mail address"), "password": _("Password"), "remember": _("Remember me")}
        ask(self, questions)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        for name, identifier in self.IDS.items():
            self.fields[name].widget.attrs["id"] = identifier

    def add_prefix(self, field_name: str) -> str:
        """Answer the name of an input."""
        return self.NAMES.get(field_name, field_name)

    def user_credentials(self) -> dict[str, str]:
        """Answer what is looked up; once only, whatever was typed, so that every wrong log-in takes as long."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Log in, until the browser closes or until `REMEMBERED_SECONDS` have passed without a visit."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        if self.cleaned_data["remember"]:
            request.session.set_expiry(REMEMBERED_SECONDS)
        return response


class SignupForm(allauth.SignupForm):  # type: ignore[misc] # allauth comes without types
    """Making an account."""

    field_order = ("username", "email", "password1", "password2", "agrees")
    agrees = forms.BooleanField(
        label=_("By the law where I live I am old enough to choose for myself what I read here, and I accept the policy."),
        error_messages={"required": _("An account needs your yes to this.")},
    )

    def __init__(self, *args: Any, token: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.token = token
        questions = {
            "username": _("User name"),
            "email": _("E-mail address"),
            "password1": _("Password"),
            "password2": _("The same password again"),
        }
        helps = {
            "username": _("3 to 40 letters, digits or underscores. Readers see it; you can add other names to write under."),
            "email": _("We send a link there to confirm it. Nobody else sees it."),
            "password1": GOOD_PASSWORD,
        }
        ask(self, questions, helps=helps)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; or, where the address has one, write to that address and answer as if it were made."""
        if self.account_already_exists:
            # Hashing is what takes the time when an account is made: here it keeps the two answers alike.
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved

    def save(self, request: HttpRequest) -> User:
        """Make the account with its address, or nothing at all."""
        with transaction.atomic():
            user: User = super().save(request)
        return user


class ResetPasswordForm(allauth.ResetPasswordForm):  # type: ignore[misc] # allauth comes without types
    """Asking for a mail with which to set a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, {"email": _("E-mail address of the account")})

    def clean_email(self) -> str:
        """Answer the address; whose it is, if it is that of the account that nobody can log in to, is nobody."""
        email: str = super().clean_email()
        self.users: list[User] = [user for user in self.users if not orphanage.is_keeper(user)]
        return email


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc] # allauth comes without types
    """Setting a new password with the link from that mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = {"password1": _("New password"), "password2": _("The same password again")}
        ask(self, questions, helps={"password1": GOOD_PASSWORD})


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc] # allauth comes without types
    """Changing a password that is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = {
            "oldpassword": _("Current password"),
            "password1": _("New password"),
            "password2": _("The same new password again"),
        }
        ask(self, questions, helps={"password1": GOOD_PASSWORD})


class SetPasswordForm(allauth.SetPasswordForm):  # type: ignore[misc] # allauth comes without types
    """Setting the first password of an account that was made without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = {"password1": _("Password"), "password2": _("The same password again")}
        ask(self, questions, helps={"password1": GOOD_PASSWORD})


class ReauthenticateForm(allauth.ReauthenticateForm):  # type: ignore[misc] # allauth comes without types
    """Showing that it is still the same person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, {"password": _("Password")})


class AddEmailForm(allauth.AddEmailForm):  # type: ignore[misc] # allauth comes without types
    """Giving the account another address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {"email": _("We send a link there. Until you follow it, nothing changes.")}
        ask(self, {"email": _("New e-mail address")}, helps=helps)


class PseudForm(forms.Form):
    """A pseud: its name, some words about it, whether it is the default."""

    name = forms.CharField(label=_("Name"), max_length=40, widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}))
    about_source = forms.CharField(
        label=_("About"),
        help_text=_("Up to 500 characters. Plain text or HTML, shown on the page of this pseud."),
        max_length=LONGEST_ABOUT,
        required=False,
        widget=forms.Textarea({"rows": 5, "dir": "auto"}),
    )
    is_default = forms.BooleanField(label=_("Post under this name unless I say otherwise"), required=False)

    def __init__(self, *args: Any, pseud: Pseud | None = None, **kwargs: Any) -> None:
        self.pseud = pseud
        if pseud is not None:
            kwargs["initial"] = {name: getattr(pseud, name) for name in ("name", "about_source", "is_default")}
        super().__init__(*args, **kwargs)
        if pseud is None:
            return
        if writing_names.bears_username(pseud):
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _("This is the name of your account, so it stays as it is.")
        if pseud.is_default:
            del self.fields["is_default"]

    def clean_name(self) -> str:
        """Answer the name as it will be kept."""
        if self.fields["name"].disabled and self.pseud:
            return self.pseud.name
        try:
            return naming.pseud_name(self.cleaned_data["name"])
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean_about_source(self) -> str:
        """Clean the words about a pseud, and keep them as typed as well."""
        source: str = self.cleaned_data["about_source"]
        try:
            self.about: CleanHTML = cleaning.clean(source, profile=cleaning.Profile.PROFILE, site=settings.SITE_ADDRESS)
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal
        return source

    def save(self, *, by: User) -> Pseud:
        """Take or change the pseud. Raises `writing_names.NameInUse`."""
        portrait = writing_names.Portrait(
            name=self.cleaned_data["name"],
            about_source=self.cleaned_data["about_source"],
            about=self.about,
            is_default=self.cleaned_data.get("is_default", False),
        )
        if self.pseud is None:
            return writing_names.take(portrait, by=by)
        return writing_names.change(self.pseud, portrait, by=by)


class NewPseudForm(PseudForm, KeyedForm):
    """A new pseud."""


class InvitationForm(KeyedForm):
    """A new invitation."""

    note = forms.CharField(
        label=_("For whom"),
        help_text=_("Only administrators see this."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    index_url = reverse_lazy("invitations")

    def save(self, *, by: User) -> str:
        """Make the invitation and answer the address of the page that shows it."""
        inviting.invite(by=by, note=self.cleaned_data["note"])
        return str(self.index_url)


class AppPasswordForm(KeyedForm):
    """A new app password."""

    name = forms.CharField(
        label=_("For which program or device"),
        help_text=_("A name to know it by later, such as: Kobo in the bedroom."),
        max_length=LONGEST_APP_NAME,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose what it may read.")},
    )

    def clean_name(self) -> str:
        """Answer the name on one line."""
        try:
            return one_line(self.cleaned_data["name"], longest=LONGEST_APP_NAME)
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def save(self, *, by: User) -> passes.Made:
        """Make it. Raises `passes.NameInUse` or `passes.TooMany`."""
        scopes = [Scope(scope) for scope in self.cleaned_data["scopes"]]
        return passes.make(by=by, name=self.cleaned_data["name"], scopes=scopes)


class OpennessForm(forms.Form):
    """What others may ask of a member."""

    can_be_invited = forms.BooleanField(
        label=_("Members can ask me to be a co-author"),
        help_text=_("You say yes or no to each invitation. Until then your name stands nowhere."),
        required=False,
    )

    takes_gifts_from = forms.ChoiceField(
        label=_("Who can give me works"),
        help_text=_("You say yes or no to each gift. Until then it names you nowhere."),
        choices=GiftsFrom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who can give you works.")},
    )

    def save(self, *, by: User) -> None:
        """Keep it."""
        openness = preferring.Openness(
            can_be_invited=self.cleaned_data["can_be_invited"], takes_gifts_from=GiftsFrom(self.cleaned_data["takes_gifts_from"])
        )
        preferring.be_open(openness, by=by)


class WishesForm(forms.Form):
    """How far a member wants their works to be carried."""

    avoids_search_engines = forms.BooleanField(
        label=_("Ask search engines to leave out my works, series and profile"),
        help_text=_(
            "They keep to it, if they are honest. It does not lock anything: who has the address can read. "
            "A work that several people wrote is left out as soon as one of them asks for it."
        ),
        required=False,
    )
    refuses_share_links = forms.BooleanField(
        label=_("Offer no text for sharing on my works"),
        help_text=_("Readers find no “Share” on them. Nothing keeps anybody from copying an address."),
        required=False,
    )

    def save(self, *, by: User) -> None:
        """Keep it."""
        preferring.wish(preferring.Wishes(**self.cleaned_data), by=by)
