"""Cleaning again what was cleaned by older rules, from the words as they were typed.

No text is served by rules that are known to be wrong for longer than it takes to come round to it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.html import escape

from archive.errors import ArchiveError
from archive.text.cleaning import CLEANER_VERSION, Profile
from archive.text.passages import OPENING
from archive.text.plain import plain_text
from archive.works import marking
from archive.works.chapters import Chapter
from archive.works.entries import Words
from archive.works.models import Work
from archive.works.series import Series
from archive.works.texts import ChapterText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from django.db import models

    from archive.text.cleaning import CleanHTML

AT_ONCE = 20  # rows in a transaction: authors wait for no more than these
SECONDS = 20.0  # until others are let before


def take(_row: Any, _html: CleanHTML) -> None:
    """Take the words as they are."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Rows with clean words in some columns, each beside what was typed in the column of this name with `_source` behind it.

    `keep` is told the row and each of its clean words before they are kept, and may refuse them with an `ArchiveError`.
    """

    model: type[models.Model]
    profiles: Mapping[str, Profile]
    source: str = "{}_source"
    keep: Callable[[Any, CleanHTML], None] = field(default=take)


def keep_passages(text: ChapterText, html: CleanHTML) -> None:
    """Keep what the warnings in the passages of a chapter mean."""
    if OPENING in html:
        marking.mark(text.chapter, html)


NOTED = {"summary": Profile.SUMMARY, "notes": Profile.NOTES, "endnotes": Profile.NOTES, "content_notes": Profile.SUMMARY}
OF_WORKS = (
    Stored(ChapterText, {"html": Profile.CHAPTER}, source="source", keep=keep_passages),
    Stored(Work, NOTED),
    Stored(Chapter, NOTED),
    Stored(Series, {"summary": Profile.SUMMARY, "notes": Profile.NOTES}),
)


def clean_some(words: Sequence[Stored], *, seconds: float = SECONDS) -> bool:
    """Clean again what was cleaned by older rules, for so many seconds; answer whether some may be left."""
    end = time.monotonic() + seconds
    for stored in words:
        behind: object = 0
        while behind is not None:
            if time.monotonic() >= end:
                return True
            behind = _clean_next(stored, behind)
    return False


@transaction.atomic
def _clean_next(stored: Stored, behind: object) -> object:
    """Clean the next few rows behind one, and answer the last of them, or None where there is none.

    A row that somebody is just changing is left: what they keep is clean by the new rules, or comes up the next time.
    """
    older = stored.model._base_manager.filter(pk__gt=behind, cleaner_version__lt=CLEANER_VERSION)  # noqa: SLF001 # Django's own name
    rows = list(older.order_by("pk").select_for_update(skip_locked=True, of=("self",), no_key=True)[:AT_ONCE])
    for row in rows:
        columns: dict[str, Any] = {name: _cleaned(stored, row, name) for name in stored.profiles}
        # Neither its version nor its day: nobody has written anything.
        older.filter(pk=row.pk).update(**columns, cleaner_version=CLEANER_VERSION)
    return rows[-1].pk if rows else None


def _cleaned(stored: Stored, row: models.Model, name: str) -> CleanHTML:
    """Answer the words of a column by the rules of today, from what was typed.

    Where these refuse it, from what came of it once; where they refuse that, too, it loses its markup, and no word. With passages
    in it, it stays as it is: without the notes before them it must not be read.
    """
    was: CleanHTML = getattr(row, name)
    typed: str = getattr(row, stored.source.format(name)) or was
    for source in (typed, was):
        try:
            html = Words.cleaned(source, stored.profiles[name]).html
            stored.keep(row, html)
        except ArchiveError:
            continue
        return html
    return was if OPENING in was else Words.cleaned(escape(plain_text(was)), stored.profiles[name]).html
