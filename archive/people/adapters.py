"""What django-allauth asks the archive about: who may sign up, how an account is made, what a mail says."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from archive.charter.models import Charter
from archive.errors import ArchiveError
from archive.people import naming, passes, registering, tool_sessions
from archive.people.models import User
from archive.people.signals import password_set

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC
    from django.http import HttpRequest

    from archive.people.forms import SignupForm

logger = logging.getLogger(__name__)

# As the database has it; more is never an address that mail servers take (RFC 5321, 4.5.3.1).
LONGEST_ADDRESS = 254
WRONG_LOGIN = _("Name and password do not belong together. Please check both, or ask for a new password below.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth comes without types
    """The archive's answers to django-allauth."""

    error_messages = {  # allauth's own attribute, of this shape
        **DefaultAccountAdapter.error_messages,
        # One sentence whatever was wrong, so that it does not tell who has an account.
        "username_password_mismatch": WRONG_LOGIN,
        "email_password_mismatch": WRONG_LOGIN,
        "too_many_login_attempts": _("That was too many tries. Please wait five minutes, or set a new password by mail."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "duplicate_email": _("This is the address of your account already."),
        "username_taken": _("This name is taken. Please choose another."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether whoever sends this request can sign up: the archive is open, or they have an invitation."""
        match = request.resolver_match
        try:
            registering.admit(str(match.kwargs.get("token", "")) if match else "")
        except ArchiveError:
            return False
        return True

    def save_user(self, request: HttpRequest, user: User, form: SignupForm, commit: bool = True) -> User:  # noqa: ARG002 # allauth's signature
        """Make the account that a sign-up form describes, with its pseud."""
        answers = form.cleaned_data
        return registering.register(
            username=answers["username"],
            email=answers["email"],
            password=answers["password1"],
            token=registering.admit(form.token),
        )

    def clean_username(self, username: str, shallow: bool = False) -> str:  # allauth's signature
        """Answer the username as it will be kept, or refuse it beside its field."""
        try:
            name = naming.username(username)
        except ArchiveError as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not shallow and User.objects.filter(username__iexact=name).exists():
            raise self.validation_error("username_taken")
        return name

    def clean_email(self, email: str) -> str:
        """Refuse an address that mail cannot be sent to, though it may look like one."""
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is longer than mail servers allow."))
        person, _at, host = email.rpartition("@")
        if not person.isascii():
            raise ValidationError(_("Please use an address whose part before the @ has only plain letters and digits."))
        try:
            host.encode("idna")
        except UnicodeError as mistake:
            raise ValidationError(_("The part of this address behind the @ is no name of a mail server.")) from mistake
        return str(super().clean_email(email))

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session, which is held to reading where it begins with an app password."""
        super().login(request, user)
        tool_sessions.begin(request)

    def set_password(self, user: User, password: str) -> None:
        """Set a password. Every session but the one that asked ends with the old one, and so does all that opens without one."""
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            passes.revoke_all(by=user)
            password_set.send(sender=User, user=user)
        # Whoever has just set a password by mail must not wait for their earlier wrong tries to be forgotten.
        self._delete_login_attempts_cached_email(self.request, username=user.username)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Make a confirmed address the account's own, or say that another account has it."""
        try:
            with transaction.atomic():
                return bool(super().confirm_email(request, email_address))
        except IntegrityError:
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False

    def is_safe_url(self, url: str) -> bool:
        """Whether an address to go on to lies in this archive."""
        hosts = {urlsplit(settings.SITE_ADDRESS).netloc, self.request.get_host()}
        return url_has_allowed_host_and_scheme(url, allowed_hosts=hosts)

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 # allauth's signature
        """Answer everybody with pages: a second way in would need a second round of care."""
        return False

    def get_login_stages(self) -> list[str]:
        """Between a right password and being logged in stands only the confirmed address."""
        return ["allauth.account.stages.EmailVerificationStage"]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 # allauth's signature
        """Back to where the link to the change of password was."""
        return reverse("preferences")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in a reset mail; from the settings, since a request's Host header is anybody's to choose."""
        person, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": person, "key": token})
        return f"{settings.SITE_ADDRESS}{path}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC) -> str:  # noqa: ARG002 # allauth's signature
        """The address in a confirmation mail, from the settings as well."""
        return f"{settings.SITE_ADDRESS}{reverse('account_confirm_email', args=[emailconfirmation.key])}"

    def format_email_subject(self, subject: str) -> str:
        """The subject as its template has it: the archive's name is part of the sentence."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. Where that fails, say so on the next page instead of losing what was just done."""
        charter = Charter.objects.current()
        known = {"email": email, "archive_name": charter.name, "contact": charter.contact}
        message = self.render_mail(
            template_prefix,
            email,
            {**context, **known, "site_address": settings.SITE_ADDRESS},
            headers={"Auto-Submitted": "auto-generated"},
        )
        try:
            message.send()
        except OSError:  # of which all errors of smtplib and sockets are kinds
            logger.exception("A mail (%s) could not be sent", template_prefix)
            self.add_message(
                self.request, messages.ERROR, message=_("The mail could not be sent just now. Please try again later.")
            )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        # By name and network, not by name alone: with that, a stranger could keep an account's owner out.
        login = credentials.get("email", credentials.get("username", "")).lower()
        return f"{ratelimit.get_ip(request)}:{login}"
