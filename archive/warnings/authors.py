"""The accounts that readers mean by the names that they type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import Pseud

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archive.people.models import User, Viewer

BYLINE = re.compile(r".*\((?P<username>[A-Za-z0-9_]+)\)")


class NobodyOfThisName(ArchiveError):
    """A name that no account and no pseud has."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(_("Nobody here writes under this name: %(names)s.") % {"names": ", ".join(names)})


class SeveralOfThisName(ArchiveError):
    """A pseud that several accounts have."""

    def __init__(self, name: str, usernames: Iterable[str]) -> None:
        sentence = _("Several people write as %(name)s. Please give the user name of the one that you mean: %(usernames)s.")
        super().__init__(sentence % {"name": name, "usernames": ", ".join(usernames)})


class IsYou(ArchiveError):
    """The reader's own name."""

    def __init__(self) -> None:
        super().__init__(_("What you write yourself is never left out for you. Please take your own name away."))


def named(names: Collection[str], *, viewer: Viewer, known: Iterable[User] = ()) -> list[User]:
    """Answer the accounts of these user names, pseuds or bylines, each once; those in `known` may have been closed since.

    Raises `NobodyOfThisName`, `SeveralOfThisName` or `IsYou`.
    """
    wanted = {name: (BYLINE.fullmatch(name) or {"username": name})["username"].upper() for name in names}
    found = {account.username.upper(): account for account in known}
    pseuds = Pseud.objects.visible_to(viewer).with_account()
    for pseud in pseuds.annotate(login=Upper("user__username")).filter(login__in=wanted.values()):
        found[pseud.user.username.upper()] = pseud.user
    others = _by_pseud([name for name, username in wanted.items() if username not in found], viewer=viewer)
    accounts = [found.get(username) or others[name] for name, username in wanted.items()]
    if viewer in accounts:
        raise IsYou
    return list(dict.fromkeys(accounts))


def _by_pseud(names: Collection[str], *, viewer: Viewer) -> dict[str, User]:
    """Answer the one account that has a pseud of each of these names."""
    owners: dict[str, dict[str, User]] = {}
    lowered = {name: name.lower() for name in names}
    if lowered:
        pseuds = Pseud.objects.visible_to(viewer).with_account().annotate(lowered=Lower("name"))
        for pseud in pseuds.filter(lowered__in=lowered.values()):
            owners.setdefault(pseud.name.lower(), {})[pseud.user.username] = pseud.user
    if unknown := [name for name, key in lowered.items() if key not in owners]:
        raise NobodyOfThisName(unknown)
    for name, key in lowered.items():
        if len(owners[key]) > 1:
            raise SeveralOfThisName(name, sorted(owners[key]))
    return {name: next(iter(owners[key].values())) for name, key in lowered.items()}
