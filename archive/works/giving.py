"""Giving works to others, and what these say to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import GiftsFrom, Pseud
from archive.works.gifts import Gift
from archive.works.models import Work
from archive.works.signals import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.people.models import User

MOST_RECIPIENTS = 50


class TakesNoGifts(ArchiveError):
    """Somebody who takes no gifts, or none from this giver, or who has refused this one."""


class TooManyRecipients(ArchiveError):
    """A work for more people than one page could name."""

    def __init__(self) -> None:
        super().__init__(format_lazy(_("A work can be given to {most} people."), most=MOST_RECIPIENTS))


class NoLongerGiven(ArchiveError):
    """The gift was taken back in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This gift was taken back in the meantime."))


@transaction.atomic
def give(work: Work, recipients: Sequence[Pseud | str], *, by: User) -> None:
    """Let a work be for these, and for nobody else. Raises `TakesNoGifts` or `TooManyRecipients`.

    What somebody has refused stays refused; who is given it already is not asked again.
    """
    if len(recipients) > MOST_RECIPIENTS:
        raise TooManyRecipients
    there = {_key_of(gift.pseud or gift.name): gift for gift in Gift.objects.filter(work=work).select_related("pseud__user")}
    wanted = {_key_of(recipient): recipient for recipient in recipients}
    gone = [gift.pk for key, gift in there.items() if key not in wanted and gift.refused_at is None]
    Gift.objects.filter(pk__in=gone).delete()
    refused = [gift.recipient for key, gift in there.items() if key in wanted and gift.refused_at is not None]
    if refused:
        raise TakesNoGifts(format_lazy(_("Has refused this gift already: {names}."), names=", ".join(refused)))
    new = [recipient for key, recipient in wanted.items() if key not in there]
    _refuse_unwilling([recipient for recipient in new if isinstance(recipient, Pseud)], work, by=by)
    Gift.objects.bulk_create(
        Gift(work=work, given_by=by, **({"name": one} if isinstance(one, str) else {"pseud": one})) for one in new
    )


def _key_of(recipient: Pseud | str) -> object:
    """Answer what makes two recipients one: the account, or the name in whatever case."""
    return recipient.lower() if isinstance(recipient, str) else recipient.user_id


def _refuse_unwilling(pseuds: Iterable[Pseud], work: Work, *, by: User) -> None:
    """Raise `TakesNoGifts` with the names of those who take no gifts of this giver, or who make the work themselves."""
    makers = set(work.creatorships.values_list("pseud__user", flat=True))
    own = [pseud.byline for pseud in pseuds if pseud.user_id in makers]
    if own:
        raise TakesNoGifts(format_lazy(_("Makes this work, so it cannot be given to them: {names}."), names=", ".join(own)))
    unwilling = [pseud.byline for pseud in pseuds if not _takes_gifts(pseud.user, of=by)]
    if unwilling:
        raise TakesNoGifts(format_lazy(_("Takes no gifts from you: {names}."), names=", ".join(unwilling)))


def _takes_gifts(user: User, *, of: User) -> bool:
    """Whether a member can be given something by another."""
    if user.takes_gifts_from == GiftsFrom.CO_AUTHORS:
        return Work.objects.kept().made_by(user).made_by(of).exists()
    return user.takes_gifts_from == GiftsFrom.EVERYBODY


@transaction.atomic
def take(gift: Gift, *, by: User) -> None:
    """Say yes to a gift, also to one that was refused before: the work names who takes it. Raises `NoLongerGiven`."""
    gift = _lock(gift, by=by)
    gift.accepted_at, gift.refused_at = timezone.now(), None
    _keep(gift, by=by)


@transaction.atomic
def refuse(gift: Gift, *, by: User) -> None:
    """Say no to a gift, also to one that was taken before: nothing shows it any more. Raises `NoLongerGiven`."""
    gift = _lock(gift, by=by)
    gift.accepted_at, gift.refused_at = None, timezone.now()
    _keep(gift, by=by)


def _lock(gift: Gift, *, by: User) -> Gift:
    found = Gift.objects.visible_to(by).select_related("work").select_for_update(of=("self",)).filter(pk=gift.pk).first()
    if found is None:
        raise NoLongerGiven
    return found


def _keep(gift: Gift, *, by: User) -> None:
    gift.save(update_fields=["accepted_at", "refused_at"])
    transaction.on_commit(partial(changed.send, Work, work=gift.work, by=by))
