"""Gifts: a work given to a member, who says yes before their name stands there, or to a name that is nobody's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower

from archive.addresses import address

if TYPE_CHECKING:
    from archive.people.models import Viewer

LONGEST_RECIPIENT = 100


class GiftQuerySet(models.QuerySet["Gift"]):
    """Questions about gifts. `visible_to` is the door of who is given something, `editable_by` that of who gives."""

    def pending(self) -> GiftQuerySet:
        """Gifts to members who have not said anything yet."""
        return self.filter(pseud__isnull=False, accepted_at=None, refused_at=None)

    def taken(self) -> GiftQuerySet:
        """Gifts to members who have said yes."""
        return self.exclude(accepted_at=None)

    def kept(self) -> GiftQuerySet:
        """Gifts that nobody has refused."""
        return self.filter(refused_at=None)

    def visible_to(self, viewer: Viewer) -> GiftQuerySet:
        """What this member is given, of works that are posted and not deleted."""
        return self.filter(pseud__user=viewer.pk, work__published_at__isnull=False, work__deleted_at=None)

    def editable_by(self, user: Viewer) -> GiftQuerySet:
        """What is given with works of this member."""
        return self.filter(work__creatorships__pseud__user=user.pk).distinct()


class Gift(models.Model):
    """A work for somebody: a member, under one of their pseuds, or just a name.

    One that a member has refused stays, so that they are not given the same again.
    """

    # Without an index of its own: it leads the constraints'.
    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="gifts", db_index=False)
    pseud = models.ForeignKey("archive.Pseud", on_delete=models.CASCADE, null=True, related_name="gifts")
    name = models.CharField(max_length=LONGEST_RECIPIENT, blank=True, default="")
    given_by = models.ForeignKey("archive.User", on_delete=models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pseud__isnull=False, name="") | (models.Q(pseud=None) & ~models.Q(name="")),
                name="gift_to_a_pseud_or_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(refused_at=None), name="gift_not_both_taken_and_refused"
            ),
            models.UniqueConstraint("work", "pseud", Lower("name"), name="gift_once", nulls_distinct=False),
        ]
        indexes = [models.Index(Lower("name"), condition=~models.Q(name=""), name="gift_by_name")]

    def __str__(self) -> str:
        return f"{self.work}: {self.recipient}"

    def get_absolute_url(self) -> str:
        """Answer the address of the work."""
        return address("work_show", self.work_id)

    @property
    def recipient(self) -> str:
        """For whom it is, as it is written. The pseud and its account must have been loaded."""
        return self.pseud.byline if self.pseud else self.name
