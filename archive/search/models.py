"""What the index has yet to learn, and the searches that members keep."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Cast, Now


class SearchChange(models.Model):
    """One row that search shows has changed: a work's, or a tag's with the canonical tag that it left or came to.

    Written by the database's own triggers (`migrations/0006_search_changes.py`) in the transaction that changes the row, so
    no deed and no raw SQL can forget it. `transaction` is the number of that transaction: the log is read in the order
    of commits by reading below the oldest one that still runs.
    """

    transaction = models.BigIntegerField(
        db_default=Cast(Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()),
        db_index=True,
    )
    work_id = models.BigIntegerField(null=True)
    tag_id = models.BigIntegerField(null=True)
    beside_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"work {self.work_id}, tag {self.tag_id}"


class SavedFilter(models.Model):
    """A way to filter and sort that a member keeps, for the works of one tag or for all listings."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="saved_filters", db_index=False)
    tag = models.ForeignKey("archive.Tag", on_delete=models.CASCADE, null=True, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.TextField()  # the query string of the filter form
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "tag", "name"], nulls_distinct=False, name="saved_filter_name_once"),
            models.UniqueConstraint(
                fields=["user", "tag"], condition=models.Q(is_default=True), nulls_distinct=False, name="saved_filter_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name
