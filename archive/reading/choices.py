"""How a reader wants texts set: a guest's choices lie in one plain cookie, a member's in their account.

The server writes them into the first tag of every page, so that no page is drawn twice. They are harmless and hold nothing but
names from the lists below: what is not in them counts as not said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.reading.themes import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

COOKIE = "reading"
THEME_COOKIE = "theme"  # in which earlier versions kept the theme alone
KEPT = 60 * 60 * 24 * 365  # seconds
LONGEST = 200  # characters; what is longer was not written here
NOTHING = "-"  # in an account: asked for, and all as the archive has it


class Size(models.TextChoices):
    """How large the letters of a text are, in percent of the archive's own."""

    SMALLEST = "80", "80%"
    SMALL = "90", "90%"
    USUAL = "", "100%"
    LARGE = "115", "115%"
    LARGER = "135", "135%"
    VERY_LARGE = "160", "160%"
    LARGEST = "200", "200%"


class Width(models.TextChoices):
    """How long the lines of a text are."""

    NARROW = "narrow", _("Narrow")
    USUAL = "", _("Usual")
    WIDE = "wide", _("Wide")
    FULL = "full", _("Full")


class Face(models.TextChoices):
    """The letters of a text."""

    SERIF = "", _("Serif")
    SANS = "sans", _("Sans")
    PLAIN = "plain", _("Hard to mistake")


class Leading(models.TextChoices):
    """How far the lines of a text are apart."""

    TIGHT = "tight", _("Tight")
    USUAL = "", _("Usual")
    LOOSE = "loose", _("Loose")
    DOUBLE = "double", _("Double")


class Edges(models.TextChoices):
    """Where the lines of a text end."""

    RAGGED = "", _("Where the words end")
    EVEN = "even", _("All at the edge")


class Dress(models.TextChoices):
    """Whether works wear the skins that their authors gave them."""

    WORN = "", _("As their authors dressed them")
    PLAIN = "plain", _("Plain")


class Place(models.TextChoices):
    """Where a member's choices are kept."""

    ACCOUNT = "", _("In my account, for all my devices")
    BROWSER = "browser", _("In this browser alone")


TEXT: dict[str, tuple[object, type[models.TextChoices]]] = {
    "size": (_("Size"), Size),
    "face": (_("Letters"), Face),
    "leading": (_("Between the lines"), Leading),
    "width": (_("Width"), Width),
    "edges": (_("Ends of lines"), Edges),
}
COLOURS: dict[str, tuple[object, type[models.TextChoices]]] = {"theme": (_("Light and dark"), Theme)}
DRESSES: dict[str, tuple[object, type[models.TextChoices]]] = {"dress": (_("Texts with a skin"), Dress)}
PLACES: dict[str, tuple[object, type[models.TextChoices]]] = {"place": (_("Where this is kept"), Place)}
ALL = TEXT | COLOURS | DRESSES | PLACES
SKIN = "skin"  # for the archive's pages, by its number; no list names them all
NUMBER = re.compile(r"[1-9][0-9]{0,9}")
NOT_ON_PAGES = {*DRESSES, *PLACES, SKIN}


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """What a reader has said. What is as the archive has it is not said."""

    said: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: str) -> ReadingChoices:
        """Answer what was written down by `str`; whatever else is in it is left out."""
        pairs = (part.partition(":") for part in kept[:LONGEST].split("."))
        return cls().saying({name: value for name, _colon, value in pairs})

    def saying(self, answers: Mapping[str, str]) -> ReadingChoices:
        """Answer these with others said anew: those that are known, each with one of its values."""
        known = {name: answers[name] for name, (_label, values) in ALL.items() if answers.get(name) in values.values}
        skin = answers.get(SKIN)
        if skin is not None and (not skin or NUMBER.fullmatch(skin)):
            known[SKIN] = skin
        said = {**self.said, **known}
        return ReadingChoices({name: said[name] for name in (*ALL, SKIN) if said.get(name)})

    def __str__(self) -> str:
        return ".".join(f"{name}:{value}" for name, value in self.said.items())

    @property
    def theme(self) -> str:
        """The theme, or nothing, and then the device's is followed."""
        return self.said.get("theme", "")

    @property
    def skin(self) -> int | None:
        """The number of the skin for the archive's pages."""
        return int(self.said[SKIN]) if SKIN in self.said else None

    @property
    def wants_plain(self) -> bool:
        """Whether no work is to wear its author's skin."""
        return bool(self.said.get("dress"))

    @property
    def is_of_browser(self) -> bool:
        """Whether a member keeps them in this browser, whatever their account says."""
        return bool(self.said.get("place"))

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """What the first tag of a page says of them, without the `data-` before each name."""
        return [(name, value) for name, value in self.said.items() if name not in NOT_ON_PAGES]


def kept_by_browser(request: HttpRequest) -> ReadingChoices:
    """Answer what this browser keeps."""
    older = request.COOKIES.get(THEME_COOKIE, "")
    return ReadingChoices.read(request.COOKIES.get(COOKIE) or f"theme:{older}")


def choices_of(request: HttpRequest) -> ReadingChoices:
    """Answer what holds for this request: a member's account, unless it says nothing or this browser goes its own way."""
    of_browser = kept_by_browser(request)
    user = getattr(request, "user", None)  # there is none where a page is refused before sessions are read
    if user is None or not user.is_authenticated or of_browser.is_of_browser or not user.reading_choices:
        return of_browser
    return ReadingChoices.read(user.reading_choices)


def keep(choices: ReadingChoices, *, request: HttpRequest, response: HttpResponse) -> None:
    """Keep what was chosen, where it belongs."""
    if not request.user.is_authenticated or choices.is_of_browser:
        keep_in_browser(choices, response)
        return
    request.user.reading_choices = str(choices) or NOTHING
    request.user.save(update_fields=["reading_choices"])
    if kept_by_browser(request).is_of_browser:
        keep_in_browser(ReadingChoices(), response)


def keep_in_browser(choices: ReadingChoices, response: HttpResponse) -> None:
    """Have the browser keep choices, or forget that there were any."""
    response.delete_cookie(THEME_COOKIE)
    if not choices.said:
        response.delete_cookie(COOKIE)
        return
    kept = str(choices)
    response.set_cookie(COOKIE, kept, max_age=KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice, as it is offered."""

    value: str
    label: object
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A choice with its values."""

    name: str
    label: object
    options: list[Option]


def groups_of(choices: ReadingChoices, wanted: Mapping[str, tuple[object, type[models.TextChoices]]]) -> list[Group]:
    """Answer some of the choices as a page offers them."""
    return [
        Group(name, label, [Option(value, words, value == choices.said.get(name, "")) for value, words in values.choices])
        for name, (label, values) in wanted.items()
    ]
