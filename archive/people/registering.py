"""Making an account, with the first name that it writes under."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from archive.charter.models import Charter
from archive.errors import ArchiveError
from archive.people import inviting, naming
from archive.people.models import Pseud, User


class SignUpClosed(ArchiveError):
    """The archive takes nobody new."""

    def __init__(self) -> None:
        super().__init__(_("This archive takes no new accounts at the moment."))


class InvitationNeeded(ArchiveError):
    """The archive takes only people who were invited, and there was no invitation."""

    def __init__(self) -> None:
        super().__init__(_("New accounts are by invitation here. If you have one, open the link that came with it."))


class NameTaken(ArchiveError):
    """Somebody has this username already, perhaps in other capitals."""

    def __init__(self) -> None:
        super().__init__(_("This name is taken. Please choose another."))


class AddressTaken(ArchiveError):
    """Some account has this e-mail address already. Never shown: it would tell who has an account."""

    def __init__(self) -> None:
        super().__init__(_("Some account uses this address."))


def admit(token: str) -> str:
    """Answer the invitation that a sign-up now has to use up, or "" where it needs none.

    Raises `SignUpClosed`, `InvitationNeeded`, `inviting.NoSuchInvitation` or `inviting.AlreadyUsed`.
    """
    charter = Charter.objects.current()
    if charter.takes_sign_ups:
        return ""
    if not charter.takes_invited:
        raise SignUpClosed
    if not token:
        raise InvitationNeeded
    inviting.check(token)
    return token


@transaction.atomic
def register(*, username: str, email: str, password: str | None, token: str = "") -> User:
    """Make an account and its default pseud, named alike, and use up the invitation with this token if there is one.

    Without a password nobody can log in to it until one is set by mail. Raises what `naming.username` raises,
    `NameTaken`, `AddressTaken`, `inviting.NoSuchInvitation` or `inviting.AlreadyUsed`.
    """
    user = User(username=naming.username(username), email=email.lower())
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as conflict:
        is_name = User.objects.filter(username__iexact=user.username).exists()
        raise (NameTaken if is_name else AddressTaken) from conflict
    Pseud.objects.create(user=user, name=user.username, is_default=True)
    if token:
        inviting.use(token, by=user)
    return user


def vouch(user: User) -> None:
    """Count the account's address as confirmed without a mail, for accounts that an administrator makes."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
