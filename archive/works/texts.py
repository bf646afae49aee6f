"""The words of chapters: now, before, and before they are sent.

Nothing but this slice and `warnings.opening` may import it; a linter holds that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from archive.text.fields import CleanHTMLField

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.works.chapters import Chapter


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


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    """Questions about what was typed and not sent."""

    def editable_by(self, user: User) -> AutosaveQuerySet:
        """What this author typed and has not sent, the latest first. There is no other door to it."""
        return self.filter(user=user).exclude(packed=b"").order_by("-typed_at", "-pk")


class Autosave(models.Model):
    """What an author has typed into a form and not sent yet. Once it is sent nothing of it stays but its key.

    A row belongs to one opened form, so that two tabs never write over each other, and hangs on no work: it outlives
    a chapter that a co-author has deleted meanwhile.
    """

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()  # that of the form, see `people.submissions`
    place = models.CharField(max_length=200)  # the path of the form's page
    packed = models.BinaryField()
    stamp = models.BigIntegerField()  # milliseconds by the author's own clock: what was typed earlier never comes after it
    typed_at = models.DateTimeField()

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="autosave_once")]

    def __str__(self) -> str:
        return f"{self.place}, {self.typed_at}"
