"""Chapters, and what the warnings named in their marked passages mean. Their words lie in a table and a module of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.addresses import address
from archive.text.fields import LONGEST_KEY, CleanHTMLField
from archive.works.creators import CreatorInvitation
from archive.works.models import TITLE_LENGTH, Work, makes_or_is_asked_to

if TYPE_CHECKING:
    from archive.people.models import Viewer


class ChapterQuerySet(models.QuerySet["Chapter"]):
    """Questions about chapters."""

    def visible_to(self, viewer: Viewer) -> ChapterQuerySet:
        """Posted chapters of works that this viewer may open, and all chapters of those that they make or are invited to make."""
        public = models.Q(published_at__isnull=False, work__published_at__isnull=False)
        chapters = self.filter(work__deleted_at=None)
        if not viewer.is_authenticated:
            return chapters.filter(public, work__is_restricted=False)
        if viewer.reads_only:
            return chapters.filter(public)
        return chapters.filter(public | makes_or_is_asked_to(viewer, work="work"))

    def editable_by(self, user: Viewer) -> ChapterQuerySet:
        """Chapters of works that this user made."""
        return self.filter(work__in=Work.objects.editable_by(user))

    def posted(self) -> ChapterQuerySet:
        """Chapters that are not drafts."""
        return self.exclude(published_at=None)

    def readable_in(self, work: Work, viewer: Viewer) -> ChapterQuerySet:
        """Chapters of a work, got through its own door, that this viewer may read: all if they make it or are invited to."""
        chapters = self.filter(work=work)
        posted = models.Q(published_at__isnull=False)
        if not viewer.is_authenticated or viewer.reads_only:
            return chapters.filter(posted)
        if work.is_made_by(viewer):
            return chapters
        return chapters.filter(
            posted | models.Q(models.Exists(CreatorInvitation.objects.pending().to(viewer).filter(work=work.pk)))
        )

    def for_index(self) -> ChapterQuerySet:
        """In order, with what an index and an advisory show and no more: a work may have a thousand of them."""
        return self.in_order().only("work", "position", "title", "published_at", "content_notes")

    def in_order(self) -> ChapterQuerySet:
        """As the author ordered them."""
        return self.order_by("position", "pk")


class Chapter(models.Model):
    """A part of a work, with notes and warnings of its own. Without `published_at` it is a draft."""

    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="chapters", db_index=False)
    position = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    title = models.CharField(_("chapter title"), max_length=TITLE_LENGTH, blank=True, default="")
    summary_source = models.TextField(blank=True, default="")
    summary = CleanHTMLField()
    notes_source = models.TextField(blank=True, default="")
    notes = CleanHTMLField()
    endnotes_source = models.TextField(blank=True, default="")
    endnotes = CleanHTMLField()
    content_notes_source = models.TextField(blank=True, default="")
    content_notes = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    dated_on = models.DateField(null=True)  # the day that its author gave a draft, for when it is posted
    arrived_at = models.DateTimeField(null=True)  # as of works
    changed_at = models.DateTimeField(null=True)
    word_count = models.PositiveIntegerField(default=0)

    warnings = models.ManyToManyField("archive.Tag", related_name="warned_chapters", blank=True)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work", "position"], name="chapter_position_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}" if self.title else f"{self.position}."

    def get_absolute_url(self) -> str:
        """Answer the address that every tool knows chapters by."""
        return address("chapter_show", self.work_id, self.pk)

    @property
    def is_draft(self) -> bool:
        """Whether it was never posted."""
        return self.published_at is None


class PassageWarning(models.Model):
    """What the name of a warning in a chapter's marked passages means, whatever that warning is called by now.

    It stays when the text no longer has the name, since an earlier version of it may come back.
    """

    # Without an index of its own: it leads the constraint's.
    chapter = models.ForeignKey("archive.Chapter", on_delete=models.CASCADE, related_name="passage_warnings", db_index=False)
    folded = models.CharField(max_length=LONGEST_KEY)  # the name as the text has it
    tag = models.ForeignKey("archive.Tag", on_delete=models.PROTECT, related_name="marked_passages")
    is_in_text = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chapter", "folded"], name="passage_warning_once")]

    def __str__(self) -> str:
        return f"{self.chapter_id}: {self.folded}"
