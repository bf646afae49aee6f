"""What stands in an advisory's form for the tags that it showed: seals that tell nobody which tags they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = 16  # characters; a seal need only be told from those of the same work


def seal(work: int, tag: int) -> str:
    """Answer the seal of a tag on a work."""
    return salted_hmac("archive.warnings.seals", f"{work}:{tag}", algorithm="sha256").hexdigest()[:LENGTH]


def sealed(work: int, tags: Iterable[int]) -> str:
    """Answer the seals of these tags, with commas."""
    return ",".join(seal(work, tag) for tag in tags)


def unsealed(work: int, sent: str, tags: Iterable[int]) -> frozenset[int]:
    """Answer those of these tags whose seals were sent; anything else in what was sent counts for nothing."""
    seals = frozenset(sent.split(","))
    return frozenset(tag for tag in tags if seal(work, tag) in seals)
