"""What becomes of somebody's works when they leave the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from archive.people.departing import OwnWorks, SharedWorks
from archive.works import orphaning, telling
from archive.works.creators import ChapterCreatorship
from archive.works.models import Creatorship, Work
from archive.works.orphaning import ChangedSince, Keeper
from archive.works.series import Series

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from archive.people.departing import Wishes
    from archive.people.models import User
    from archive.works.models import WorkQuerySet


def own_works(user: User) -> WorkQuerySet:
    """Answer the works that nobody else makes, drafts and deleted ones among them."""
    return Work.objects.made_by(user).exclude(Exists(_others(user))).order_by("pk")


def shared_works(user: User) -> WorkQuerySet:
    """Answer the works that others make, too; `orphan_account` is nobody's, but keeps them all the same."""
    return Work.objects.made_by(user).filter(Exists(_others(user))).order_by("pk")


def _others(user: User) -> QuerySet[Creatorship]:
    return Creatorship.objects.filter(work=OuterRef("pk")).exclude(pseud__user=user.pk)


def part_with(user: User, *, wishes: Wishes) -> None:
    """Delete, orphan or leave the works and series of somebody whose account goes in the same transaction. Raises `ChangedSince`.

    Drafts and deleted works of theirs alone go in any case: nobody could ever see them again.
    """
    works = list(Work.objects.made_by(user).order_by("pk").select_for_update(of=("self",)))
    if wishes.shown is not None and {work.pk for work in works} != set(wishes.shown):
        raise ChangedSince
    names = list(user.pseuds.all())
    shared = list(shared_works(user).values_list("pk", flat=True))
    if wishes.shared != SharedWorks.LEAVE:
        orphaning.hand_over(shared, names, keeper=Keeper(keeps_name=wishes.shared == SharedWorks.KEEP_NAME), by=user)
    ChapterCreatorship.objects.filter(pseud__in=names, chapter__work__in=shared).delete()
    Creatorship.objects.filter(pseud__in=names, work__in=shared).delete()
    orphaning.forget_maker(shared, by=user)
    if wishes.own != OwnWorks.DELETE:
        posted = list(own_works(user).published().values_list("pk", flat=True))
        orphaning.hand_over(posted, names, keeper=Keeper(keeps_name=wishes.own == OwnWorks.KEEP_NAME), by=user)
    own_works(user).delete()
    _part_with_series(user, wishes=wishes)
    for work in Work.objects.published().filter(pk__in=[work.pk for work in works]):
        telling.tell_changed(work, by=user)


def _part_with_series(user: User, *, wishes: Wishes) -> None:
    """Take the names off the series that are left, which go to their other makers or to `orphan_account`; empty ones go."""
    theirs = Series.objects.editable_by(user).values_list("pk", flat=True)
    for series in Series.objects.select_for_update().filter(pk__in=list(theirs)).order_by("pk"):
        own = list(series.pseuds.filter(user=user))
        if not series.pseuds.exclude(user=user).exists():
            series.pseuds.add(Keeper(keeps_name=wishes.own == OwnWorks.KEEP_NAME).pseud_for(own[0]))
        series.pseuds.remove(*own)
    Series.objects.filter(entries=None).delete()
