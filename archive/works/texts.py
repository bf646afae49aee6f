"""The words of chapters, now and before. Nothing but this slice and `warnings.opening` may import it; a linter holds that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from archive.text.fields import CleanHTMLField

if TYPE_CHECKING:
    from archive.works.models import Chapter


class ChapterText(models.Model):
    """The words of a chapter. Only this slice writes them; readers get them from `warnings.opening` alone."""

    chapter = models.OneToOneField("archive.Chapter", on_delete=models.CASCADE, primary_key=True, related_name="+")
    source = models.TextField()
    html = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.chapter_id}, version {self.version}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Questions about versions of texts."""

    def of(self, chapter: Chapter) -> RevisionQuerySet:
        """The versions of a chapter, got through its own door, from the first to the newest."""
        return self.filter(chapter=chapter).order_by("number")

    def needed_for(self, number: int) -> RevisionQuerySet:
        """Of the versions of one chapter, those that this one is made of: the last whole one up to it, and what changed since."""
        whole = self.filter(number__lte=number, is_whole=True).order_by("-number").values("number")[:1]
        return self.filter(number__lte=number, number__gte=models.Subquery(whole))


class Revision(models.Model):
    """A version of a chapter's text as it was typed. One that is not whole holds what changed since the one before it."""

    # Without an index of its own: it leads the constraint's.
    chapter = models.ForeignKey("archive.Chapter", on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()  # that of the text's version when it was saved; some are missing
    packed = models.BinaryField()
    is_whole = models.BooleanField()
    word_count = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("archive.User", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chapter", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.chapter_id}, version {self.number}"
