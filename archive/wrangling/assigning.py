"""Which wranglers look after which fandoms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.wrangling.models import WranglerAssignment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.people.models import User
    from archive.tags.models import Tag


def take(fandoms: Iterable[Tag], *, by: User) -> None:
    """Take fandoms; others may have taken them too, and anybody may still wrangle them."""
    rows = [WranglerAssignment(wrangler=by, fandom=fandom) for fandom in fandoms]
    WranglerAssignment.objects.bulk_create(rows, ignore_conflicts=True)


def leave(fandom: Tag, *, by: User) -> None:
    """Look after a fandom no longer."""
    WranglerAssignment.objects.filter(wrangler=by, fandom=fandom).delete()
