"""Who else makes a work: invitations that wait for an answer, and who of a work's makers wrote which chapter.

A name stands under a work, a chapter or a series only after its owner has accepted: until then there is no `Creatorship`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from archive.people.models import Viewer


class CreatorInvitationQuerySet(models.QuerySet["CreatorInvitation"]):
    """Questions about invitations. `visible_to` is the door of who is invited, `editable_by` that of who made the work."""

    def pending(self) -> CreatorInvitationQuerySet:
        """Invitations that nobody has answered."""
        return self.filter(refused_at=None)

    def to(self, user: Viewer) -> CreatorInvitationQuerySet:
        """Invitations of any pseud of this member."""
        return self.filter(pseud__user=user.pk)

    def visible_to(self, viewer: Viewer) -> CreatorInvitationQuerySet:
        """Invitations of this member to what is not deleted, the refused ones among them."""
        return self.to(viewer).filter(models.Q(work=None) | models.Q(work__deleted_at=None))

    def editable_by(self, user: Viewer) -> CreatorInvitationQuerySet:
        """Unanswered invitations to works and series of this member, which any of their makers can take back."""
        own_work = models.Q(work__creatorships__pseud__user=user.pk, work__deleted_at=None)
        return self.pending().filter(own_work | models.Q(series__pseuds__user=user.pk)).distinct()

    def latest_first(self) -> CreatorInvitationQuerySet:
        """The newest first."""
        return self.order_by("-made_at", "-pk")


class CreatorInvitation(models.Model):
    """Asks a member, under one of their pseuds, to stand under a work, under one chapter of it, or under a series.

    One that was refused stays, so that nobody is asked the same twice; who is invited can let themselves be asked again.
    """

    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, null=True, related_name="invitations")
    chapter = models.ForeignKey("archive.Chapter", on_delete=models.CASCADE, null=True, related_name="invitations")
    series = models.ForeignKey("archive.Series", on_delete=models.CASCADE, null=True, related_name="invitations")
    pseud = models.ForeignKey("archive.Pseud", on_delete=models.CASCADE, related_name="creator_invitations")
    invited_by = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    refused_at = models.DateTimeField(null=True)

    objects = CreatorInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(work__isnull=False, series=None) | models.Q(work=None, chapter=None, series__isnull=False),
                name="creator_invitation_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["work", "chapter", "series", "pseud"], name="creator_invitation_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pseud}: {self.work or self.series}"


class ChapterCreatorship(models.Model):
    """A pseud under which a chapter was written. A chapter without any was written by all who made the work."""

    chapter = models.ForeignKey("archive.Chapter", on_delete=models.CASCADE, related_name="creatorships", db_index=False)
    pseud = models.ForeignKey("archive.Pseud", on_delete=models.PROTECT, related_name="chapter_creatorships")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["chapter", "pseud"], name="chapter_creatorship_once")]

    def __str__(self) -> str:
        return f"{self.pseud}: {self.chapter}"
