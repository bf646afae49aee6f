"""What a change to many works means for one of them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.works.languages import languages

if TYPE_CHECKING:
    from archive.works.bulk import WorkState


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a work loses, gains, or both."""

    label: str
    lost: str
    gained: str


def differences_of(before: WorkState, after: WorkState) -> list[Difference]:
    """Answer what differs."""
    was, will_be = {tag.name: tag for tag in before.tags}, {tag.name: tag for tag in after.tags}
    spoken = languages()
    pairs = [
        (_("Tags"), [name for name in was if name not in will_be], [name for name in will_be if name not in was]),
        (_("Language"), *_apart([spoken.get(before.language, "")], [spoken.get(after.language, "")])),
        (_("Who can read it"), *_apart([_readers(before)], [_readers(after)])),
        (_("Skin"), *_apart([before.skin_title], [after.skin_title])),
        (_("Series"), *_apart([place.title for place in before.places], [place.title for place in after.places])),
        (_("Written as"), *_apart([name.name for name in before.names], [name.name for name in after.names])),
    ]
    return [Difference(label, ", ".join(lost), ", ".join(gained)) for label, lost, gained in pairs if lost or gained]


def _apart(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Answer what only the first holds, and what only the second."""
    return [one for one in before if one not in after], [one for one in after if one not in before]


def _readers(state: WorkState) -> str:
    """Answer who can read it, in words."""
    return _("only members") if state.is_restricted else _("everybody")
