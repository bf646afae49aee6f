"""The advisory: what a reader is told before a text, and what of it they are asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.tags.labels import Label
from archive.tags.models import RATING, WARNING, Tag
from archive.warnings import leaving_out
from archive.warnings.headers import TELL_NOTHING, Header, header_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.text.cleaning import CleanHTML
    from archive.warnings.readers import Reader
    from archive.works.chapters import Chapter
    from archive.works.gathering import Maker
    from archive.works.languages import Language
    from archive.works.models import Work

# Stands among the ids of the tags that were shown, for a language or a maker that the reader leaves out; no tag has it.
NO_TAG = 0


@dataclass(frozen=True, slots=True)
class Advisory:
    """What comes before the text of some chapters of a work, for one reader."""

    work: Work
    header: Header
    chapters: list[Chapter]
    chapter_warnings: list[Label]
    has_unnamed_chapter_warnings: bool
    content_notes: list[CleanHTML]
    left_out: list[Label]
    left_out_language: Language | None
    left_out_makers: list[Maker]
    asks: list[Label]
    waivable: list[Label]
    asks_beside_tags: bool
    shown: list[int] = field(default_factory=list)

    @property
    def is_needed(self) -> bool:
        """Whether the reader has to answer before there is a text."""
        return bool(self.asks) or self.asks_beside_tags

    @property
    def work_content_notes(self) -> list[CleanHTML]:
        """The author's own words about the whole work, where they may be shown."""
        return [notes for notes in self.content_notes if notes == self.work.content_notes]

    @property
    def named_waivable(self) -> list[Label]:
        """What the reader need not be asked about again, bar what they would rather not have named."""
        hidden = self.header.has_unnamed_warnings or self.has_unnamed_chapter_warnings
        return [tag for tag in self.waivable if not hidden or tag.kind_id != WARNING or tag.code in TELL_NOTHING]


def advisory_of(work: Work, chapters: Sequence[Chapter], *, reader: Reader, naming: bool = False) -> Advisory:
    """Answer the advisory of these chapters of a work.

    `work` is one of `for_header`. Consent is asked for every tag that asks for
    it and that the reader has neither waived nor been shown before, and for what the reader leaves out: tags, the language,
    the makers. Nobody is asked before their own work.
    """
    header = header_of(work, reader=reader, naming=naming)
    of_work = work.labels
    of_chapters = _warnings_of(work, chapters)
    is_own = work.is_made_by(reader.user)
    hides = reader.hides_which_of(work, naming=naming)
    named = [tag for tag in of_chapters if not hides or tag.code in TELL_NOTHING]
    tags = {tag.pk: tag for tag in [*of_work, *of_chapters]}
    left_out = [tag for tag in tags.values() if tag.pk in reader.left_out]
    reasons = leaving_out.reasons(work, reader=reader)
    is_beside_tags = bool(reasons.language or reasons.makers)
    seen = frozenset() if is_own else reader.has_seen(work)
    asks = [] if is_own else [tag for tag in tags.values() if tag.pk not in seen and _is_asked_about(tag, reader)]
    shown = [pk for pk, tag in tags.items() if tag.kind_id in {RATING, WARNING} or tag.pk in reader.left_out]
    return Advisory(
        work=work,
        header=header,
        chapters=list(chapters),
        chapter_warnings=named,
        has_unnamed_chapter_warnings=len(named) < len(of_chapters),
        content_notes=[] if hides else [notes for notes in (work.content_notes, *(c.content_notes for c in chapters)) if notes],
        left_out=[tag for tag in left_out if not hides or tag.kind_id != WARNING or tag.code in TELL_NOTHING],
        left_out_language=reasons.language,
        left_out_makers=reasons.makers,
        asks=asks,
        # What is left out stays left out: it has no answer but on the reader's own list.
        waivable=[tag for tag in asks if tag.asks_consent and tag.pk not in reader.left_out],
        asks_beside_tags=is_beside_tags and NO_TAG not in seen,
        shown=sorted([*shown, NO_TAG] if is_beside_tags else shown),
    )


def _warnings_of(work: Work, chapters: Sequence[Chapter]) -> list[Label]:
    """Answer what the chapters warn of by themselves. A work bears that already, unless the chapter is a draft."""
    wanted = {pk for chapter in chapters for pk in work.warned.get(chapter.pk, ())}
    found = {tag.pk: tag for tag in work.labels if tag.pk in wanted}
    if missing := wanted - found.keys():
        found |= {tag.pk: Label.of(tag) for tag in Tag.objects.filter(pk__in=missing)}
    return sorted(found.values(), key=lambda tag: tag.position)


def _is_asked_about(tag: Label, reader: Reader) -> bool:
    """Whether this reader wants to be asked before a text with this tag."""
    return tag.pk in reader.left_out or (tag.asks_consent and tag.pk not in reader.headers)
