"""Versions of texts: every saved one is kept, fewer of the old ones, and each can be had again to the letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import comparing, packing
from archive.text.cleaning import Profile
from archive.text.counting import count_words
from archive.text.passage_notes import in_words
from archive.text.plain import plain_text
from archive.works.entries import Words
from archive.works.texts import ChapterText, Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.people.models import User
    from archive.works.chapters import Chapter

LONGEST_CHAIN = 50  # versions in a row that are told by what changed; one is read by unpacking all from the last whole one
WORTH_IT = 1 / 2  # what changed is only kept by itself if it takes at most this part of the whole text

# The rule: of versions older than the first number only the last is kept in each span of the second. All of the last day stay.
THINNING = [
    (dt.timedelta(days=30), dt.timedelta(days=7)),
    (dt.timedelta(days=7), dt.timedelta(days=1)),
    (dt.timedelta(days=1), dt.timedelta(hours=1)),
]


class NotKept(ArchiveError):
    """A version that there never was, or that has been thinned out."""


@dataclass(frozen=True, slots=True)
class Version:
    """What is said of a version: its number, when and by whom it was saved, its words, and how many more than before."""

    number: int
    saved_at: dt.datetime
    saved_by: str  # a user name; nothing where nobody knows
    word_count: int
    more_words: int | None  # than in the version before it that is still kept
    is_newest: bool

    @property
    def fewer_words(self) -> int:
        """How many words fewer it has than the version before it."""
        return -(self.more_words or 0)


def keep_first(texts: Iterable[ChapterText], *, by: User | None) -> list[Revision]:
    """Keep the words of texts that have no versions yet; nobody knows any more who saved one from before there were any."""
    return Revision.objects.bulk_create([
        Revision(
            chapter_id=text.chapter_id, number=text.version, packed=packing.pack(text.source), is_whole=True,
            word_count=count_words(text.html), saved_at=text.changed_at, saved_by=by,
        )
        for text in texts
    ])  # fmt: skip


@transaction.atomic
def keep_next(text: ChapterText, source: str, *, word_count: int, by: User | None) -> None:
    """Keep what a text is about to become, as the version after the one that it has now; the same words make no version.

    The text's row is locked by whoever asks.
    """
    if source == text.source:
        return
    kept = Revision.objects.filter(chapter_id=text.chapter_id)
    newest = kept.order_by("number").last() or keep_first([text], by=None)[0]
    chain = list(kept.needed_for(newest.number).order_by("number"))
    packed, is_whole = _packed(source, base=_unpacked(chain), length=len(chain))
    Revision.objects.create(
        chapter_id=text.chapter_id, number=text.version + 1, packed=packed, is_whole=is_whole,
        word_count=word_count, saved_at=timezone.now(), saved_by=by,
    )  # fmt: skip


def _packed(source: str, *, base: str, length: int) -> tuple[bytes, bool]:
    """Pack a version that follows others, so many since the last whole one; say whether it is whole."""
    whole = packing.pack(source)
    if length >= LONGEST_CHAIN:
        return whole, True
    changes = packing.pack_changes(source, base=base)
    return (changes, False) if len(changes) <= WORTH_IT * len(whole) else (whole, True)


def _texts(revisions: Iterable[Revision]) -> Iterator[str]:
    """Yield the texts of versions in a row, of which the first is whole."""
    text = ""
    for revision in revisions:
        packed = bytes(revision.packed)
        text = packing.unpack(packed) if revision.is_whole else packing.unpack_changes(packed, base=text)
        yield text


def _unpacked(chain: Sequence[Revision]) -> str:
    """Answer the text of the last version of a chain."""
    return list(_texts(chain))[-1]


def versions_of(chapter: Chapter) -> list[Version]:
    """Answer the versions of a chapter that was got through `editable_by`, the newest first."""
    kept = list(Revision.objects.of(chapter).select_related("saved_by").defer("packed"))
    counts = [None, *(later.word_count - earlier.word_count for earlier, later in pairwise(kept))]
    return [
        Version(
            number=revision.number,
            saved_at=revision.saved_at,
            saved_by=revision.saved_by.get_username() if revision.saved_by else "",
            word_count=revision.word_count,
            more_words=more,
            is_newest=revision is kept[-1],
        )
        for revision, more in zip(reversed(kept), reversed(counts), strict=False)
    ]


def source_of(chapter: Chapter, number: int) -> str:
    """Answer a version of a chapter that was got through `editable_by`, as it was typed. Raises `NotKept`."""
    chain = list(Revision.objects.of(chapter).needed_for(number))
    if not chain or chain[-1].number != number:
        raise NotKept(_("This version is no longer kept."))
    return _unpacked(chain)


def read(source: str) -> Words | None:
    """Answer the words of a version as they would stand on a page now, and none where today's cleaner refuses them."""
    try:
        return Words.cleaned(source, Profile.CHAPTER)
    except ArchiveError:
        return None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two versions: as it reads, or as it was typed. Where only markup differs, the words are the same."""

    stretches: list[comparing.Stretch]
    is_as_typed: bool
    is_same: bool
    are_words_same: bool


def compare(chapter: Chapter, older: Version, newer: Version, *, as_typed: bool = False) -> Comparison:
    """Compare two versions of a chapter that was got through `editable_by`, word by word."""
    sources = [source_of(chapter, version.number) for version in (older, newer)]
    pages = [] if as_typed else [words for source in sources if (words := read(source)) is not None]
    is_as_typed = len(pages) < len(sources)
    old, new = sources if is_as_typed else [plain_text(in_words(words.html)) for words in pages]
    # With an end to the last paragraph, too, it is like the others where one follows it now.
    shown = comparing.paragraphs(list(comparing.pieces(f"{old}\n", f"{new}\n")))
    return Comparison(
        stretches=comparing.stretches(shown),
        is_as_typed=is_as_typed,
        is_same=sources[0] == sources[1],
        are_words_same=old == new,
    )


def version_now(chapter: Chapter) -> int:
    """Answer the version of the text that a chapter has now; whoever changes it says which one they began from."""
    return ChapterText.objects.values_list("version", flat=True).get(chapter=chapter)


def bytes_of(chapter: Chapter, *, last: int) -> int:
    """Answer how many bytes the last so many versions of a chapter take, packed."""
    newest = Revision.objects.of(chapter).reverse()[:last]
    return sum(len(packed) for packed in newest.values_list("packed", flat=True))


def thin() -> int:
    """Let go of old versions by the rule, and answer how many went. The first and the newest of a chapter never go."""
    now, gone = timezone.now(), 0
    rows = Revision.objects.order_by("chapter", "number").values_list("chapter", "number", "saved_at").iterator()
    for chapter, versions in groupby(rows, key=lambda row: row[0]):
        superfluous = superfluous_among([(number, saved_at) for _chapter, number, saved_at in versions], now=now)
        if superfluous:
            _let_go(chapter, superfluous)
            gone += len(superfluous)
    return gone


def superfluous_among(versions: Sequence[tuple[int, dt.datetime]], *, now: dt.datetime) -> set[int]:
    """Answer, of the numbers and times of a chapter's versions in order, the numbers of those that the rule lets go of."""
    last_in: dict[tuple[dt.timedelta, int], int] = {}
    for number, saved_at in versions:
        last_in[_span_of(saved_at, now=now) or (dt.timedelta(0), number)] = number
    kept = set(last_in.values())
    return {number for number, _saved_at in versions[1:-1] if number not in kept}


def _span_of(saved_at: dt.datetime, *, now: dt.datetime) -> tuple[dt.timedelta, int] | None:
    """Answer the span of time of which only the last version is kept; of the last day there is none."""
    for age, span in THINNING:
        if now - saved_at > age:
            return span, int(saved_at.timestamp() // span.total_seconds())
    return None


@transaction.atomic
def _let_go(chapter: int, numbers: set[int]) -> None:
    """Delete some versions of a chapter, and pack anew what was told by what changed since them.

    A save meanwhile only adds a version behind the newest, which stays.
    """
    revisions = list(Revision.objects.select_for_update().filter(chapter=chapter).order_by("number"))
    base, length, is_base_gone = "", 0, False
    for revision, text in zip(revisions, _texts(revisions), strict=True):
        if revision.number in numbers:
            is_base_gone = True
            continue
        if not revision.is_whole and (is_base_gone or length >= LONGEST_CHAIN):
            revision.packed, revision.is_whole = _packed(text, base=base, length=length)
            revision.save(update_fields=["packed", "is_whole"])
        base, is_base_gone = text, False
        length = 1 if revision.is_whole else length + 1
    Revision.objects.filter(chapter=chapter, number__in=numbers).delete()
