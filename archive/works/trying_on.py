"""Skins that their author looks at before they are kept: their stylesheet lies for a moment at an address that nobody can guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.urls import reverse
from django.utils.crypto import salted_hmac

from archive.text import stylesheets
from archive.works import skins
from archive.works.skins import KEY_LENGTH

if TYPE_CHECKING:
    from archive.works.skinning import SkinEntry
    from archive.works.skins import Kind, Skin

KEPT = 600  # seconds


@dataclass(frozen=True, slots=True)
class Tried:
    """A skin as it was typed, with what it builds on, as pages ask a skin that is kept."""

    stylesheet_url: str
    below: tuple[Skin, ...]

    def layers(self) -> list[Skin | Tried]:
        """Answer what it builds on, the lowest first, and itself at the end."""
        return [*self.below, self]


def try_on(kind: Kind, entry: SkinEntry) -> Tried:
    """Lay the stylesheet of a skin that is not kept where a page can load it, for ten minutes."""
    said = repr((kind.value, entry.media, entry.source, stylesheets.CLEANER_VERSION))
    key = salted_hmac("archive.works.trying_on", said, algorithm="sha256").hexdigest()[:KEY_LENGTH]
    cache.set(_name(key), skins.on_page(kind, entry.media, entry.source), KEPT)
    below = skins.layers_of(entry.parent.pk) if entry.parent else []
    return Tried(reverse("skin_tried", args=[key]), tuple(below))


def stylesheet(key: str) -> str | None:
    """Answer a stylesheet that was laid down, or None where there is none under this key any more."""
    found: str | None = cache.get(_name(key))
    return found


def _name(key: str) -> str:
    return f"tried-skin-{key[:KEY_LENGTH]}"
