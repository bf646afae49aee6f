"""What works do when something happens below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from archive.people.signals import account_leaving, pseud_leaving
from archive.works import asking, farewells
from archive.works.creators import ChapterCreatorship, CreatorInvitation
from archive.works.gifts import Gift
from archive.works.models import Creatorship, Work
from archive.works.series import Series

if TYPE_CHECKING:
    from archive.people.departing import Wishes
    from archive.people.models import Pseud, User


@receiver(pseud_leaving, dispatch_uid="works move to the heir")
def hand_over(sender: type[Pseud], *, pseud: Pseud, heir: Pseud, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Move the works, chapters, series, gifts and invitations of a pseud that leaves to the one that inherits, each once."""
    doubled = Creatorship.objects.filter(work=OuterRef("work"), pseud=heir)
    Creatorship.objects.filter(Exists(doubled), pseud=pseud).delete()
    Creatorship.objects.filter(pseud=pseud).update(pseud=heir)
    doubled_below = ChapterCreatorship.objects.filter(chapter=OuterRef("chapter"), pseud=heir)
    ChapterCreatorship.objects.filter(Exists(doubled_below), pseud=pseud).delete()
    ChapterCreatorship.objects.filter(pseud=pseud).update(pseud=heir)
    CreatorInvitation.objects.filter(pseud=pseud).update(pseud=heir)  # one account is asked the same only once
    taken = Gift.objects.filter(work=OuterRef("work"), pseud=heir)
    Gift.objects.filter(Exists(taken), pseud=pseud).delete()
    Gift.objects.filter(pseud=pseud).update(pseud=heir)
    for series in Series.objects.filter(pseuds=pseud):
        series.pseuds.add(heir)
        series.pseuds.remove(pseud)


@receiver(account_leaving, dispatch_uid="works part with an account")
def part_with(sender: type[User], *, user: User, wishes: Wishes, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Do with the works of an account that goes what its owner wants."""
    farewells.part_with(user, wishes=wishes)


def invitations_to(user: User) -> list[CreatorInvitation]:
    """Answer the invitations of a member, the refused ones last, each with what it is to as pages show it."""
    found = CreatorInvitation.objects.visible_to(user).select_related("pseud__user", "invited_by", "series", "chapter")
    invitations = list(found.latest_first())
    works = Work.objects.visible_to(user).for_pages().in_bulk({one.work_id for one in invitations if one.work_id})
    for one in invitations:
        if one.work_id:  # one that was refused is to a draft that one cannot see any more
            one.work = works.get(one.work_id)
    return sorted(invitations, key=lambda one: one.refused_at is not None)


asking.hang_in(
    asking.Kind(
        name="invitations",
        heading=_("To write together"),
        template="works/requests_invitations.html",
        waiting=lambda user: CreatorInvitation.objects.visible_to(user).pending(),
        shown=invitations_to,
    )
)


def gifts_for(user: User) -> list[Gift]:
    """Answer the gifts that a member has not said anything to, each with its work as pages show it."""
    gifts = list(Gift.objects.visible_to(user).pending().select_related("given_by", "pseud__user").order_by("-given_at", "-pk"))
    works = Work.objects.listed_to(user).for_pages().in_bulk({gift.work_id for gift in gifts})
    for gift in gifts:
        gift.work = works[gift.work_id]
    return gifts


asking.hang_in(
    asking.Kind(
        name="gifts",
        heading=_("Gifts"),
        template="works/requests_gifts.html",
        waiting=lambda user: Gift.objects.visible_to(user).pending(),
        shown=gifts_for,
    )
)
