"""What an operator fills in: the set-up page, and the settings that can be changed later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.charter.models import Charter, SignUp
from archive.errors import ArchiveError
from archive.ops import asking_machines, founding
from archive.people import registering
from archive.people.forms import GOOD_PASSWORD
from archive.people.models import User
from archive.tags.models import RATING, WARNING, Tag
from archive.text import lines
from archive.text.cleaning import Profile
from archive.works.form_fields import WordsField

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.functional import Promise

NAME_LENGTH = 80  # as the column
POLICY_LENGTH = 20_000  # long enough for a careful policy, short enough to be read
ROBOTS_LENGTH = 5_000  # crawlers read half a megabyte of a robots.txt; nobody needs more than this
ROBOTS_LINE = re.compile(r"(#.*|[A-Za-z-]+[ \t]*:.*)?")
REFUSAL_LENGTH = 500  # as the column
FIELD_OF_KIND = {RATING: "ratings", WARNING: "warnings"}


class AcceptedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # at run time Django's class takes none
    """The values of a closed kind that the archive accepts: each a box with its explanation, none ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, kind: str, *, label: Promise, help_text: Promise, required_message: Promise) -> None:
        super().__init__(
            Tag.objects.of_kind(kind).filter(retired_at=None).order_by("position", "pk"),
            label=label,
            help_text=help_text,
            error_messages={"required": required_message},
        )


class CharterForm(forms.Form):
    """What the archive is, who may join it, and which works it takes."""

    name = forms.CharField(
        label=_("Name of the archive"),
        help_text=_("It stands at the top of every page and in every mail."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": _("Please give the archive a name. You can change it later.")},
    )
    sign_up = forms.ChoiceField(
        label=_("Who may sign up"),
        choices=SignUp.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the three. You can change it later.")},
    )
    contact = forms.EmailField(
        label=_("Contact address"),
        help_text=_("Everybody sees it, at the foot of each page and in mails. Readers write there when something is wrong."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    policy = WordsField(
        _("Policy"), Profile.PROFILE, longest=POLICY_LENGTH, rows=8,
        help_text=_(
            "What you ask of people here, in a few plain sentences; text or simple HTML. For example: “Be kind to each other. "
            "Post what you made yourself. Tag it so that nobody is hurt by surprise. If something worries you, write to us.”"
        ),
    )  # fmt: skip
    ratings = AcceptedField(
        RATING,
        label=_("Ratings that are welcome here"),
        help_text=_("How strong a work may be. Authors choose one of those that you tick."),
        required_message=_("Please tick at least one rating. Without one nobody could post anything here."),
    )
    warnings = AcceptedField(
        WARNING,
        label=_("Warnings that are welcome here"),
        help_text=_(
            "Every author says one of these or more, and every reader meets it before the text. To tick a warning is to take works "
            "that need it; to leave it empty is to say that such works belong somewhere else."
        ),
        required_message=_("Please tick at least one warning. Without one nobody could post anything here."),
    )
    refusal = forms.CharField(
        label=_("What you say to authors of works that do not fit"),
        help_text=_(
            "One sentence, shown when somebody tries to post what you have not ticked. If you leave it empty, we say it for you."
        ),
        max_length=REFUSAL_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def clean_name(self) -> str:
        """Answer the name with its spaces squished, or refuse what cannot be read in it."""
        try:
            return lines.one_line(self.cleaned_data["name"], longest=NAME_LENGTH)
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def terms(self) -> founding.Terms:
        """Answer what was filled in."""
        answers = self.cleaned_data
        return founding.Terms(
            accepted=[*answers["ratings"], *answers["warnings"]],
            **{name: answers[name] for name in ("name", "sign_up", "contact", "policy", "refusal")},
        )


class SettingsForm(CharterForm):
    """The charter, as it stands and to be changed."""

    def __init__(self, sent: QueryDict | None = None, *, charter: Charter) -> None:
        accepted = list(Tag.objects.filter(kind__in=FIELD_OF_KIND, is_accepted=True, retired_at=None))
        kept: dict[str, object] = {name: getattr(charter, name) for name in ("name", "sign_up", "contact", "refusal")}
        kept |= {field: [tag.pk for tag in accepted if tag.kind_id == kind] for kind, field in FIELD_OF_KIND.items()}
        super().__init__(sent, initial=kept | {"policy": charter.policy_source})

    def save(self, *, by: User) -> None:
        """Change the charter."""
        founding.amend(self.terms(), by=by)


class MachinesForm(forms.Form):
    """What is asked of machines that come by."""

    may_be_found = forms.BooleanField(
        label=_("Search engines may show this archive"),
        help_text=_("If not, every page asks them to leave it out, and there is no site map."),
        required=False,
    )
    keeps_ai_out = forms.BooleanField(
        label=_("Ask crawlers of AI companies to stay away"),
        help_text=_("In robots.txt by name, and on every answer. Polite ones keep to it. Only a locked work is locked."),
        required=False,
    )
    robots_lines = forms.CharField(
        label=_("More lines for robots.txt"),
        help_text=_("They stand at its end, as you write them. For example: “User-agent: SomeBot” and below it “Disallow: /”."),
        max_length=ROBOTS_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 5, "dir": "ltr", "spellcheck": "false"}),
    )

    def clean_robots_lines(self) -> str:
        """Answer the lines, or say which of them no crawler could read."""
        lines_typed = [line.strip() for line in self.cleaned_data["robots_lines"].splitlines()]
        for line in lines_typed:
            if not ROBOTS_LINE.fullmatch(line):
                sentence = _("No crawler can read the line “%(line)s”: each is a name, a colon and what is meant.")
                raise ValidationError(sentence, params={"line": line[:80]})
        return "\n".join(lines_typed)

    def save(self, *, by: User) -> None:
        """Ask it from now on."""
        asking_machines.ask(asking_machines.Request(**self.cleaned_data), by=by)


class SetupForm(CharterForm):
    """The charter, and whoever is to be its first administrator."""

    username = forms.CharField(
        label=_("Your user name"),
        help_text=_("3 to 40 letters, digits or underscores. You can write under other names too."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Please choose a name to log in with.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only for you: it is how you set a new password. Nobody else sees it."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Please give an address. Without one a lost password stays lost.")},
    )
    password1 = forms.CharField(
        label=_("Password"),
        help_text=GOOD_PASSWORD,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Please choose a password.")},
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Please type the password a second time.")},
    )

    def clean_username(self) -> str:
        """Answer the user name as it will be kept."""
        return str(get_adapter().clean_username(self.cleaned_data["username"]))

    def clean_email(self) -> str:
        """Answer the address, if mail can be sent to it."""
        return str(get_adapter().clean_email(self.cleaned_data["email"]))

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is weak, or typed in two ways."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        password = answers.get("password1")
        if not password:
            return answers
        try:
            get_adapter().clean_password(password, User(username=answers.get("username", ""), email=answers.get("email", "")))
        except ValidationError as refusal:
            self.add_error("password1", refusal)
        if "password2" in answers and answers["password2"] != password:
            self.add_error("password2", _("This is not the same password. Please type it twice."))
        return answers

    def save(self, *, token: str) -> User:
        """Found the archive and answer its administrator. Raises what `founding.found` raises."""
        answers = self.cleaned_data
        return founding.found(
            self.terms(),
            token=token,
            username=answers["username"],
            email=answers["email"],
            password=answers["password1"],
        )

    def refuse(self, refusal: registering.NameTaken | registering.AddressTaken) -> None:
        """Put a refused deed's sentence beside the field that it is about."""
        self.add_error("username" if isinstance(refusal, registering.NameTaken) else "email", str(refusal))
