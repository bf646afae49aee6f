"""Making a work or a series together: asking others, answering, taking one's name off.

Whoever is asked answers for themselves: no name is put under anything before its owner says yes, and nobody can take
another's name off. All deeds over one work wait for each other at the work's row, those over a series at the series'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people import orphanage
from archive.works import telling
from archive.works.creators import ChapterCreatorship, CreatorInvitation
from archive.works.models import Creatorship, Work
from archive.works.series import Series
from archive.works.signals import maker_leaving

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.people.models import Pseud, User
    from archive.works.chapters import Chapter
    from archive.works.creators import CreatorInvitationQuerySet

MOST_PENDING = 20  # invitations to one work or series that wait for an answer


class NoLongerYours(ArchiveError):
    """The person who does something to a work is not, or no longer, one of its makers."""

    def __init__(self) -> None:
        super().__init__(_("This work is no longer yours, so nothing of it was changed. What you typed is still here to copy."))


class CannotBeInvited(ArchiveError):
    """Somebody who does not let others ask them, or who has said no to this."""


class TooManyPending(ArchiveError):
    """So many invitations wait for an answer that no more can be sent."""

    def __init__(self) -> None:
        super().__init__(
            format_lazy(_("Only {most} invitations can wait for an answer at a time. Take one back first."), most=MOST_PENDING)
        )


class NoLongerOpen(ArchiveError):
    """The invitation was answered or taken back in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer open: it was answered or taken back in the meantime."))


class LastMaker(ArchiveError):
    """Nobody would be left to look after it."""

    def __init__(self) -> None:
        super().__init__(_("You are the only one left, so you cannot leave it. You can orphan it, or delete it."))


class NotYourName(ArchiveError):
    """Somebody else's name was to be taken off, or put under a chapter of a work that they do not make."""


def refuse_strangers(work: Work, *, by: User) -> None:
    """Raise `NoLongerYours` unless this person makes the work, which has been locked: they may have left it a moment ago."""
    if not work.creatorships.filter(pseud__user=by.pk).exists():
        raise NoLongerYours


@transaction.atomic
def invite(work: Work, pseuds: Iterable[Pseud], *, by: User, chapter: Chapter | None = None) -> None:
    """Ask the owners of these pseuds to stand under a work, or under one chapter of it. Who makes it already is not asked.

    Whoever says yes to a chapter stands under the work as well. Raises `NoLongerYours`, `CannotBeInvited` or `TooManyPending`.
    """
    pseuds = list(pseuds)
    if not pseuds:
        return
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    refuse_strangers(work, by=by)
    makers = set(work.creatorships.values_list("pseud__user", flat=True))
    _ask([pseud for pseud in pseuds if pseud.user_id not in makers], by=by, work=work, chapter=chapter)


