"""The keys of members' own feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from archive.people.models import Viewer


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    """Questions about keys of feeds. `editable_by` is the door."""

    def editable_by(self, user: Viewer) -> FeedKeyQuerySet:
        """The key of this member."""
        return self.filter(user=user.pk)


class FeedKey(models.Model):
    """What stands in the addresses of a member's own feeds. It is kept as it is, since its owner is shown it again."""

    user = models.OneToOneField("archive.User", on_delete=models.CASCADE, primary_key=True, related_name="feed_key")
    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = FeedKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}"
