"""Plain text, with or without the header of an old story."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.tags.models import CHARACTER, FANDOM, RELATIONSHIP
from archive.text.old_stories import joining, proposing, reading
from archive.transfer.bringing.brought import Brought, BroughtChapter

if TYPE_CHECKING:
    from archive.text.decoding import Decoded
    from archive.transfer.bringing.brought import Wishes


def read(decoded: Decoded, wishes: Wishes) -> Brought:
    """What a text says: its header fills what nobody is warned by, and the rest of it is proposed."""
    even = reading.evenly(decoded.text)
    if not wishes.takes_header:
        text = joining.joined(even) if wishes.joins_lines else even
        return Brought(format="Plain text", chapters=(BroughtChapter(text),), expected_chapters=1, decoded=decoded)
    story = proposing.read(even)
    if wishes.joins_lines:
        story = replace(story, parted=replace(story.parted, text=joining.joined(story.text)))
    return proposed(
        Brought(format="Plain text", chapters=(BroughtChapter(story.text),), decoded=decoded), story.proposals, story.header
    )


def proposed(brought: Brought, proposals: proposing.Proposals, header: str) -> Brought:
    """The same with what a header says."""
    names = {FANDOM: proposals.fandoms, RELATIONSHIP: proposals.relationships, CHARACTER: proposals.characters}
    return replace(
        brought,
        title=proposals.title or brought.title,
        summary=proposals.summary,
        notes="\n\n".join(proposals.notes),
        tags={kind: found for kind, found in names.items() if found},
        expected_chapters=brought.expected_chapters or 1,
        proposals=proposals,
        header=header,
    )
