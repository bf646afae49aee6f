"""What members have read, where they stopped, what they mark for later, and what they follow. Nobody else is ever told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Now

from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import Viewer

FOLLOWED = ("work", "series", "author", "tag")  # what can be followed, by the names of the columns


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Questions about readings. `of` is the door: a reading exists for nobody but its reader."""

    def of(self, viewer: Viewer) -> ReadingQuerySet:
        """Readings of this member; nobody's for guests."""
        return self.filter(user=viewer.pk)

    def in_history(self) -> ReadingQuerySet:
        """Works that were opened, and not merely marked."""
        return self.exclude(last_read_at=None)

    def marked(self) -> ReadingQuerySet:
        """Works that are marked for later."""
        return self.exclude(marked_at=None)

    def gone(self) -> ReadingQuerySet:
        """Those whose works can no longer be found by who read them."""
        listed = Work.objects.published().filter(pk=models.OuterRef("work"))  # restricted ones are listed to every member
        return self.filter(~models.Exists(listed))

    def latest_first(self) -> ReadingQuerySet:
        """The most recently opened first."""
        return self.order_by("-last_read_at", "-pk")

    def latest_marked_first(self) -> ReadingQuerySet:
        """The most recently marked first."""
        return self.order_by("-marked_at", "-pk")


class Reading(models.Model):
    """A member and a work: when they opened it, how far they came, whether they mark it for later.

    To be in one's history and to be marked are two things; a row is one or both. It outlives its work, and then says no more than
    that there was one.
    """

    # reading_once leads with the member.
    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="readings", db_index=False)
    work = models.ForeignKey("archive.Work", on_delete=models.SET_NULL, null=True, related_name="readings")
    first_read_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)
    visits = models.PositiveIntegerField(default=0, db_default=0)
    marked_at = models.DateTimeField(null=True)

    # Where they stopped: a block of a chapter's text, how far into it, and how far into the chapter that is. No word of the text.
    chapter = models.ForeignKey("archive.Chapter", on_delete=models.SET_NULL, null=True, related_name="readings")
    block = models.PositiveIntegerField(default=0, db_default=0)
    into_block = models.FloatField(default=0, db_default=0)  # 0 at its beginning, 1 at its end
    percent = models.PositiveSmallIntegerField(default=0, db_default=0, validators=[MaxValueValidator(100)])
    placed_at = models.DateTimeField(null=True)  # by the reader's clock, so that the later of two devices is the one that counts

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "work"], name="reading_once"),
            models.CheckConstraint(
                condition=models.Q(last_read_at__isnull=False) | models.Q(marked_at__isnull=False),
                name="reading_read_or_marked",
            ),
            models.CheckConstraint(
                condition=models.Q(into_block__gte=0, into_block__lte=1, percent__lte=100), name="reading_place_in_bounds"
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "-last_read_at", "-id"],
                condition=models.Q(last_read_at__isnull=False),
                name="reading_latest",
            ),
            models.Index(fields=["user", "-marked_at", "-id"], condition=models.Q(marked_at__isnull=False), name="reading_marked"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.work_id}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Questions about what members follow. `of` is the door."""

    def of(self, viewer: Viewer) -> SubscriptionQuerySet:
        """What this member follows; nothing for guests."""
        return self.filter(user=viewer.pk)

    def latest_first(self) -> SubscriptionQuerySet:
        """What was followed last first."""
        return self.order_by("-made_at", "-pk")


def exactly_one(names: tuple[str, ...]) -> models.Q:
    """Answer the condition that one of these columns is set and the others are not."""
    condition = models.Q()
    for name in names:
        condition |= models.Q(**{f"{other}__isnull": other != name for other in names})
    return condition


class Subscription(models.Model):
    """A member follows one thing: a work, a series, an author under whichever pseud, or a tag with all that belongs to it."""

    # subscription_once leads with the member.
    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="subscriptions", db_index=False)
    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, null=True, related_name="subscriptions")
    series = models.ForeignKey("archive.Series", on_delete=models.CASCADE, null=True, related_name="subscriptions")
    author = models.ForeignKey("archive.User", on_delete=models.CASCADE, null=True, related_name="followed_by")
    tag = models.ForeignKey("archive.Tag", on_delete=models.CASCADE, null=True, related_name="subscriptions")
    made_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())  # what was posted since is new

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(FOLLOWED), name="subscription_to_exactly_one"),
            models.UniqueConstraint(fields=["user", *FOLLOWED], nulls_distinct=False, name="subscription_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {getattr(self, f'{self.kind}_id')}"

    @property
    def kind(self) -> str:
        """Which of `FOLLOWED` it is."""
        return next(name for name in FOLLOWED if getattr(self, f"{name}_id") is not None)
