"""How long a work is: the words and the chapters that readers get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from archive.text.plain import plain_text
from archive.works.models import SHORTEST_TEXT

if TYPE_CHECKING:
    from archive.works.models import Work


def recount(work: Work) -> None:
    """Write down the words and chapters of a work: of the posted chapters, or of all while it is a draft."""
    chapters = work.chapters.all() if work.is_draft else work.chapters.posted()
    sums = chapters.aggregate(words=Sum("word_count", default=0), chapters=Count("pk"))
    work.word_count, work.chapter_count = sums["words"], sums["chapters"]
    if work.expected_chapters is not None and work.expected_chapters < work.chapter_count:
        work.expected_chapters = work.chapter_count
    work.save(update_fields=["word_count", "chapter_count", "expected_chapters"])


def is_too_short(html: str) -> bool:
    """Whether a text is shorter than the least that can be published."""
    return len(plain_text(html).strip()) < SHORTEST_TEXT
