"""Publishing: nothing reaches readers without what readers have to be told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.charter.models import Charter
from archive.errors import ArchiveError
from archive.tags.models import FANDOM, RATING, WARNING, Kind, Tag
from archive.works import counting, dating, marking, tagging, telling
from archive.works.models import SHORTEST_TEXT, Work
from archive.works.scheduled import ScheduledPosting
from archive.works.texts import ChapterText

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import Promise

    from archive.people.models import User
    from archive.works.chapters import Chapter


class NotReady(ArchiveError):
    """Something is missing. `missing` maps what is missing to a sentence about it."""

    def __init__(self, missing: dict[str, str | Promise]) -> None:
        super().__init__(" ".join(str(sentence) for sentence in missing.values()))
        self.missing = missing


class NotAccepted(ArchiveError):
    """A value of a closed kind that this archive does not accept, or no longer. `tag` is the one."""

    def __init__(self, tag: Tag, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.tag = tag


def lock(work: Work) -> Work:
    """Answer the work as it is now, and keep others from changing it until this transaction ends."""
    return lock_by(work.pk)


def lock_by(pk: int) -> Work:
    """Answer the work of this id, as `lock` does."""
    return Work.objects.select_for_update(of=("self",)).get(pk=pk)


def missing_from(work: Work) -> dict[str, str | Promise]:
    """Answer what a work lacks that a published one has to have, each with a sentence that says what to do.

    What passages of its posted chapters are marked with is among that: readers have to be told it first.
    """
    missing: dict[str, str | Promise] = {}
    if not work.title:
        missing["title"] = _("Please give the work a title.")
    if work.language_id is None:
        missing["language"] = _("Please say which language it is in.")
    counts = Counter(work.taggings.values_list("tag__kind", flat=True))
    for kind in Kind.objects.filter(is_on_works=True):
        if kind.is_required and not counts.get(kind.code):
            missing[kind.code] = _REQUIRED_SENTENCES.get(kind.code) or sentence_for_lack_of(kind)
        if kind.is_single and counts.get(kind.code, 0) > 1:
            missing[kind.code] = _("Only one of these can be given (%(kind)s).") % {"kind": kind.name_plural}
    posted = work.chapters.filter(published_at__isnull=False)
    if not work.is_draft and (unborne := marking.sentence_for_unborne(posted)):
        missing.setdefault(WARNING, unborne)
    return missing


def sentence_for_lack_of(kind: Kind) -> str:
    """Answer what is said where a work lacks a tag of a kind that is required."""
    words = _("Please choose one (%(kind)s).") if kind.is_closed else _("Please give at least one (%(kind)s).")
    return words % {"kind": kind.name}


# What works have always needed, here and by the database's own check.
ALWAYS_NEEDED = {"title", "language", RATING, WARNING, FANDOM}
_REQUIRED_SENTENCES: dict[str, str | Promise] = {
    RATING: _("Please choose a rating."),
    WARNING: _("Please choose at least one: the warnings that apply, that none applies, or that you would rather not say."),
    FANDOM: _("Please name at least one fandom."),
}


def borne_by(work: Work) -> frozenset[int]:
    """Answer the ids of the tags that a work bears now."""
    return frozenset(work.taggings.values_list("tag", flat=True))


def refuse_unaccepted(work: Work, *, borne_before: frozenset[int] = frozenset()) -> None:
    """Raise `NotAccepted` where the work bears a value that this archive does not take, or no longer.

    What it bore before, when the archive still took it, stays.
    """
    bearing = Tag.objects.filter(taggings__content_object=work, kind__is_closed=True).exclude(pk__in=borne_before)
    refused = bearing.exclude(pk__in=Tag.objects.choosable().values("pk")).order_by("kind", "position").first()
    if refused is None:
        return
    if refused.retired_at or refused.kind_id not in {RATING, WARNING}:
        raise NotAccepted(refused, _("“%(tag)s” is no longer chosen here. Please take another.") % {"tag": refused.name})
    own_words = Charter.objects.current().refusal
    raise NotAccepted(refused, own_words or _("This archive does not take works marked “%(tag)s”.") % {"tag": refused.name})


@transaction.atomic
def publish(work: Work, *, by: User, at: dt.datetime | None = None) -> None:
    """Publish a draft with its first chapter and tell those who listen, after commit; later chapters are published one by one.

    What was planned for a time is of that time.

    Raises `NotReady`, `NotAccepted` or `tagging.Contradiction`. A work that is already published stays as it is.
    """
    work = lock(work)
    if not work.is_draft:
        return
    first = work.chapters.in_order().first()
    if first is None:
        raise NotReady({**missing_from(work), "text": _("Please write some text first.")})
    refuse_unready(work, first)
    first.published_at = at or dating.moment_of(first.dated_on)
    first.save(update_fields=["published_at"])
    ScheduledPosting.objects.filter(chapter=first).delete()
    work.published_at = work.revised_at = first.published_at
    tagging.gather_warnings(work)
    refuse_unaccepted(work)
    counting.recount(work)
    work.save(update_fields=["published_at", "revised_at"])
    telling.tell_posted(work, first, by=by)


def refuse_unready(work: Work, chapter: Chapter) -> None:
    """Raise `NotReady` where the work or the chapter's text lacks something.

    What an archive has come to require of works is asked of a posted one on its own page, and not before a chapter of it.
    """
    missing = missing_from(work)
    if not work.is_draft:
        missing = {what: sentence for what, sentence in missing.items() if what in ALWAYS_NEEDED}
    html = ChapterText.objects.filter(chapter=chapter).values_list("html", flat=True).first() or ""
    if counting.is_too_short(html):
        missing["text"] = _("The text has to be at least %(least)d characters long.") % {"least": SHORTEST_TEXT}
    if unborne := marking.sentence_for_unborne(work.chapters.filter(pk=chapter.pk)):
        missing.setdefault(WARNING, unborne)
    if missing:
        raise NotReady(missing)


@transaction.atomic
def publish_chapter(chapter: Chapter, *, by: User, at: dt.datetime | None = None) -> None:
    """Publish a draft chapter, which moves the work up in listings unless it is of an earlier day. Raises what `publish` raises."""
    work = lock(chapter.work)
    chapter.refresh_from_db(fields=["published_at", "position", "dated_on"])
    if not chapter.is_draft:
        return
    if work.is_draft:
        publish(work, by=by, at=at)
        chapter.refresh_from_db(fields=["published_at"])
        if not chapter.is_draft:
            return
        work = lock(work)
    refuse_unready(work, chapter)
    chapter.published_at = at or dating.moment_of(chapter.dated_on)
    chapter.save(update_fields=["published_at"])
    ScheduledPosting.objects.filter(chapter=chapter).delete()
    tagging.gather_warnings(work)
    refuse_unaccepted(work)
    dating.settle(work)
    counting.recount(work)
    telling.tell_posted(work, chapter, by=by)
