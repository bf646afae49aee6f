"""The account that keeps what its makers have let go of. Nobody can log in to it."""

from __future__ import annotations

from django.db import transaction

from archive.people.models import Pseud, User

USERNAME = "orphan_account"  # as on AO3; `naming` keeps anybody from taking it
# Of a domain that never exists (RFC 2606), so no link for a new password can arrive.
ADDRESS = "orphan_account@archive.invalid"


@transaction.atomic
def keeper() -> User:
    """Answer the account, made at the first need, and keep others from giving it names until this transaction ends."""
    account, is_new = User.objects.get_or_create(username=USERNAME, defaults={"email": ADDRESS})
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
        Pseud.objects.create(user=account, name=USERNAME, is_default=True)
    return User.objects.select_for_update().get(pk=account.pk)


def pseud_for(pseud: Pseud, *, keeps_name: bool, of: User) -> Pseud:
    """Answer the pseud of the account under which the works of this one stand from now on. `of` is the `keeper`."""
    if not keeps_name:
        return Pseud.objects.get(user=of, is_default=True)
    there = Pseud.objects.filter(user=of, name__iexact=pseud.name).first()
    return there or Pseud.objects.create(user=of, name=pseud.name)


def is_keeper(user: User) -> bool:
    """Whether this is the account that nobody can log in to."""
    return user.username == USERNAME
