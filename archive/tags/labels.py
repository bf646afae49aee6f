"""Tags as they stand on works: light enough for a page that shows hundreds of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.html import format_html

from archive.addresses import address
from archive.tags.models import NO_WARNINGS
from archive.tags.naming import to_path

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from archive.tags.models import Tag

LINKS_KEPT = 20_000  # a few megabytes; the tags that a page shows are mostly those of the page before


@dataclass(frozen=True, slots=True)
class Label:
    """A tag on a work: what pages show of it, and what the advisory asks about."""

    pk: int
    name: str
    kind_id: str
    code: str
    explanation: str
    asks_consent: bool
    position: int

    @classmethod
    def of(cls, tag: Tag) -> Label:
        """Answer the label of a tag."""
        return cls(tag.pk, tag.name, tag.kind_id, tag.code, tag.explanation, tag.asks_consent, tag.position)

    def __str__(self) -> str:
        return self.name

    @property
    def get_absolute_url(self) -> str:
        """The address of the works that bear it."""
        return tag_address(self.name)

    @property
    def link(self) -> SafeString:
        """The link that tools and skins know tags by."""
        return link(self.name)

    @property
    def means_no_warnings(self) -> bool:
        """Whether it is the promise that none of the archive's warnings applies."""
        return self.code == NO_WARNINGS


@lru_cache(LINKS_KEPT)
def tag_address(name: str) -> str:
    """Answer the address of the works that bear the tag of this name."""
    return address("tag_works", to_path(name))


@lru_cache(LINKS_KEPT)
def link(name: str) -> SafeString:
    """Answer the link to the works that bear the tag of this name."""
    return format_html('<a class="tag" href="{}">{}</a>', tag_address(name), name)
