"""Bookmarks: what a member keeps of what others made, with words of their own, for all to see or for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat, Upper

from archive.addresses import address
from archive.tags.naming import TAG_LENGTH
from archive.text.fields import LONGEST_KEY, CleanHTMLField, WrittenByDatabase
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.people.models import User, Viewer

    type Subject = Work | Series  # what can be bookmarked

NOTES_LENGTH = 5_000
MOST_TAGS = 75  # as many as a work may have
TRIGRAM = 3  # letters, as the index of words has them


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    """Questions about bookmarks. `visible_to` and `editable_by` are the doors."""

    def public(self) -> BookmarkQuerySet:
        """Bookmarks that their owners do not keep to themselves, of active accounts."""
        return self.filter(is_private=False, pseud__user__is_active=True)

    def visible_to(self, viewer: Viewer) -> BookmarkQuerySet:
        """Public bookmarks of what this viewer may find, and their own, whatever has become of what these are of."""
        listed = Exists(Work.objects.listed_to(viewer).filter(pk=OuterRef("work")))
        found = Exists(Series.objects.visible_to(viewer).filter(pk=OuterRef("series")))
        public = Q(is_private=False, pseud__user__is_active=True) & (Q(listed) | Q(found))
        sees_own = viewer.is_authenticated and viewer.sees_own_lists
        return self.filter(public | Q(pseud__user=viewer.pk) if sees_own else public)

    def editable_by(self, user: Viewer) -> BookmarkQuerySet:
        """Bookmarks under any name of this member."""
        return self.filter(pseud__user=user.pk)

    def by(self, user: User) -> BookmarkQuerySet:
        """Bookmarks under any name of a member; whoever shows them asks a door, too."""
        return self.filter(pseud__user=user)

    def of(self, subject: Subject) -> BookmarkQuerySet:
        """Bookmarks of a work or a series."""
        return self.filter(work=subject) if isinstance(subject, Work) else self.filter(series=subject)

    def saying(self, word: str) -> BookmarkQuerySet:
        """Bookmarks in whose notes or tags this stands, in capitals or not, or as a part of a longer word."""
        wanted = Upper(Value(word))
        if len(word) < TRIGRAM:  # the index would name all bookmarks, and take longer for it than to look through them
            return self.alias(looked_through=Concat("said", Value(""), output_field=models.TextField())).filter(
                looked_through__contains=wanted
            )
        return self.filter(said__contains=wanted)

    def bearing(self, keys: Collection[str]) -> BookmarkQuerySet:
        """Bookmarks with all of these words of their owners', given as keys (`folded_key`)."""
        return self.filter(tag_keys__contains=list(keys)) if keys else self

    def latest_first(self) -> BookmarkQuerySet:
        """The one that was made last first."""
        return self.order_by("-made_at", "-pk")

    def with_names(self) -> BookmarkQuerySet:
        """Bookmarks with what their byline needs, and without what they are only looked for in."""
        return self.select_related("pseud__user").defer("said")


class Bookmark(models.Model):
    """A work or a series that a member keeps. Where that is gone for good, the bookmark and its owner's words stay.

    The tags are free words of the bookmark's owner: they are no tags of the archive, and no work is found by them.
    """

    pseud = models.ForeignKey("archive.Pseud", on_delete=models.PROTECT, related_name="bookmarks", db_index=False)
    work = models.ForeignKey("archive.Work", on_delete=models.SET_NULL, null=True, related_name="bookmarks")
    series = models.ForeignKey("archive.Series", on_delete=models.SET_NULL, null=True, related_name="bookmarks")
    notes_source = models.TextField(blank=True, default="")
    notes = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField(default=0)
    tag_names = ArrayField(models.CharField(max_length=TAG_LENGTH), default=list)
    tag_keys = ArrayField(models.CharField(max_length=LONGEST_KEY), default=list)  # the same, folded, to be found by
    # All that its owner says, in capitals, to look for parts of words in. PostgreSQL writes it, by a function of a migration.
    said = WrittenByDatabase(
        expression=Func(F("notes_source"), F("tag_names"), function="archive_bookmark_said"),
        output_field=models.TextField(),
        db_persist=True,
    )
    is_private = models.BooleanField(default=False)
    is_rec = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pseud", "work"], name="bookmark_of_a_work_once"),
            models.UniqueConstraint(fields=["pseud", "series"], name="bookmark_of_a_series_once"),
            models.CheckConstraint(condition=Q(work=None) | Q(series=None), name="bookmark_of_one_thing"),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="bookmark_latest"),
            models.Index(fields=["pseud", "-made_at", "-id"], name="bookmark_of_a_name"),
            GinIndex(fields=["tag_keys"], name="bookmark_by_tag"),
            GinIndex(OpClass("said", name="gin_trgm_ops"), name="bookmark_said_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        """Answer the address that every tool knows bookmarks by."""
        return address("bookmark_show", self.pk)

    def subject_for(self, viewer: Viewer) -> Subject | None:
        """Answer what it is of, or None where this viewer cannot open that: then it is to be named nowhere."""
        if self.work_id is not None:
            return Work.objects.visible_to(viewer).filter(pk=self.work_id).first()
        return Series.objects.visible_to(viewer).filter(pk=self.series_id).first() if self.series_id is not None else None

    @property
    def tag_string(self) -> str:
        """The tags as they are typed, with commas."""
        return ", ".join(self.tag_names)
