"""Files on their way into the archive, and where the works that came with files come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.transfer.bringing import sources

if TYPE_CHECKING:
    from archive.people.models import User, Viewer

NAME_LENGTH = 255
DIGEST_LENGTH = 64  # of SHA-256, in hexadecimal


class BatchQuerySet(models.QuerySet["Batch"]):
    """Questions about batches of files. `editable_by` is the only door."""

    def editable_by(self, user: Viewer) -> BatchQuerySet:
        """Batches that this person sent, the latest first."""
        return self.filter(user=user.pk).order_by("-pk")

    def with_counts(self) -> BatchQuerySet:
        """Batches with how many files they hold, and how many of these still wait to be read or posted."""
        is_waiting = models.Q(files__state__in=UNDER_WAY)
        return self.annotate(  # type: ignore[no-redef] # declared on the model
            file_count=models.Count("files", filter=~models.Q(files__state=BroughtFile.State.OPENED)),
            waiting_count=models.Count("files", filter=is_waiting),
        )


class Batch(models.Model):
    """Files that an author sent at once, and what is to become of them."""

    class Makes(models.TextChoices):
        """What the files are."""

        WORKS = "works", _("Each file is a work")
        CHAPTERS = "chapters", _("The files are the chapters of one work, in the order of their names")

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="batches")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    makes = models.CharField(max_length=10, choices=Makes, default=Makes.WORKS)
    title = models.CharField(max_length=255, blank=True, default="")
    encoding = models.CharField(max_length=20, blank=True, default="")
    joins_lines = models.BooleanField(default=False)
    # Of chapters: the one work that all of them belong to, once there is one.
    work = models.ForeignKey("archive.Work", on_delete=models.SET_NULL, null=True, related_name="+")

    file_count: int  # of `with_counts`
    waiting_count: int

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"{self.user}, {self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Answer the address of its page."""
        return reverse("batch_show", args=[self.pk])


class BroughtFileQuerySet(models.QuerySet["BroughtFile"]):
    """Questions about the files of batches."""

    def editable_by(self, user: Viewer) -> BroughtFileQuerySet:
        """Files that this person sent."""
        return self.filter(batch__user=user.pk)

    def in_order(self) -> BroughtFileQuerySet:
        """As they were sent; what lay in a ZIP stands in its place."""
        return self.order_by("place", "pk")

    def shown(self) -> BroughtFileQuerySet:
        """But for a ZIP that is opened: its files stand for it."""
        return self.exclude(state=BroughtFile.State.OPENED)

    def with_bytes(self) -> BroughtFileQuerySet:
        """Files with whether their bytes are still here."""
        return self.annotate(  # type: ignore[no-redef] # declared on the model
            has_bytes=models.Exists(FilePiece.objects.filter(file=models.OuterRef("pk")))
        )

    def under_way(self) -> BroughtFileQuerySet:
        """Files that the worker has still to do something with."""
        return self.filter(state__in=UNDER_WAY)

    def kept_bytes(self, user: User) -> int:
        """How much of this person's files lies here."""
        lengths = FilePiece.objects.filter(file__batch__user=user)
        return int(lengths.aggregate(sum=Coalesce(models.Sum(Length("content")), 0))["sum"])


class BroughtFile(models.Model):
    """A file that an author sent: what became of it, and what it claimed."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waits to be read")
        OPENED = "opened", _("Opened")
        READ = "read", _("Read")
        KNOWN = "known", _("Already here")
        FAILED = "failed", _("Not read")
        SKIPPED = "skipped", _("Left as it is")
        UPDATING = "updating", _("Waits to be brought up to date")
        UPDATED = "updated", _("Brought up to date")
        POSTING = "posting", _("Waits to be posted")
        POSTED = "posted", _("Posted")

    batch = models.ForeignKey("archive.Batch", on_delete=models.CASCADE, related_name="files", db_index=False)
    # What sorts it: its number among the files that were sent, and behind a slash that among the files of a ZIP.
    place = models.CharField(max_length=40)
    name = models.CharField(max_length=NAME_LENGTH)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=DIGEST_LENGTH)
    encoding = models.CharField(max_length=20, blank=True, default="")
    # Whether what looks like the header of an old story is taken out of its text; its author may put it back.
    takes_header = models.BooleanField(default=True, db_default=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Counted before anything is read: a file that takes its worker down with it is given up.
    tries = models.PositiveSmallIntegerField(default=0)
    sentence = models.TextField(blank=True, default="")
    claims = models.JSONField(default=dict, blank=True)
    work = models.ForeignKey("archive.Work", on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    has_bytes: bool  # of `with_bytes`

    objects = BroughtFileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="brought_file_once_in_its_place")]

    def __str__(self) -> str:
        return self.name


UNDER_WAY = [BroughtFile.State.WAITING, BroughtFile.State.UPDATING, BroughtFile.State.POSTING]


class FilePiece(models.Model):
    """A piece of a file that waits, no larger than can be held without a thought."""

    file = models.ForeignKey("archive.BroughtFile", on_delete=models.CASCADE, related_name="pieces", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_piece_once")]

    def __str__(self) -> str:
        return f"{self.file}, {self.number}"


class OriginQuerySet(models.QuerySet["Origin"]):
    """Questions about where works come from."""

    def of_file(self, user: User, *, source: str, digest: str) -> OriginQuerySet:
        """Where this person's works come from, if from this source, or, of a file that names none, from the very same bytes."""
        return self.of_any_work(user, source=source, digest=digest).filter(work__deleted_at=None)

    def of_any_work(self, user: User, *, source: str, digest: str) -> OriginQuerySet:
        """The same, of works that were deleted too."""
        same = models.Q(source=source) if source else models.Q(source="", digest=digest)
        return self.filter(same, user=user)


class Origin(models.Model):
    """Where a work, or a chapter of it, comes from. By it the same work is known when it comes again."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="origins")
    source = models.CharField(max_length=sources.LONGEST, blank=True, default="")
    digest = models.CharField(max_length=DIGEST_LENGTH)
    published_on = models.DateField(null=True)
    updated_on = models.DateField(null=True)
    brought_at = models.DateTimeField(auto_now_add=True)

    objects = OriginQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "source"], condition=~models.Q(source=""), name="origin_once_by_source"),
            models.UniqueConstraint(fields=["user", "digest"], condition=models.Q(source=""), name="origin_once_by_content"),
        ]

    def __str__(self) -> str:
        return self.source or self.digest