@transaction.atomic
def invite_to_series(series: Series, pseuds: Iterable[Pseud], *, by: User) -> None:
    """Ask the owners of these pseuds to stand under a series. Raises what `invite` raises."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    makers = set(series.pseuds.values_list("user", flat=True))
    if by.pk not in makers:
        raise NoLongerYours
    _ask([pseud for pseud in pseuds if pseud.user_id not in makers], by=by, series=series)


def _ask(
    pseuds: Sequence[Pseud], *, by: User, work: Work | None = None, chapter: Chapter | None = None, series: Series | None = None
) -> None:
    """Write the invitations, one for each account; whoever has been asked already is not asked again."""
    there = {one.pseud.user_id: one for one in _invitations(work, series).select_related("pseud").filter(chapter=chapter)}
    wanted = {pseud.user_id: pseud for pseud in pseuds if pseud.user_id not in there or there[pseud.user_id].refused_at}
    refused = [pseud.byline for user, pseud in wanted.items() if user in there]
    if refused:
        raise CannotBeInvited(format_lazy(_("Has said no to this already: {names}."), names=", ".join(refused)))
    closed = [pseud.byline for pseud in wanted.values() if not pseud.user.can_be_invited]
    if closed:
        raise CannotBeInvited(format_lazy(_("Does not take invitations: {names}."), names=", ".join(closed)))
    if wanted and _invitations(work, series).pending().count() + len(wanted) > MOST_PENDING:
        raise TooManyPending
    CreatorInvitation.objects.bulk_create(
        CreatorInvitation(work=work, chapter=chapter, series=series, pseud=pseud, invited_by=by) for pseud in wanted.values()
    )


def _invitations(work: Work | None, series: Series | None) -> CreatorInvitationQuerySet:
    """Answer the invitations to a work or a series, the refused ones among them."""
    return CreatorInvitation.objects.filter(work=work) if work else CreatorInvitation.objects.filter(series=series)


@transaction.atomic
def accept(invitation: CreatorInvitation, *, by: User, pseud: Pseud | None = None) -> None:
    """Put one's name, the one that was asked or another of one's own, where one was invited to put it.

    Raises `NoLongerOpen`, also where the invitation is taken back at the same moment.
    """
    invitation = _open(invitation, by=by)
    name = pseud if pseud is not None and pseud.user_id == by.pk else invitation.pseud
    if invitation.series is not None:
        invitation.series.pseuds.add(name)
    elif invitation.work is not None:
        _join(invitation.work, name, chapter=invitation.chapter)
        telling.tell_changed(invitation.work, by=by)
    # Other invitations to the same thing, such as to two of its chapters, stay: each is a question of its own.
    invitation.delete()


def _join(work: Work, pseud: Pseud, *, chapter: Chapter | None) -> None:
    """Put a name under a locked work: under all its chapters, or under one alone."""
    if chapter is not None:
        _name_makers_of_others(work, chapter)
    last = work.creatorships.aggregate(last=Max("position", default=-1))["last"]
    Creatorship.objects.get_or_create(work=work, pseud=pseud, defaults={"position": last + 1})
    under = ChapterCreatorship.objects.filter(chapter__work=work)
    if chapter is not None:
        under = under.filter(chapter=chapter)
    ChapterCreatorship.objects.bulk_create(
        [ChapterCreatorship(chapter_id=pk, pseud=pseud) for pk in set(under.values_list("chapter", flat=True))],
        ignore_conflicts=True,
    )


def _name_makers_of_others(work: Work, chapter: Chapter) -> None:
    """Write down who wrote all other chapters, before somebody comes to stand under this one and not under those."""
    makers = list(work.creatorships.order_by("position", "pk").values_list("pseud", flat=True))
    others = work.chapters.exclude(pk=chapter.pk).filter(creatorships=None).values_list("pk", flat=True)
    ChapterCreatorship.objects.bulk_create(ChapterCreatorship(chapter_id=pk, pseud_id=maker) for pk in others for maker in makers)


@transaction.atomic
def refuse(invitation: CreatorInvitation, *, by: User) -> None:
    """Say no. Nobody can ask the same again until one lets them. Raises `NoLongerOpen`."""
    invitation = _open(invitation, by=by)
    invitation.refused_at = timezone.now()
    invitation.save(update_fields=["refused_at"])


@transaction.atomic
def relent(invitation: CreatorInvitation, *, by: User) -> None:
    """Let oneself be asked again what one has refused. Raises `NoLongerOpen` where that was done already."""
    gone, _rows = CreatorInvitation.objects.to(by).filter(pk=invitation.pk).exclude(refused_at=None).delete()
    if not gone:
        raise NoLongerOpen


@transaction.atomic
def withdraw(invitation: CreatorInvitation, *, by: User) -> None:
    """Take an invitation back that nobody has answered. Raises `NoLongerOpen`."""
    _lock_target(invitation)
    if (mine := CreatorInvitation.objects.editable_by(by).filter(pk=invitation.pk).first()) is None:
        raise NoLongerOpen
    mine.delete()


def _open(invitation: CreatorInvitation, *, by: User) -> CreatorInvitation:
    """Lock what an invitation is to, and answer the invitation as it is now. Raises `NoLongerOpen`."""
    _lock_target(invitation)
    visible = CreatorInvitation.objects.visible_to(by).pending().select_related("pseud", "work", "series", "chapter")
    found = visible.filter(pk=invitation.pk).first()
    if found is None:
        raise NoLongerOpen
    return found


def _lock_target(invitation: CreatorInvitation) -> None:
    """Have all that is done to one work, or to one series, be done one after another."""
    if invitation.work_id is not None:
        Work.objects.select_for_update(of=("self",)).filter(pk=invitation.work_id).first()
    elif invitation.series_id is not None:
        Series.objects.select_for_update().filter(pk=invitation.series_id).first()


@transaction.atomic
def leave(work: Work, *, by: User) -> None:
    """Take all one's names off a work. Its other makers stay. Raises `NoLongerYours` or `LastMaker`."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    refuse_strangers(work, by=by)
    if not work.creatorships.exclude(pseud__user=by).exclude(pseud__user__username=orphanage.USERNAME).exists():
        raise LastMaker
    # A chapter that was theirs alone becomes one of all who stay.
    ChapterCreatorship.objects.filter(chapter__work=work, pseud__user=by).delete()
    work.creatorships.filter(pseud__user=by).delete()
    CreatorInvitation.objects.pending().filter(work=work, invited_by=by).delete()
    maker_leaving.send(Work, works=[work.pk], by=by)
    telling.tell_changed(work, by=by)


@transaction.atomic
def leave_series(series: Series, *, by: User) -> None:
    """Take all one's names off a series; the works in it stay as they are. Raises `NoLongerYours` or `LastMaker`."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    own = list(series.pseuds.filter(user=by))
    if not own:
        raise NoLongerYours
    if not series.pseuds.exclude(user=by).exists():
        raise LastMaker
    series.pseuds.remove(*own)
    CreatorInvitation.objects.pending().filter(series=series, invited_by=by).delete()


@transaction.atomic
def sign_chapter(chapter: Chapter, pseuds: Sequence[Pseud], *, by: User) -> None:
    """Say who of a work's makers wrote a chapter. Raises `NoLongerYours` or `NotYourName`.

    One can add any of them, and take off oneself. Where all wrote it, that is not written down.
    """
    work = Work.objects.select_for_update(of=("self",)).get(pk=chapter.work_id)
    refuse_strangers(work, by=by)
    makers = {made.pseud_id: made.pseud.user_id for made in work.creatorships.select_related("pseud")}
    wanted = {pseud.pk for pseud in pseuds}
    before = set(chapter.creatorships.values_list("pseud", flat=True)) or set(makers)
    if not wanted or not wanted <= makers.keys():
        raise NotYourName(_("Please choose among those who make this work; at least one wrote each chapter."))
    if any(makers.get(pseud) not in {by.pk, None} for pseud in before - wanted):
        raise NotYourName(_("Only they themselves can take their name off a chapter."))
    chapter.creatorships.all().delete()
    if wanted != set(makers):
        in_order = [pk for pk in makers if pk in wanted]
        ChapterCreatorship.objects.bulk_create(ChapterCreatorship(chapter=chapter, pseud_id=pk) for pk in in_order)
    telling.tell_changed(work, by=by)
