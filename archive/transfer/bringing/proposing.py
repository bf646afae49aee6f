"""What the header of an old story proposes for fields that only its author fills, with the words that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.tags.models import Kind
from archive.works import old_stories

if TYPE_CHECKING:
    from archive.transfer.bringing.brought import Brought

KIND_PREFIX = "tags_"
LONGEST = 300


def of(brought: Brought) -> list[str]:
    """One line for each proposal. Nothing of it is chosen."""
    if brought.proposals is None:
        return []
    kinds = dict(Kind.objects.values_list("code", "name"))
    lines = []
    for name, proposals in old_stories.beside_fields(brought.proposals).items():
        label = kinds.get(name.removeprefix(KIND_PREFIX), _("In your own words"))
        for one in proposals:
            words = f"“{one.words}”" if one.words else ""
            lines.append(f"{label}: {one.name} {words}".replace("  ", " ").strip()[:LONGEST])
    known = old_stories.known_characters("\n".join(chapter.text for chapter in brought.chapters))
    names = [f"{one.name} ({', '.join(one.fandoms)})" if one.fandoms else one.name for one in known]
    return [*lines, _("Characters whom the archive knows: %(names)s") % {"names": ", ".join(names)}] if names else lines
