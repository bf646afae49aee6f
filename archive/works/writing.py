"""Writing works and chapters down: drafts, edits, and the version that keeps one tab from undoing another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.tags.models import WARNING, Tag
from archive.text.cleaning import CLEANER_VERSION, Profile
from archive.text.counting import count_words
from archive.text.passages import OPENING
from archive.text.sorting import sort_title
from archive.works import counting, cowriting, giving, marking, publishing, revising, serializing, tagging, telling
from archive.works.chapters import Chapter
from archive.works.creators import ChapterCreatorship
from archive.works.entries import Words, words_of
from archive.works.models import SORT_TITLE_LENGTH, Creatorship, Work
from archive.works.texts import ChapterText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import Pseud, User
    from archive.works.entries import ChapterEntry, WorkEntry


class ChangedMeanwhile(ArchiveError):
    """Somebody, perhaps the same author in another tab, has saved a newer version."""


class NotYours(ArchiveError):
    """A pseud that is not the author's."""


@transaction.atomic
def draft(entry: WorkEntry, first: ChapterEntry, *others: ChapterEntry, by: User) -> Work:
    """Keep a new work, with its first chapter or more, as a draft that only its author sees.

    Raises what `tagging.tags_named` and `cowriting.invite` and `giving.give` raise, and `NotYours`.
    """
    work = Work(expected_chapters=entry.expected_chapters)
    _fill(work, entry)
    work.save()
    _refuse_others(entry.pseuds, by=by)
    _put_under(work, entry.pseuds)
    if entry.series:
        serializing.place(work, entry.series, by=by)
    tagging.begin(work, tagging.tags_named(entry.tags))
    cowriting.invite(work, entry.invited, by=by)
    if entry.recipients is not None:
        giving.give(work, entry.recipients, by=by)
    add_chapters(work, [first, *others], by=by)
    return work


@transaction.atomic
def edit(work: Work, entry: WorkEntry, *, version: int, by: User) -> Work:
    """Keep a changed work. `version` is the one that the author began from.

    Raises `ChangedMeanwhile`, what `draft` raises, `cowriting.NoLongerYours` and, for a published work, what `publishing.publish`
    raises.
    """
    kept = _edit(work, entry, version=version, by=by)
    _keep_publishable(kept)
    return kept


@transaction.atomic
def edit_with_text(
    work: Work, entry: WorkEntry, chapter: Chapter, text: ChapterEntry, *, version: int, text_version: int, by: User
) -> Work:
    """Keep a changed work together with its only chapter, of which each may need what the other brings.

    Raises what `edit` and `edit_chapter` raise.
    """
    kept = _edit(work, entry, version=version, by=by)
    chapter.work = kept
    edit_chapter(chapter, text, version=text_version, by=by)
    _keep_publishable(kept)
    return kept


def _edit(work: Work, entry: WorkEntry, *, version: int, by: User) -> Work:
    """Keep a changed work, whatever it lacks."""
    kept = publishing.lock(work)
    cowriting.refuse_strangers(kept, by=by)
    if kept.version != version:
        raise ChangedMeanwhile(_("This work was saved somewhere else in the meantime."))
    borne, was_restricted = publishing.borne_by(kept), kept.is_restricted
    _fill(kept, entry)
    kept.version += 1
    kept.expected_chapters = entry.expected_chapters
    kept.save()
    sign(kept, entry.pseuds, by=by)
    serializing.place(kept, entry.series, by=by)
    tagging.tag(kept, tagging.tags_named(entry.tags))
    cowriting.invite(kept, entry.invited, by=by)
    if entry.recipients is not None:
        giving.give(kept, entry.recipients, by=by)
    tagging.gather_warnings(kept)
    counting.recount(kept)
    if not kept.is_draft:
        publishing.refuse_unaccepted(kept, borne_before=borne)
        if was_restricted and not kept.is_restricted:
            telling.arrive_again(kept)
        telling.tell_changed(kept, by=by)
    return kept


