"""Says what people may call themselves."""

import re
import unicodedata

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import characters
from archive.text.lines import TooLong, one_line

USERNAME_SHORTEST = 3
USERNAME_LONGEST = 40
PSEUD_LONGEST = 40

NOT_IN_USERNAMES = re.compile(r"[^A-Za-z0-9_]")
# What would break an address, a byline ("pseud (username)"), a mail header or a list of names.
NOT_IN_PSEUDS = re.compile(r"[/\\?#&.*%,，、;:<>()\[\]{}@|^`\"=+]")
SCRIPTS = [re.compile(f"[{script}]") for script in (characters.LATIN, characters.GREEK, characters.CYRILLIC)]

# Names that would seem to speak for the archive, or that stand in addresses; underscores do not count.
RESERVED = frozenset({
    "abuse", "account", "accounts", "admin", "administrator", "admins", "anon", "anonymous", "api", "archive", "archivist",
    "collection", "creator", "email", "everyone", "guest", "help", "hostmaster", "info", "invite", "lamplight", "login", "logout",
    "me", "mod", "moderation", "moderator", "moderators", "mods", "mystery", "news", "nobody", "noreply", "null",
    "official", "operator", "orphan", "orphanaccount", "owner", "password", "postmaster", "root", "security", "self", "settings",
    "signup", "site", "staff", "support", "sysadmin", "system", "tagwrangler", "team", "tos", "undefined", "unknown",
    "unrevealed", "user", "users", "webmaster", "works", "wrangler", "www", "you",
})  # fmt: skip


class NameRefused(ArchiveError):
    """A name that nobody can have."""


class TooShort(NameRefused):
    """The user name has fewer characters than it needs."""

    def __init__(self, shortest: int) -> None:
        super().__init__(
            format_lazy(
                _("A user name needs at least {shortest} characters."),
                shortest=shortest,
            )
        )


class OnlyPlainLetters(NameRefused):
    """The user name holds something else than ASCII letters, digits and underscores."""

    def __init__(self) -> None:
        super().__init__(_("A user name is made of the letters A to Z, digits and underscores. A pseud may hold any letters."))


class UnderscoreAtEnd(NameRefused):
    """The user name begins or ends with an underscore."""

    def __init__(self) -> None:
        super().__init__(_("A user name cannot begin or end with an underscore."))


class Reserved(NameRefused):
    """The user name would seem to speak for the archive."""

    def __init__(self) -> None:
        super().__init__(_("That name is kept for the archive itself. Please choose another."))


class BreaksAddresses(NameRefused):
    """The pseud holds a character that means something else in addresses and bylines."""

    def __init__(self, character: str) -> None:
        super().__init__(format_lazy(_("A pseud cannot hold the character {character}"), character=character))


class MixedScripts(NameRefused):
    """A word of the pseud mixes alphabets that look alike, and so could pass for another name."""

    def __init__(self, word: str) -> None:
        super().__init__(
            format_lazy(
                _("“{word}” mixes letters of alphabets that look alike. Please write each word in one."),
                word=word,
            ),
        )


def username(raw: str) -> str:
    """The user name as typed: 3 to 40 ASCII letters, digits and underscores, none at its ends, and not reserved.

    Raises OnlyPlainLetters, UnderscoreAtEnd, Reserved, TooShort, or TooLong of archive.text.lines.
    """
    name = raw.strip()
    if NOT_IN_USERNAMES.search(name):
        raise OnlyPlainLetters
    if len(name) < USERNAME_SHORTEST:
        raise TooShort(USERNAME_SHORTEST)
    if len(name) > USERNAME_LONGEST:
        raise TooLong(len(name), USERNAME_LONGEST)
    if name.startswith("_") or name.endswith("_"):
        raise UnderscoreAtEnd
    if name.lower().replace("_", "") in RESERVED:
        raise Reserved
    return name


def pseud_name(raw: str) -> str:
    """The pseud in compatibility form (NFKC): 1 to 40 characters of any script on one line.

    Raises BreaksAddresses, MixedScripts and the refusals of archive.text.lines.
    """
    name = one_line(
        unicodedata.normalize("NFKC", one_line(raw, longest=PSEUD_LONGEST)),
        longest=PSEUD_LONGEST,
    )
    if found := NOT_IN_PSEUDS.search(name):
        raise BreaksAddresses(found[0])
    for word in re.split(r"[\W_]+", name):
        if sum(1 for script in SCRIPTS if script.search(word)) > 1:
            raise MixedScripts(word)
    return name
