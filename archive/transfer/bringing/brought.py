"""What a file says of the work in it. All of it is a claim: nothing here has been looked at by anybody yet."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 # dataclasses are asked for their fields' types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.text.decoding import Decoded
    from archive.text.old_stories.proposing import Proposals


class Unreadable(ArchiveError):
    """A file that cannot be read. The sentence says why and, where something helps, what."""


class TooMuch(Unreadable):
    """A file that holds more than any work."""

    def __init__(self) -> None:
        super().__init__(_("This file holds far more than a work does, so it was not opened further. Please divide it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How an author wants a file read."""

    encoding: str = ""
    joins_lines: bool = False
    takes_header: bool = True


@dataclass(frozen=True, slots=True)
class BroughtChapter:
    """A part of the work. Its words are as an author would type them, in HTML or plain: they are cleaned when they are kept."""

    text: str
    title: str = ""
    summary: str = ""
    notes: str = ""
    endnotes: str = ""
    warnings: tuple[str, ...] = ()
    content_notes: str = ""
    posted_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A work as a file tells it. `tags` maps the code of a kind to names as the file writes them."""

    format: str
    chapters: tuple[BroughtChapter, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = ""
    summary: str = ""
    notes: str = ""
    endnotes: str = ""
    content_notes: str = ""
    published: dt.date | None = None
    updated: dt.date | None = None
    expected_chapters: int | None = None
    series: tuple[tuple[str, int | None], ...] = ()
    source: str = ""
    # What the file says and a draft has no place for, in sentences for the author.
    remarks: tuple[str, ...] = ()
    decoded: Decoded | None = None
    # Of an old story: what its header proposes for fields that nobody fills but the author, and the header's lines.
    proposals: Proposals | None = None
    header: str = ""
