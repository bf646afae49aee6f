"""Letting go of works for good: they stay where they are, and belong to `orphan_account`.

All that links a work to who let go of it goes over: the names under it, its chapters and series, who saved its versions, whom they
had asked to write along. What somebody wrote into titles, notes and texts stays as they wrote it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people import orphanage
from archive.people.models import Submission
from archive.works import arranging, telling
from archive.works.chapters import Chapter
from archive.works.creators import ChapterCreatorship, CreatorInvitation
from archive.works.gifts import Gift
from archive.works.models import Creatorship, Work
from archive.works.series import Series, SeriesEntry
from archive.works.signals import maker_leaving
from archive.works.texts import Revision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import QuerySet

    from archive.people.models import Pseud, User
    from archive.works.models import WorkQuerySet

OF_A_WORK = re.compile(r"/works/(\d+)")


class NothingToOrphan(ArchiveError):
    """None of it is this person's, or none of it is posted."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing here that you could orphan: only works that are posted and yours can be."))


class ChangedSince(ArchiveError):
    """What would be orphaned is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(_("Your works have changed since this page was shown. Nothing was done; please look once more."))


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to let go of: some works, a series with their works in it, all of a pseud, or everything."""

    works: Collection[int] = ()
    series: Series | None = None
    pseud: Pseud | None = None
    is_everything: bool = False

    def works_of(self, user: User) -> WorkQuerySet:
        """Answer the works that it is about: posted ones alone, since a draft that belongs to nobody could never be seen."""
        works = Work.objects.editable_by(user).published().order_by("pk")
        if self.is_everything:
            return works
        if self.series is not None:
            return works.filter(series_entries__series=self.series)
        return works.filter(pk__in=self.works) if self.pseud is None else works.by(self.pseud)

    def names_of(self, user: User, works: Collection[int]) -> list[Pseud]:
        """Answer the pseuds of this person that go from under these works, their chapters and series."""
        if self.pseud is not None:
            return [self.pseud]
        under = Q(creatorships__work__in=works) | Q(chapter_creatorships__chapter__work__in=works)
        return list(user.pseuds.filter(under | Q(series__entries__work__in=works)).distinct())


class Keeper:
    """The names of `orphan_account` that take the place of others. One is made only where something comes to stand under it."""

    def __init__(self, *, keeps_name: bool) -> None:
        self.account = orphanage.keeper()
        self.keeps_name = keeps_name

    def pseud_for(self, pseud: Pseud) -> Pseud:
        """Answer the name that takes the place of this one."""
        return orphanage.pseud_for(pseud, keeps_name=self.keeps_name, of=self.account)


@transaction.atomic
def orphan(choice: Choice, *, keeps_name: bool, by: User, shown: Collection[int] | None = None) -> int:
    """Give works of this person to `orphan_account`, under their names there or under none, for good, and answer how many.

    `shown` are the ids of the works that they saw before they said yes. Raises `ChangedSince` or `NothingToOrphan`.
    """
    works = list(choice.works_of(by).select_for_update(of=("self",)))
    ids = [work.pk for work in works]
    if shown is not None and set(ids) != set(shown):
        raise ChangedSince
    names = choice.names_of(by, ids)
    if not Creatorship.objects.filter(work__in=ids, pseud__in=names).exists():
        raise NothingToOrphan
    hand_over(ids, names, keeper=Keeper(keeps_name=keeps_name), by=by)
    for work in works:
        telling.tell_changed(work, by=by)
    return len(ids)


def hand_over(works: Sequence[int], names: Sequence[Pseud], *, keeper: Keeper, by: User) -> None:
    """Put the keeper's names in the place of these, under works that are locked and all that belongs to them."""
    for pseud in names:
        _rename(Creatorship.objects.filter(work__in=works), "work", pseud, keeper)
        _rename(ChapterCreatorship.objects.filter(chapter__work__in=works), "chapter", pseud, keeper)
        touched = Series.objects.filter(pseuds=pseud, entries__work__in=works).values_list("pk", flat=True)
        for series in Series.objects.select_for_update().filter(pk__in=list(touched)).order_by("pk"):
            hand_over_series(series, pseud, keeper=keeper, by=by)
    still_theirs = set(Creatorship.objects.filter(work__in=works, pseud__user=by).values_list("work", flat=True))
    forget_maker([pk for pk in works if pk not in still_theirs], by=by)


def _rename(under: QuerySet[Any], what: str, pseud: Pseud, keeper: Keeper) -> None:
    """Put the keeper's name in the place of one, once under each `what`."""
    theirs = under.filter(pseud=pseud)
    if theirs.exists():
        name = keeper.pseud_for(pseud)
        theirs.filter(**{f"{what}__in": list(under.filter(pseud=name).values_list(what, flat=True))}).delete()
        theirs.update(pseud=name)


def hand_over_series(series: Series, pseud: Pseud, *, keeper: Keeper, by: User) -> None:
    """Put the keeper's name under a series in which nothing posted of this person is left; drafts of theirs leave it.

    Where something is left, the series stays theirs, under the pseud that this is under.
    """
    own = Creatorship.objects.filter(work__series_entries__series=series, pseud__user=by)
    left = own.filter(work__published_at__isnull=False, work__deleted_at=None)
    if left.filter(pseud=pseud).exists():
        return
    other = left.select_related("pseud").first()
    series.pseuds.add(keeper.pseud_for(pseud) if other is None else other.pseud)
    series.pseuds.remove(pseud)
    if other is None:  # what they could not take out any more
        SeriesEntry.objects.filter(series=series, work__in=list(own.values_list("work", flat=True))).delete()
        CreatorInvitation.objects.filter(series=series, invited_by=by).delete()


def forget_maker(works: Sequence[int], *, by: User) -> None:
    """Forget what else links these works to somebody who no longer makes them; drafts that nobody could see are deleted."""
    chapters = Chapter.objects.filter(work__in=works)
    Revision.objects.filter(chapter__in=chapters, saved_by=by).update(saved_by=orphanage.keeper())
    CreatorInvitation.objects.filter(work__in=works, invited_by=by).delete()
    Gift.objects.filter(work__in=works, given_by=by).update(given_by=None)
    forget_submissions(works, by=by)
    maker_leaving.send(Work, works=works, by=by)
    others = Creatorship.objects.filter(work__in=works).exclude(pseud__user__username=orphanage.USERNAME)
    alone = set(works) - set(others.values_list("work", flat=True))
    CreatorInvitation.objects.filter(work__in=alone).delete()
    Work.objects.filter(pk__in=alone, published_at=None).delete()
    drafts = Chapter.objects.filter(work__in=alone, published_at=None)
    thinned = list(Work.objects.filter(pk__in=drafts.values("work")))
    drafts.delete()
    for work in thinned:
        arranging.close_gaps(work)


def forget_submissions(works: Iterable[int], *, by: User) -> None:
    """Forget which sendings of forms made these works: a key that is sent again would lead to them."""
    wanted = set(works)
    sent = Submission.objects.filter(user=by, answer__startswith="/works/").values_list("pk", "answer")
    Submission.objects.filter(
        pk__in=[pk for pk, answer in sent if (found := OF_A_WORK.match(answer)) and int(found[1]) in wanted]
    ).delete()
