"""What a work came from: the works, here or elsewhere, that it is inspired by or translates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from archive.works.models import TITLE_LENGTH, Work

if TYPE_CHECKING:
    from archive.people.models import Viewer

ADDRESS_LENGTH = 2_000
AUTHOR_LENGTH = 500


class RelationQuerySet(models.QuerySet["Relation"]):
    """Questions about what works came from. `editable_by` and `answerable_by` are the doors."""

    def editable_by(self, user: Viewer) -> RelationQuerySet:
        """What stands on this user's own works."""
        return self.filter(work__in=Work.objects.editable_by(user))

    def answerable_by(self, user: Viewer) -> RelationQuerySet:
        """Posted works of others that name a work of this user's: a draft, a deleted work or one's own asks for nothing."""
        return (
            self.filter(parent__in=Work.objects.editable_by(user), work__in=Work.objects.listed_to(user))
            .exclude(work__in=Work.objects.editable_by(user))
            .order_by("-pk")
        )

    def with_works(self) -> RelationQuerySet:
        """With both works and all names under them."""
        makers = ("parent__pseuds__user", "work__pseuds__user")
        return self.select_related("work", "parent", "language").prefetch_related(*makers)


class Relation(models.Model):
    """A work that another one came from: one of this archive, or one elsewhere by its address, title and author.

    Its author has accepted, refused or not answered yet that theirs shows a link back. One that is gone for good leaves neither
    a parent nor an address.
    """

    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="sources", db_index=False)
    parent = models.ForeignKey("archive.Work", on_delete=models.SET_NULL, null=True, related_name="offspring")
    is_translation = models.BooleanField(default=False)
    address = models.CharField(max_length=ADDRESS_LENGTH, blank=True, default="")
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    author = models.CharField(max_length=AUTHOR_LENGTH, blank=True, default="")
    language = models.ForeignKey("archive.Language", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["work", "parent"], name="relation_once"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("work")), name="relation_between_two_works"
            ),
            models.CheckConstraint(
                condition=models.Q(address="") | (~models.Q(title="") & ~models.Q(author="") & models.Q(parent=None)),
                name="relation_elsewhere_is_named",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(refused_at=None), name="relation_accepted_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work} ← {self.parent or self.title}"
