"""Works, who made them and what readers' doings with them come to. What they are made of lies in modules of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.fetch_modes import FETCH_RAISE
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from archive.addresses import address
from archive.tags.labels import Label
from archive.text.fields import CleanHTMLField
from archive.works import gathering
from archive.works.creators import CreatorInvitation
from archive.works.gathering import Counts, Maker, NamedKind, Place, PlaceAmong, Recipient, Related
from archive.works.gifts import Gift
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archive.people.models import Pseud, User, Viewer

TITLE_LENGTH = 255
SORT_TITLE_LENGTH = 355  # numbers in it are padded; where it is cut, titles differ long before
SUMMARY_LENGTH = 1_250
NOTES_LENGTH = 5_000
TEXT_LENGTH = 500_000
SHORTEST_TEXT = 10
USER_TAGS = 75  # fandoms, relationships, characters and additional tags of one work, together
MOST_CHAPTERS = 9_999
# What authors typed, and what only sorts: no page that shows works shows them.
NOT_FOR_PAGES = [
    "summary_source",
    "notes_source",
    "endnotes_source",
    "content_notes_source",
    "title_to_sort_on",
    "cleaner_version",
]


def makes_or_is_asked_to(user: User, *, work: str) -> models.Q:
    """Whether this member makes the work in a column, or is invited to."""
    own = models.Exists(Creatorship.objects.filter(work=models.OuterRef(work), pseud__user=user.pk))
    invited = models.Exists(CreatorInvitation.objects.pending().to(user).filter(work=models.OuterRef(work)))
    return models.Q(own) | models.Q(invited)


class WorkQuerySet(models.QuerySet["Work"]):
    """Questions about works. `visible_to`, `listed_to` and `editable_by` are the doors."""

    def kept(self) -> WorkQuerySet:
        """Works that are not deleted."""
        return self.filter(deleted_at=None)

    def published(self) -> WorkQuerySet:
        """Works that are posted and not deleted."""
        return self.kept().exclude(published_at=None)

    def listed_to(self, viewer: Viewer) -> WorkQuerySet:
        """Posted works that this viewer may find in listings: restricted ones for members only."""
        works = self.published()
        return works if viewer.is_authenticated else works.filter(is_restricted=False)

    def visible_to(self, viewer: Viewer) -> WorkQuerySet:
        """Works whose page this viewer may open: those listed to them, their own, and those that they are invited to make.

        Of the latter two drafts as well: who is invited has to see what their name would stand under.
        """
        public = models.Q(published_at__isnull=False)
        if not viewer.is_authenticated:
            return self.kept().filter(public, is_restricted=False)
        if viewer.reads_only:
            return self.listed_to(viewer)
        return self.kept().filter(public | makes_or_is_asked_to(viewer, work="pk"))

    def editable_by(self, user: Viewer) -> WorkQuerySet:
        """Works that this user made, drafts included."""
        return self.kept().made_by(user)

    def deleted_by(self, user: Viewer) -> WorkQuerySet:
        """Works that this user made and deleted, which can still be restored."""
        return self.exclude(deleted_at=None).made_by(user).order_by("-deleted_at")

    def moderatable_by(self, user: Viewer) -> WorkQuerySet:
        """Posted works, for those who keep the archive."""
        return self.published() if user.is_authenticated and user.is_staff else self.none()

    def made_by(self, user: Viewer) -> WorkQuerySet:
        """Works of any pseud of this user."""
        return self.filter(models.Exists(Creatorship.objects.filter(work=models.OuterRef("pk"), pseud__user=user.pk)))

    def by(self, pseud: Pseud) -> WorkQuerySet:
        """Works of this pseud."""
        return self.filter(models.Exists(Creatorship.objects.filter(work=models.OuterRef("pk"), pseud=pseud)))

    def given_to(self, user: User) -> WorkQuerySet:
        """Works that this member was given and has taken."""
        return self.filter(models.Exists(Gift.objects.taken().filter(work=models.OuterRef("pk"), pseud__user=user.pk)))

    def given_to_name(self, name: str) -> WorkQuerySet:
        """Works that are for a name that is nobody's account."""
        return self.filter(models.Exists(Gift.objects.filter(work=models.OuterRef("pk"), name__iexact=name).exclude(name="")))

    def drafts(self) -> WorkQuerySet:
        """Works that were never posted, the latest first."""
        return self.kept().filter(published_at=None).order_by("-created_at", "-pk")

    def bearing_any(self, tags: Collection[int]) -> WorkQuerySet:
        """Works that bear at least one of the tags with these ids, each once."""
        if len(tags) == 1:  # a work bears a tag once, and a plain join is planned and counted faster
            return self.filter(taggings__tag__in=tags)
        return self.filter(models.Exists(Tagging.objects.filter(content_object=models.OuterRef("pk"), tag__in=list(tags))))

    def without(self, tags: Iterable[int]) -> WorkQuerySet:
        """Works that bear none of the tags with these ids."""
        return self.exclude(models.Exists(Tagging.objects.filter(content_object=models.OuterRef("pk"), tag__in=list(tags))))

    def latest_first(self) -> WorkQuerySet:
        """The most recently updated first."""
        return self.order_by("-revised_at", "-pk")

    def latest_arrived_first(self) -> WorkQuerySet:
        """What came before readers last first, by the clock."""
        return self.order_by(Coalesce("arrived_at", "revised_at").desc(), "-pk")

    def for_pages(self) -> WorkQuerySet:
        """Works with all that stands round them on a page: language, labels, makers, places. Anything else raises."""
        return (
            self.select_related("language")
            .defer(*NOT_FOR_PAGES)
            .annotate(  # type: ignore[no-redef] # declared on the model
                labels_in_json=gathering.in_json(gathering.LABELS),
                makers_in_json=gathering.in_json(gathering.MAKERS),
                places_in_json=gathering.in_json(gathering.PLACES),
                recipients_in_json=gathering.in_json(gathering.RECIPIENTS),
                tally_in_json=gathering.in_json(gathering.TALLY),
                unlisted_in_json=gathering.in_json(gathering.UNLISTED),
            )
            .fetch_mode(FETCH_RAISE)
        )

    def for_header(self) -> WorkQuerySet:
        """Works as `for_pages`, with the kinds by which a header is ordered, what single chapters warn of, and related works."""
        return self.for_pages().annotate(  # type: ignore[no-redef] # likewise
            kinds_in_json=gathering.in_json(gathering.KINDS),
            warned_in_json=gathering.in_json(gathering.WARNED),
            chapter_makers_in_json=gathering.in_json(gathering.CHAPTER_MAKERS),
            sources_in_json=gathering.in_json(gathering.SOURCES),
            offspring_in_json=gathering.in_json(gathering.OFFSPRING),
            neighbours_in_json=gathering.in_json(gathering.NEIGHBOURS),
            wishes_in_json=gathering.in_json(gathering.WISHES),
        )