def _fill(work: Work, entry: WorkEntry) -> None:
    """Write the entry's own columns into a work."""
    work.title = entry.title
    work.title_to_sort_on = sort_title(entry.title)[:SORT_TITLE_LENGTH]
    work.language = entry.language
    work.is_restricted = entry.is_restricted
    work.feeds_carry_text = entry.feeds_carry_text
    for column, value in words_of(entry).items():
        setattr(work, column, value)


def _keep_publishable(work: Work) -> None:
    """Refuse an edit that would take from a published work what it had to have."""
    if not work.is_draft and (missing := publishing.missing_from(work)):
        raise publishing.NotReady(missing)


def sign(work: Work, pseuds: Sequence[Pseud], *, by: User) -> None:
    """Put the author's own pseuds under a work, in this order; those of others stay."""
    _refuse_others(pseuds, by=by)
    _sign_chapters(work, pseuds, by=by)
    first = Creatorship.objects.filter(work=work, pseud__user=by).aggregate(first=Min("position", default=0))["first"]
    Creatorship.objects.filter(work=work, pseud__user=by).exclude(pseud__in=pseuds).delete()
    _put_under(work, pseuds, first=first)


def _refuse_others(pseuds: Sequence[Pseud], *, by: User) -> None:
    """Raise `NotYours` unless these are names of the author's own, one at least."""
    if not pseuds or any(pseud.user_id != by.pk for pseud in pseuds):
        raise NotYours(_("Please choose one of your own names."))


def _put_under(work: Work, pseuds: Sequence[Pseud], *, first: int = 0) -> None:
    """Put pseuds under a work in this order, from a place on."""
    Creatorship.objects.bulk_create(
        [Creatorship(work=work, pseud=pseud, position=place) for place, pseud in enumerate(pseuds, start=first)],
        update_conflicts=True,
        unique_fields=["work", "pseud"],
        update_fields=["position"],
    )


def _sign_chapters(work: Work, pseuds: Sequence[Pseud], *, by: User) -> None:
    """Put the first of these pseuds under the chapters that stand under one of the author's own that is not among them."""
    gone = ChapterCreatorship.objects.filter(chapter__work=work, pseud__user=by).exclude(pseud__in=pseuds)
    chapters = set(gone.values_list("chapter", flat=True))
    if not chapters:
        return
    gone.delete()
    ChapterCreatorship.objects.bulk_create(
        [ChapterCreatorship(chapter_id=pk, pseud=pseuds[0]) for pk in chapters], ignore_conflicts=True
    )


@transaction.atomic
def add_chapter(work: Work, entry: ChapterEntry, *, by: User) -> Chapter:
    """Add a chapter behind the others, as a draft. Raises `cowriting.NoLongerYours` and what `tagging.tags_named` raises."""
    return add_chapters(work, [entry], by=by)[0]


@transaction.atomic
def add_chapters(work: Work, entries: Sequence[ChapterEntry], *, by: User) -> list[Chapter]:
    """Add chapters behind the others, as drafts, with as few questions as for one. Raises what `add_chapter` raises."""
    work = publishing.lock(work)
    cowriting.refuse_strangers(work, by=by)
    last = work.chapters.in_order().last()
    chapters = [Chapter(work=work, position=number) for number, _ in enumerate(entries, start=last.position + 1 if last else 1)]
    for chapter, entry in zip(chapters, entries, strict=True):
        _fill_chapter(chapter, entry)
    Chapter.objects.bulk_create(chapters)
    texts = [
        ChapterText(chapter=chapter, source=entry.text.source, html=entry.text.html, cleaner_version=CLEANER_VERSION)
        for chapter, entry in zip(chapters, entries, strict=True)
    ]
    revising.keep_first(ChapterText.objects.bulk_create(texts), by=by)
    for chapter, entry in zip(chapters, entries, strict=True):
        if entry.warnings:
            chapter.warnings.set(_warnings_named(entry.warnings))
        _mark(chapter, entry.text)
    counting.recount(work)
    return chapters


