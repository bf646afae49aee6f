"""Says what a tag may be called, and how its name stands in an address."""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text.folding import fold
from archive.text.lines import one_line

TAG_LENGTH = 150

# Commas of three scripts part one tag from the next; the rest is kept for addresses and queries.
SEPARATORS = ",，、"
FORBIDDEN = re.compile(rf"[{SEPARATORS}*<>^{{}}=`\\%]")
SEPARATOR = re.compile(f"[{SEPARATORS}]")

# What would end a part of an address. "*" is forbidden in names, so the escapes cannot be mistaken.
ESCAPES = {"/": "*s*", "&": "*a*", ".": "*d*", "?": "*q*", "#": "*h*"}
TO_PATH = str.maketrans(ESCAPES)
FROM_PATH = {escape: character for character, escape in ESCAPES.items()}
ESCAPE = re.compile(r"\*[sadqh]\*")


class ForbiddenCharacter(ArchiveError):
    """A tag name holds a character that tag names cannot hold."""

    def __init__(self, character: str) -> None:
        super().__init__(format_lazy(_("A tag cannot hold the character {character}"), character=character))
        self.character = character


def tag_name(raw: str) -> str:
    """The name of one tag as it is kept: 1 to 150 characters on one line.

    Raises ForbiddenCharacter and the refusals of archive.text.lines.
    """
    name = one_line(raw, longest=TAG_LENGTH)
    if found := FORBIDDEN.search(name):
        raise ForbiddenCharacter(found[0])
    return name


def split_names(raw: str) -> list[str]:
    """The names in a comma-separated field, in order, without empty ones and without a second spelling of any."""
    names: dict[str, str] = {}
    for part in SEPARATOR.split(raw):
        if name := " ".join(part.split()):
            names.setdefault(fold(name), name)
    return list(names.values())


def to_path(name: str) -> str:
    """The name as one part of an address, before percent-encoding: `A/B` is `A*s*B`."""
    return name.translate(TO_PATH)


def from_path(part: str) -> str:
    """The name that a part of an address, percent-decoded, stands for."""
    return ESCAPE.sub(lambda escape: FROM_PATH[escape[0]], part)
