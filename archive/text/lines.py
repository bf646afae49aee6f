"""Reads what people type into one-line fields: titles, names, tags."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import characters

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_MARKS = 8
# A line this many times too long is refused before anything is done to it.
HOPELESSLY_LONG = 20

_LETTERS_TO_IMITATE = f"{characters.LATIN}{characters.GREEK}{characters.CYRILLIC}"
_NOT_CHARACTERS = re.compile(
    f"[{characters.C0_CONTROLS}{characters.C1_CONTROLS}{characters.SURROGATES}{characters.NON_CHARACTERS}]",
)
_REORDERING = re.compile(f"[{characters.REORDERING}]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_HIDDEN = re.compile(f"[{characters.HIDDEN}{characters.TAG_CHARACTERS}]")
_JOINER = re.compile(f"[{characters.JOINERS}]")
_HINT = re.compile(f"[{characters.DIRECTION_HINTS}]")
_RIGHT_TO_LEFT = re.compile(f"[{characters.RIGHT_TO_LEFT}]")
_IMITABLE = re.compile(f"[\x00-\x7f{_LETTERS_TO_IMITATE}{characters.JOINERS}]")
_EMPTY = re.compile(
    f"[\\s{characters.HIDDEN}{characters.TAG_CHARACTERS}{characters.JOINERS}{characters.DIRECTION_HINTS}"
    f"{characters.REORDERING}{characters.VARIATION_SELECTORS}]",
)


class LineRefused(ArchiveError):
    """A line that cannot be taken as it is."""


class Invisible(LineRefused):
    """Nothing in the line can be seen."""

    def __init__(self) -> None:
        super().__init__(_("Write at least one character that can be seen."))


class Unreadable(LineRefused):
    """The line holds what is no character to read: a control, half a character, a non-character."""

    def __init__(self, character: str) -> None:
        super().__init__(
            _naming(
                _("This holds a character that cannot be shown ({code}). Please remove it."),
                character,
            )
        )


class ReordersText(LineRefused):
    """The line holds a mark that turns the direction of what follows it on the page."""

    def __init__(self, character: str) -> None:
        super().__init__(
            _naming(
                _("This holds an invisible mark that reorders the text round it ({code}). Please remove it."),
                character,
            ),
        )


class HiddenCharacter(LineRefused):
    """The line holds a character that nobody can see."""

    def __init__(self, character: str) -> None:
        super().__init__(
            _naming(
                _("This holds an invisible character ({code}). Please remove it."),
                character,
            )
        )


class TooManyMarks(LineRefused):
    """More marks are piled on one character than any language needs."""

    def __init__(self, most: int) -> None:
        super().__init__(
            format_lazy(
                _("More than {most} marks are piled on one character. Please remove some."),
                most=most,
            ),
        )


class TooLong(LineRefused):
    """The line is longer than its field allows."""

    def __init__(self, length: int, longest: int) -> None:
        super().__init__(
            format_lazy(
                _("This is {length} characters long; at most {longest} are allowed."),
                length=length,
                longest=longest,
            ),
        )


def one_line(raw: str, *, longest: int) -> str:
    """The line as typed, in NFC and with its spaces squished, at most `longest` characters.

    Raises TooLong, Unreadable, Invisible, ReordersText, HiddenCharacter or TooManyMarks. Markup is text here.
    """
    if len(raw) > HOPELESSLY_LONG * longest:
        raise TooLong(len(raw), longest)
    _refuse_unreadable(raw)
    line = " ".join(unicodedata.normalize("NFC", raw).split())
    _refuse_unseen(line)
    _refuse_piled_marks(line)
    if len(line) > longest:
        raise TooLong(len(line), longest)
    return line


def _refuse_unreadable(raw: str) -> None:
    if found := _NOT_CHARACTERS.search(raw):
        raise Unreadable(found[0])


def _refuse_unseen(line: str) -> None:
    if not _EMPTY.sub("", line) or all(unicodedata.category(character)[0] in "MZ" for character in line):
        raise Invisible
    if found := _REORDERING.search(line):
        raise ReordersText(found[0])
    if found := _HIDDEN.search(_FLAG.sub("", line)):
        raise HiddenCharacter(found[0])
    # Hebrew, Arabic and their like use these beside Latin words; anywhere else they only hide.
    if (found := _HINT.search(line)) and not _RIGHT_TO_LEFT.search(line):
        raise HiddenCharacter(found[0])
    for joiner in _JOINER.finditer(line):
        if not _joins(line, joiner.start()):
            raise HiddenCharacter(joiner[0])


def _joins(line: str, place: int) -> bool:
    """Whether a joiner stands inside an emoji, or inside a word of a script that shows the difference."""
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    return all(
        one and not _IMITABLE.match(one) and (unicodedata.category(one)[0] in "LM" or unicodedata.category(one) in {"So", "Sk"})
        for one in (before, after)
    )


def _refuse_piled_marks(line: str) -> None:
    piled = 0
    for character in line:
        piled = piled + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if piled > MOST_MARKS:
            raise TooManyMarks(MOST_MARKS)


def _naming(sentence: "StrPromise", character: str) -> "StrPromise":
    return format_lazy(sentence, code=f"U+{ord(character):04X}")
