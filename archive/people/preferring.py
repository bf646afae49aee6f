"""What a member lets others do with their name."""

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
