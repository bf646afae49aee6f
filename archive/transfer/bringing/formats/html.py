"""HTML of any kind: what a word processor, a journal or another archive has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.transfer.bringing import dressing, markup, parting, sources
from archive.transfer.bringing.brought import Brought

if TYPE_CHECKING:
    from archive.transfer.bringing.markup import Markup

# What pages say of themselves, by the names in their meta tags.
AUTHORS = frozenset(["author", "dc.creator"])
SUMMARIES = frozenset(["description", "dc.description"])
ADDRESSES = frozenset(["canonical", "og:url", "dc.source"])


def read(document: Markup, *, named: str = "HTML") -> Brought:
    """What a page says."""
    said = {(meta.get("name") or meta.get("property") or "").lower(): meta.get("content", "") for meta in document.metas()}
    dressing.undress(document)
    parting.without_dead_links(document)
    parts = parting.part(document)
    return Brought(
        format=named,
        chapters=parts.chapters,
        title=parts.title or document.title,
        authors=tuple(name for key in AUTHORS if (name := markup.words_of(said.get(key, "")))),
        language=document.language,
        summary=next((words for key in sorted(SUMMARIES) if (words := said.get(key, "").strip())), ""),
        source=next((address for key in sorted(ADDRESSES) if (address := sources.known_by(said.get(key, "")))), ""),
        expected_chapters=len(parts.chapters) or 1,
    )
