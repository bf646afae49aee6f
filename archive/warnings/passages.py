"""What each reader is told of marked passages, and which are folded for them from the start."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from archive.tags.models import Tag
from archive.text import passage_notes
from archive.text.fields import folded_key
from archive.text.passages import OPENING, passages_in
from archive.works.chapters import PassageWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.text.cleaning import CleanHTML
    from archive.text.passage_notes import Note
    from archive.text.passages import Passage
    from archive.warnings.readers import Reader
    from archive.works.models import Work

out_of_file = passage_notes.out_of_file
PARTS = re.compile(r"[,;:/]")  # "self-harm, from here to the scene break" speaks of self-harm


def for_reader(
    texts: Mapping[int, CleanHTML], *, work: Work, reader: Reader, naming: bool = False, naming_url: str = ""
) -> dict[int, str]:
    """Answer the texts of some chapters of a work, by the chapters' ids, as they stand on a page for this reader."""
    telling = _telling(texts, work=work, reader=reader, naming=naming, naming_url=naming_url)
    return {pk: passage_notes.on_page(html, key=pk, note_of=partial(telling.note_of, pk)) for pk, html in texts.items()}


def for_files(texts: Mapping[int, CleanHTML], *, work: Work, reader: Reader, naming: bool = False) -> dict[int, str]:
    """Answer the texts of some chapters of a work as they stand in a file: nothing is folded in one."""
    telling = _telling(texts, work=work, reader=reader, naming=naming, naming_url="")
    return {pk: passage_notes.in_file(html, key=pk, note_of=partial(telling.note_of, pk)) for pk, html in texts.items()}


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a reader is told of the passages in some chapters."""

    meant: Mapping[tuple[int, str], Tag]  # what a name of a warning means in a chapter, whatever it is called by now
    left_out: frozenset[int]
    left_out_words: frozenset[str]  # own words that name a tag which the reader leaves out
    says_which: bool
    naming_url: str

    def note_of(self, chapter: int, passage: Passage) -> Note:
        """Answer what is told of one passage, under the names that the warnings have now."""
        tags = [self.meant.get((chapter, folded_key(name))) for name in passage.warnings]
        names = tuple(tag.name if tag else name for tag, name in zip(tags, passage.warnings, strict=True))
        is_left_out = any(tag and tag.pk in self.left_out for tag in tags) or not self.left_out_words.isdisjoint(words_of(passage))
        return passage_notes.Note(
            passage=replace(passage, warnings=names),
            says_which=self.says_which,
            naming_url=self.naming_url,
            # Where it is not said which, all are folded: which ones are would tell.
            is_folded=is_left_out or not self.says_which,
        )


def _telling(texts: Mapping[int, CleanHTML], *, work: Work, reader: Reader, naming: bool, naming_url: str) -> _Telling:
    """Ask what is needed for the passages of these texts; where there are none, nothing."""
    marked = {pk: html for pk, html in texts.items() if OPENING in html}
    left_out = frozenset() if not marked or work.is_made_by(reader.user) else reader.left_out
    rows = PassageWarning.objects.filter(chapter__in=marked).select_related("tag") if marked else []
    return _Telling(
        meant={(row.chapter_id, row.folded): row.tag for row in rows},
        left_out=left_out,
        left_out_words=_left_out_words(marked, left_out),
        says_which=not reader.hides_which_of(work, naming=naming),
        naming_url=naming_url,
    )


def words_of(passage: Passage) -> set[str]:
    """Answer what the author's own words could name: the whole of them, and each part between commas and the like."""
    return {folded_key(words.strip()) for words in (passage.note, *PARTS.split(passage.note)) if words.strip()}


def _left_out_words(marked: Mapping[int, CleanHTML], left_out: frozenset[int]) -> frozenset[str]:
    """Answer those of the own words that name a tag which is left out."""
    words = {word for html in marked.values() for passage in passages_in(html) for word in words_of(passage)} if left_out else set()
    if not words:
        return frozenset()
    return frozenset(Tag.objects.filter(pk__in=left_out, folded__in=words).values_list("folded", flat=True))
