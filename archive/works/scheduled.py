"""When a draft chapter is to be posted by itself, and why it was not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from archive.works.chapters import Chapter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from archive.people.models import Viewer
    from archive.works.models import Work


class ScheduledPostingQuerySet(models.QuerySet["ScheduledPosting"]):
    """Questions about what is to be posted by itself."""

    def editable_by(self, user: Viewer) -> ScheduledPostingQuerySet:
        """What is planned for chapters that this user may change."""
        return self.filter(chapter__in=Chapter.objects.editable_by(user))

    def due(self) -> ScheduledPostingQuerySet:
        """What should have been posted by now, the earliest first."""
        now = timezone.now()
        return self.filter(due_at__lte=now, refused_at=None).order_by("due_at", "chapter__position", "pk")

    def of(self, works: Iterable[Work]) -> ScheduledPostingQuerySet:
        """What is planned for these works."""
        return self.filter(chapter__work__in=list(works)).order_by("due_at")


class ScheduledPosting(models.Model):
    """The time at which a draft chapter is to be posted; it goes with the draft. One that was refused says why, and waits."""

    chapter = models.OneToOneField("archive.Chapter", on_delete=models.CASCADE, primary_key=True, related_name="scheduled")
    due_at = models.DateTimeField()
    zone = models.CharField(max_length=64)  # the author's, in which the time was meant and is shown
    set_by = models.ForeignKey("archive.User", on_delete=models.SET_NULL, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True, default="")

    objects = ScheduledPostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refused_at=None, refusal="") | models.Q(refused_at__isnull=False) & ~models.Q(refusal=""),
                name="scheduled_posting_says_why_it_was_refused",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(refused_at=None), name="scheduled_posting_due")]

    def __str__(self) -> str:
        return f"{self.due_at} ({self.zone})"

    @property
    def wall_clock(self) -> dt.datetime:
        """The time as a clock in the author's zone will show it."""
        return self.due_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