@transaction.atomic
def edit_chapter(chapter: Chapter, entry: ChapterEntry, *, version: int, by: User) -> None:
    """Keep a changed chapter. `version` is that of the text that the author began from.

    Editing does not move the work in listings. Raises `ChangedMeanwhile`, `cowriting.NoLongerYours`, `tagging.Contradiction`, and
    for a posted chapter `publishing.NotReady`.
    """
    work, text = _open(chapter, version, by=by)
    _fill_chapter(chapter, entry)
    chapter.save()
    chapter.warnings.set(_warnings_named(entry.warnings))
    _write(text, entry.text, word_count=chapter.word_count, by=by)
    _settle(work, chapter, by=by)


@transaction.atomic
def restore_text(chapter: Chapter, number: int, *, version: int, by: User) -> None:
    """Make an earlier version of a chapter's text its newest one; all else of the chapter stays, and so do the later versions.

    Raises `revising.NotKept`, what cannot be cleaned, and what `edit_chapter` raises.
    """
    rewrite(chapter, Words.cleaned(revising.source_of(chapter, number), Profile.CHAPTER), version=version, by=by)


@transaction.atomic
def rewrite(chapter: Chapter, words: Words, *, version: int, by: User) -> None:
    """Give a chapter another text, and leave all else of it; the text that it has already changes nothing.

    Raises what `edit_chapter` raises.
    """
    work, text = _open(chapter, version, by=by)
    if text.source == words.source:
        return
    chapter.word_count = count_words(words.html)
    chapter.changed_at = timezone.now()
    chapter.save(update_fields=["word_count", "changed_at"])
    _write(text, words, word_count=chapter.word_count, by=by)
    _settle(work, chapter, by=by)


def _open(chapter: Chapter, version: int, *, by: User) -> tuple[Work, ChapterText]:
    """Lock a chapter's work and text for a change that began from this version, and answer both as they are now."""
    work = publishing.lock(chapter.work)
    cowriting.refuse_strangers(work, by=by)
    chapter.refresh_from_db(fields=["published_at", "position"])
    text = ChapterText.objects.select_for_update().get(chapter=chapter)
    if text.version != version:
        raise ChangedMeanwhile(_("This chapter was saved somewhere else in the meantime."))
    return work, text


def _write(text: ChapterText, words: Words, *, word_count: int, by: User) -> None:
    """Write words into a text that is locked, and keep them as a version of it."""
    _mark(text.chapter, words, was=text.html)
    revising.keep_next(text, words.source, word_count=word_count, by=by)
    text.source, text.html, text.cleaner_version = words.source, words.html, CLEANER_VERSION
    text.version += 1
    text.changed_at = timezone.now()
    text.save()


def _mark(chapter: Chapter, words: Words, *, was: str = "") -> None:
    """Keep what the warnings in the words' passages mean, where there are passages or were some."""
    if OPENING in words.html or OPENING in was:
        marking.mark(chapter, words.html)


def _settle(work: Work, chapter: Chapter, *, by: User) -> None:
    """Let a work have what a changed chapter brings, and refuse what a posted one cannot be."""
    borne = publishing.borne_by(work)
    tagging.gather_warnings(work)
    counting.recount(work)
    if not chapter.is_draft:
        publishing.refuse_unready(work, chapter)
        publishing.refuse_unaccepted(work, borne_before=borne)
        telling.tell_changed(work, by=by)


def _fill_chapter(chapter: Chapter, entry: ChapterEntry) -> None:
    """Write the entry's own columns into a chapter."""
    chapter.title = entry.title
    chapter.changed_at = timezone.now()
    chapter.word_count = count_words(entry.text.html)
    for column, value in words_of(entry).items():
        setattr(chapter, column, value)


def _warnings_named(names: Sequence[str]) -> list[Tag]:
    """Answer the warnings of these names; a chapter cannot promise that none applies, only its work can."""
    tags = tagging.tags_named({WARNING: names})
    if any(tag.means_no_warnings for tag in tags):
        raise tagging.Contradiction(_("Only the whole work can say that no warnings apply."))
    return tags
