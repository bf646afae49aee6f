"""Tags and their kinds. Kinds are rows, so an archive can have its own; code names those whose meaning it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from archive.addresses import address
from archive.tags import naming
from archive.text.fields import LONGEST_KEY, FoldedField, folded_key

if TYPE_CHECKING:
    from collections.abc import Iterable

RATING = "rating"
WARNING = "warning"
CATEGORY = "category"
MEDIA = "media"
FANDOM = "fandom"
RELATIONSHIP = "relationship"
CHARACTER = "character"
FREEFORM = "freeform"

NO_WARNINGS = "warning-no"
CHOSE_NOT_TO = "warning-choosenotto"

FAMILY = """
WITH RECURSIVE family (id) AS (
    SELECT unnest(ARRAY[tag.id, coalesce(tag.synonym_of_id, tag.id)])
    FROM archive_tag AS tag WHERE tag.id = ANY(%(ids)s)
  UNION
    SELECT below.id FROM family CROSS JOIN LATERAL (
        SELECT id FROM archive_tag WHERE synonym_of_id = family.id
      UNION ALL
        SELECT from_tag_id FROM archive_tag_metatags WHERE to_tag_id = family.id
    ) AS below
)
SELECT id FROM family
"""


class Kind(models.Model):
    """A kind of tag: how many of it a work may have, and whether its values are a closed list."""

    code = models.SlugField(primary_key=True, max_length=30)
    name = models.CharField(max_length=50)
    name_plural = models.CharField(max_length=50)
    help = models.CharField(max_length=300, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    is_closed = models.BooleanField(default=False)
    is_single = models.BooleanField(default=False)
    is_required = models.BooleanField(default=False)
    is_on_works = models.BooleanField(_("works bear it"), default=True)
    is_in_blurbs = models.BooleanField(_("shown in listings"), default=True, db_default=True)
    is_in_filters = models.BooleanField(_("listings can be filtered by it"), default=True, db_default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class TagQuerySet(models.QuerySet["Tag"]):
    """Questions about tags."""

    def of_kind(self, code: str) -> TagQuerySet:
        """Tags of one kind."""
        return self.filter(kind=code)

    def named(self, name: str) -> TagQuerySet:
        """The tag of this name, whatever its case and accents."""
        return self.filter(folded=folded_key(name))

    def choosable(self) -> TagQuerySet:
        """Values of closed kinds that a new work may choose: accepted here and not retired."""
        return self.filter(kind__is_closed=True, is_accepted=True, retired_at=None).order_by("position", "pk")

    def known_or_in(self, taggings: models.QuerySet[models.Model]) -> TagQuerySet:
        """Tags that anybody may know of: canonical ones, and those that stand on one of these taggings."""
        return self.filter(models.Q(is_canonical=True) | models.Exists(taggings.filter(tag=models.OuterRef("pk"))))

    def family_ids(self, ids: Iterable[int]) -> frozenset[int]:
        """The ids of these tags, of what they are synonyms of, and of all synonyms and sub-tags below, at any depth."""
        wanted = list(ids)
        if not wanted:
            return frozenset()
        with connection.cursor() as cursor:
            cursor.execute(FAMILY, {"ids": wanted})
            return frozenset(row[0] for row in cursor.fetchall())

    def starting(self, term: str) -> TagQuerySet:
        """Tags with a word that begins so, in any case and with any accents."""
        folded = folded_key(term)
        return self.filter(models.Q(folded__startswith=folded) | models.Q(folded__contains=f" {folded}"))


class Tag(TagBase):
    """A word that works are found by. Its name is unique without regard to case and accents."""

    # Addresses carry the name, so there is no slug column. What is set here tells taggit not to make one.
    slug: ClassVar[str] = "-"  # type: ignore[misc] # taggit declares a field, which this takes away

    name = models.CharField(_("name"), max_length=naming.TAG_LENGTH)
    folded = FoldedField(of="name", max_length=LONGEST_KEY, unique=True)
    # tag_by_kind leads with the kind, and tag_code_unique finds the code.
    kind = models.ForeignKey("archive.Kind", on_delete=models.PROTECT, related_name="tags", db_index=False)
    code = models.SlugField(max_length=40, blank=True, default="", editable=False, db_index=False)
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    # How many listed works bear it under this very name; counted now and then, for ranking and sorting only.
    uses = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    explanation = models.CharField(_("what it means"), max_length=300, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    asks_consent = models.BooleanField(_("readers are asked first"), default=False)
    is_accepted = models.BooleanField(_("accepted here"), default=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    is_canonical = models.BooleanField(_("canonical"), default=False)
    is_unwrangleable = models.BooleanField(_("cannot be wrangled"), default=False, db_default=False)
    synonym_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="synonyms")
    parents = models.ManyToManyField("self", symmetrical=False, related_name="children", blank=True)
    metatags = models.ManyToManyField("self", symmetrical=False, related_name="subtags", blank=True)

    objects = TagQuerySet.as_manager()  # type: ignore[assignment,misc] # in place of taggit's own

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(synonym_of=None) | models.Q(is_canonical=False), name="tag_synonym_is_not_canonical"
            ),
            models.UniqueConstraint("code", condition=~models.Q(code=""), name="tag_code_unique"),
        ]
        indexes = [
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="tag_folded_trigrams"),
            models.Index(fields=["kind", "folded"], name="tag_by_kind"),
            models.Index(fields=["kind", "-uses", "folded"], name="tag_by_uses"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Answer the address of the works that bear it."""
        return address("tag_works", self.path_name)

    @property
    def path_name(self) -> str:
        """The name as it stands in addresses."""
        return naming.to_path(self.name)

    @property
    def means_no_warnings(self) -> bool:
        """Whether it is the promise that none of the archive's warnings applies."""
        return self.code == NO_WARNINGS

    @property
    def letter(self) -> str:
        """The one letter that stands for a rating where there is little room."""
        return self.name[:1]
