"""Finds the pseud that is meant by a name as it stands under works: "pseud", or "pseud (username)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import Pseud

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import Viewer

BYLINE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<username>[^()]+)\)")
COMMAS = re.compile("[,，、]")
LONGEST_BYLINE = 100
NAMES_OFFERED = 5  # of those that could be meant, in the sentence that asks which
SUGGESTED = 15


class NobodyOfThatName(ArchiveError):
    """No pseud is called so."""

    def __init__(self, name: str) -> None:
        super().__init__(format_lazy(_("Nobody here is called “{name}”."), name=name))


class SeveralOfThatName(ArchiveError):
    """Several accounts have a pseud of that name, and none is called so itself."""

    def __init__(self, name: str, bylines: Iterable[str]) -> None:
        super().__init__(
            format_lazy(
                _("Several people write as “{name}”. Please write which one you mean: {bylines}."),
                name=name,
                bylines=", ".join(bylines),
            )
        )


def split_names(typed: str) -> list[str]:
    """Answer names that were typed with commas between, each once."""
    return list(dict.fromkeys(name for part in COMMAS.split(typed) if (name := " ".join(part.split()))))


def pseud_called(byline: str, *, viewer: Viewer) -> Pseud:
    """Answer the pseud, with its account, that is meant by a byline. Raises `NobodyOfThatName` or `SeveralOfThatName`.

    A name alone means the account that is called so, if there is one, as it does under works.
    """
    pseuds = Pseud.objects.visible_to(viewer).with_account()
    typed = byline.replace("\0", "").strip()[:LONGEST_BYLINE]
    if parts := BYLINE.fullmatch(typed):
        found = list(pseuds.filter(name__iexact=parts["name"], user__username__iexact=parts["username"]))
    else:
        found = list(pseuds.filter(name__iexact=typed).order_by("pk"))
        found = [pseud for pseud in found if pseud.user.username.lower() == typed.lower()] or found
    if not found:
        raise NobodyOfThatName(typed)
    if len(found) > 1:
        raise SeveralOfThatName(typed, sorted(pseud.byline for pseud in found[:NAMES_OFFERED]))
    return found[0]


def suggestions(typed: str, *, viewer: Viewer) -> list[str]:
    """Answer bylines of pseuds that begin with what was typed, for a field that asks for people."""
    beginning = typed.replace("\0", "").strip()[:LONGEST_BYLINE]
    if not beginning:
        return []
    pseuds = Pseud.objects.visible_to(viewer).with_account().filter(name__istartswith=beginning).order_by("name", "pk")
    return [pseud.byline for pseud in pseuds[:SUGGESTED]]
