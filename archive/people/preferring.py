"""What a member lets others do with their name, and with what they write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.people.models import GiftsFrom

if TYPE_CHECKING:
    from archive.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """What others may ask of a member. Nothing, unless they say otherwise."""

    can_be_invited: bool = False
    takes_gifts_from: GiftsFrom = GiftsFrom.NOBODY


def be_open(openness: Openness, *, by: User) -> None:
    """Have others ask this, and nothing else, from now on. What they have asked already stays."""
    by.can_be_invited = openness.can_be_invited
    by.takes_gifts_from = openness.takes_gifts_from
    by.save(update_fields=["can_be_invited", "takes_gifts_from"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How far a member wants their works to be carried. A co-written work follows whoever asks for less."""

    avoids_search_engines: bool = False
    refuses_share_links: bool = False


def wish(wishes: Wishes, *, by: User) -> None:
    """Have search engines and readers asked this from now on."""
    by.avoids_search_engines = wishes.avoids_search_engines
    by.refuses_share_links = wishes.refuses_share_links
    by.save(update_fields=["avoids_search_engines", "refuses_share_links"])