class Work(models.Model):
    """A fan work: a title, tags, notes, and one chapter or more. Without `published_at` it is a draft."""

    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True, default="")
    title_to_sort_on = models.CharField(max_length=SORT_TITLE_LENGTH, blank=True, default="", editable=False)
    language = models.ForeignKey("archive.Language", on_delete=models.PROTECT, null=True, related_name="works")
    summary_source = models.TextField(blank=True, default="")
    summary = CleanHTMLField()
    notes_source = models.TextField(blank=True, default="")
    notes = CleanHTMLField()
    endnotes_source = models.TextField(blank=True, default="")
    endnotes = CleanHTMLField()
    content_notes_source = models.TextField(blank=True, default="")
    content_notes = CleanHTMLField()
    cleaner_version = models.PositiveSmallIntegerField(default=0)
    is_restricted = models.BooleanField(_("only for members"), default=False)
    skin = models.ForeignKey("archive.Skin", on_delete=models.SET_NULL, null=True, related_name="works")
    expected_chapters = models.PositiveIntegerField(
        _("chapters in all"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_CHAPTERS)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    revised_at = models.DateTimeField(null=True)
    # When something of it last came before readers who had not seen it, and when anything of it last changed: by the clock,
    # whatever days its author gives it. None is from before that was noted.
    arrived_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    feeds_carry_text = models.BooleanField(_("feeds may carry its text"), default=False, db_default=False)
    chapter_count = models.PositiveIntegerField(default=0)
    word_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    # Of `for_pages` and `for_header`: lists in JSON, read when somebody asks for them.
    labels_in_json: str | None
    makers_in_json: str | None
    places_in_json: str | None
    recipients_in_json: str | None
    tally_in_json: str | None
    unlisted_in_json: str | None
    kinds_in_json: str | None
    warned_in_json: str | None
    chapter_makers_in_json: str | None
    sources_in_json: str | None
    offspring_in_json: str | None
    neighbours_in_json: str | None
    wishes_in_json: str | None
    language_in_json: str | None  # of `finding.find`

    tags = TaggableManager(through="archive.Tagging", blank=True)  # type: ignore[no-untyped-call] # taggit has no types
    pseuds = models.ManyToManyField("archive.Pseud", through="archive.Creatorship", related_name="works")

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | (~models.Q(title="") & models.Q(language__isnull=False, revised_at__isnull=False, chapter_count__gte=1)),
                name="work_published_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-revised_at", "-id"],
                condition=models.Q(published_at__isnull=False, deleted_at__isnull=True),
                include=["is_restricted"],
                name="work_latest",
            ),
            models.Index(fields=["deleted_at"], condition=models.Q(deleted_at__isnull=False), name="work_deleted"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    def get_absolute_url(self) -> str:
        """Answer the address that every tool knows works by."""
        return address("work_show", self.pk)

    @property
    def is_draft(self) -> bool:
        """Whether it was never posted."""
        return self.published_at is None

    @property
    def is_complete(self) -> bool:
        """Whether as many chapters are posted as were promised."""
        return self.expected_chapters is not None and self.chapter_count >= self.expected_chapters

    @property
    def is_chaptered(self) -> bool:
        """Whether it has, or promises, more than one chapter."""
        return self.chapter_count > 1 or self.expected_chapters != 1

    @property
    def chapters_of_expected(self) -> str:
        """The count that readers know: posted chapters, a slash, chapters promised or a question mark."""
        return f"{self.chapter_count}/{self.expected_chapters or '?'}"

    @cached_property
    def labels(self) -> list[Label]:
        """The tags of a work for pages, in its author's order."""
        return [Label(*values) for values in json.loads(self.labels_in_json or "[]")]

    @cached_property
    def unlisted_kinds(self) -> frozenset[str]:
        """The codes of the kinds whose tags listings do not show, of a work for pages."""
        return frozenset(json.loads(self.unlisted_in_json or "[]"))

    @cached_property
    def kinds(self) -> list[NamedKind]:
        """The kinds of tags, in order, of a work for its header."""
        return [NamedKind(*values) for values in json.loads(self.kinds_in_json or "[]")]

    @cached_property
    def warned(self) -> dict[int, set[int]]:
        """The ids of the warnings of single chapters of a work for its header, by the ids of the chapters."""
        found: dict[int, set[int]] = {}
        for chapter, tag in json.loads(self.warned_in_json or "[]"):
            found.setdefault(chapter, set()).add(tag)
        return found

    @cached_property
    def makers(self) -> list[Maker]:
        """The names under a work for pages, in its authors' order."""
        return [Maker(*values) for values in json.loads(self.makers_in_json or "[]")]

    @cached_property
    def chapter_makers(self) -> dict[int, list[Maker]]:
        """The names under chapters that not all makers of a work for its header wrote, by the ids of the chapters."""
        found: dict[int, list[Maker]] = {}
        for chapter, *values in json.loads(self.chapter_makers_in_json or "[]"):
            found.setdefault(chapter, []).append(Maker(*values))
        return found

    @cached_property
    def places(self) -> list[Place]:
        """The places of a work for pages in series."""
        return [Place(*values) for values in json.loads(self.places_in_json or "[]")]

    def places_among(self, viewer: Viewer) -> list[PlaceAmong]:
        """Answer the places of a work for its header, each between the works that this viewer may open."""
        member = bool(viewer.is_authenticated)
        found = json.loads(self.neighbours_in_json or "[]")
        return [PlaceAmong(place, *(ways[2:] if member else ways[:2])) for place, ways in zip(self.places, found, strict=True)]

    @cached_property
    def named_sources(self) -> list[Related]:
        """What a work for its header came from, open to the viewer or not."""
        return [Related.read(values) for values in json.loads(self.sources_in_json or "[]")]

    @cached_property
    def named_offspring(self) -> list[Related]:
        """What came, with its author's consent, from a work for its header; for members alone or for all."""
        return [Related.read(values) for values in json.loads(self.offspring_in_json or "[]")]

    @cached_property
    def recipients(self) -> list[Recipient]:
        """For whom a work for pages is, as far as they have said yes."""
        return [Recipient(*values) for values in json.loads(self.recipients_in_json or "[]")]

    @cached_property
    def counts(self) -> Counts:
        """What readers' doings with a work for pages come to."""
        return Counts(*json.loads(self.tally_in_json or "[]"))

    @property
    def avoids_search_engines(self) -> bool:
        """Whether one of those who made it wants search engines to leave it out; of a work for its header."""
        return bool(json.loads(self.wishes_in_json or "[false, false]")[0])

    @property
    def refuses_share_links(self) -> bool:
        """Whether one of those who made it wants no text for sharing; of a work for its header."""
        return bool(json.loads(self.wishes_in_json or "[false, false]")[1])

    @property
    def shown_of_it(self) -> tuple[object, ...]:
        """All that is shown of a work for pages but its tally, to remember what was drawn by: its blurb, header, files."""
        return (
            self.pk,
            self.title,
            self.summary,
            *((self.language.pk, self.language.name, self.language.direction) if self.language else ()),
            self.is_restricted,
            self.published_at,
            self.revised_at,
            self.word_count,
            self.chapter_count,
            self.expected_chapters,
            self.labels_in_json,
            self.makers_in_json,
            self.places_in_json,
            self.recipients_in_json,
            self.unlisted_in_json,
        )

    def is_made_by(self, user: Viewer) -> bool:
        """Whether one of its pseuds is this user's; the twin of `editable_by`, for works of `for_pages`."""
        return user.is_authenticated and any(maker.user_id == user.pk for maker in self.makers)

    def is_made_alone_by(self, user: Viewer) -> bool:
        """Whether nobody else makes it; for works of `for_pages`."""
        return all(maker.user_id == user.pk for maker in self.makers)


class Tally(models.Model):
    """What readers' doings with a work come to, in a row of its own so that counting leaves the work's alone; no row is nothing."""

    work = models.OneToOneField("archive.Work", on_delete=models.CASCADE, primary_key=True, related_name="tally")
    hits = models.PositiveIntegerField(default=0)
    kudos = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    bookmarks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.work}: {self.kudos}"


class Creatorship(models.Model):
    """A pseud under which a work was made."""

    # Here and below: a foreign key without an index of its own leads a constraint's.
    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="creatorships", db_index=False)
    pseud = models.ForeignKey("archive.Pseud", on_delete=models.PROTECT, related_name="creatorships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "pseud"], name="creatorship_once")]

    def __str__(self) -> str:
        return f"{self.pseud}: {self.work}"
