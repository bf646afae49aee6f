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

DETAIL_LENGTH = 1_000

NO_WARNINGS = "warning-no"
CHOSE_NOT_TO = "warning-choosenotto"

# Which kinds a tag of a kind may belong to; any other kind, an archive's own among them, belongs to fandoms.
PARENT_KINDS = {FANDOM: (MEDIA,), CHARACTER: (FANDOM,), RELATIONSHIP: (FANDOM, CHARACTER)}
ANY_PARENT_KINDS = (FANDOM,)

# All synonyms and sub-tags, at any depth, below what a first SELECT answers: pairs of a root and a tag to begin with.
BELOW = """
WITH RECURSIVE family (root, id) AS (
    {0}
  UNION
    SELECT family.root, below.id FROM family CROSS JOIN LATERAL (
        SELECT id FROM archive_tag WHERE synonym_of_id = family.id
      UNION ALL
        SELECT from_tag_id FROM archive_tag_metatags WHERE to_tag_id = family.id
    ) AS below
)
"""
# The families of the tags that a condition on `tag` chooses, each member with the tag whose family it is of.
FAMILIES = BELOW.format(
    "SELECT tag.id, unnest(ARRAY[tag.id, coalesce(tag.synonym_of_id, tag.id)]) FROM archive_tag AS tag WHERE {0}"
)
BY_ID = FAMILIES.format("tag.id = ANY(%(ids)s)") + "SELECT root, id FROM family"  # noqa: S608 # our own words
BY_NAME = (
    FAMILIES.format("tag.id = ANY(%(ids)s) OR tag.folded = ANY(%(names)s)")  # noqa: S608 # likewise
    + "SELECT root, family.id, tag.folded FROM family JOIN archive_tag AS tag ON tag.id = root"
)


class Status(models.TextChoices):
    """What wranglers have made of a tag."""

    UNWRANGLED = "unwrangled", _("Unwrangled")
    CANONICAL = "canonical", _("Canonical")
    SYNONYM = "synonym", _("Synonym")
    UNWRANGLEABLE = "unwrangleable", _("Unwrangleable")


WITH_STATUS = {
    Status.UNWRANGLED: models.Q(is_canonical=False, synonym_of=None, is_unwrangleable=False),
    Status.CANONICAL: models.Q(is_canonical=True),
    Status.SYNONYM: models.Q(synonym_of__isnull=False),
    Status.UNWRANGLEABLE: models.Q(is_canonical=False, synonym_of=None, is_unwrangleable=True),
}


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

    @property
    def parent_kinds(self) -> tuple[str, ...]:
        """The codes of the kinds that its tags may belong to."""
        return PARENT_KINDS.get(self.code, ANY_PARENT_KINDS)


class TagQuerySet(models.QuerySet["Tag"]):
    """Questions about tags."""

    def of_kind(self, code: str) -> TagQuerySet:
        """Tags of one kind."""
        return self.filter(kind=code)

    def named(self, name: str) -> TagQuerySet:
        """The tag of this name, whatever its case and accents."""
        return self.filter(folded=folded_key(name))

    def with_status(self, status: Status) -> TagQuerySet:
        """Tags that wranglers have made this of."""
        return self.filter(WITH_STATUS[status])

    def choosable(self) -> TagQuerySet:
        """Values of closed kinds that a new work may choose: accepted here and not retired."""
        return self.filter(kind__is_closed=True, is_accepted=True, retired_at=None).order_by("position", "pk")

    def known_or_in(self, taggings: models.QuerySet[models.Model]) -> TagQuerySet:
        """Tags that anybody may know of: canonical ones, their synonyms, and those that stand on one of these taggings."""
        wrangled = models.Q(is_canonical=True) | models.Q(synonym_of__isnull=False)
        return self.filter(wrangled | models.Exists(taggings.filter(tag=models.OuterRef("pk"))))

    def family_ids(self, ids: Iterable[int]) -> frozenset[int]:
        """The ids of these tags, of what they are synonyms of, and of all synonyms and sub-tags below, at any depth."""
        return frozenset().union(*self.families(ids).values())

    def families(self, ids: Iterable[int]) -> dict[int, frozenset[int]]:
        """The family of each of these tags, as `family_ids` answers it for one."""
        wanted = list(ids)
        if not wanted:
            return {}
        found: dict[int, set[int]] = {tag: set() for tag in wanted}
        with connection.cursor() as cursor:
            cursor.execute(BY_ID, {"ids": wanted})
            for root, member in cursor:
                found[root].add(member)
        return {root: frozenset(members) for root, members in found.items()}

    def families_named(self, ids: Iterable[int], names: Iterable[str]) -> tuple[dict[int, frozenset[int]], dict[str, int]]:
        """The family of each of these tags and of those with these folded names, and the ids of the named ones, in one query."""
        wanted, called = list(ids), sorted(set(names))
        if not called:
            return self.families(wanted), {}
        found: dict[int, set[int]] = {tag: set() for tag in wanted}
        named: dict[str, int] = {}
        with connection.cursor() as cursor:
            cursor.execute(BY_NAME, {"ids": wanted, "names": called})
            for root, member, folded in cursor:
                found.setdefault(root, set()).add(member)
                named[folded] = root
        return {root: frozenset(members) for root, members in found.items()}, {
            name: named[name] for name in called if name in named
        }

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
            models.CheckConstraint(condition=~models.Q(synonym_of=models.F("id")), name="tag_is_not_its_own_synonym"),
            models.CheckConstraint(
                condition=models.Q(is_unwrangleable=False) | models.Q(is_canonical=False, synonym_of=None),
                name="tag_unwrangleable_is_nothing_else",
            ),
            models.UniqueConstraint("code", condition=~models.Q(code=""), name="tag_code_unique"),
        ]
        indexes = [
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="tag_folded_trigrams"),
            models.Index(fields=["kind", "folded"], name="tag_by_kind"),
            models.Index(fields=["kind", "-uses", "folded"], name="tag_by_uses"),
            # The bins of wranglers: by age, and the few among many.
            models.Index(fields=["kind", "-created_at", "-id"], name="tag_by_age"),
            models.Index(fields=["kind", "-uses", "folded"], condition=models.Q(is_canonical=True), name="tag_canonical"),
            models.Index(fields=["kind", "folded"], condition=models.Q(synonym_of__isnull=False), name="tag_synonym"),
            models.Index(fields=["kind", "folded"], condition=models.Q(is_unwrangleable=True), name="tag_unwrangleable"),
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
    def status(self) -> Status:
        """What wranglers have made of it."""
        if self.is_canonical:
            return Status.CANONICAL
        if self.synonym_of_id is not None:
            return Status.SYNONYM
        return Status.UNWRANGLEABLE if self.is_unwrangleable else Status.UNWRANGLED

    @property
    def letter(self) -> str:
        """The one letter that stands for a rating where there is little room."""
        return self.name[:1]


class Verb(models.TextChoices):
    """What a wrangler did to a tag."""

    CANONICAL = "canonical", _("made canonical")
    NOT_CANONICAL = "not canonical", _("made not canonical")
    MERGED = "merged", _("merged")
    SPLIT = "split", _("split off")
    PARENTS = "parents", _("sorted")
    METATAGS = "metatags", _("hung under or over others")
    UNWRANGLEABLE = "unwrangleable", _("marked as unwrangleable")
    WRANGLEABLE = "wrangleable", _("marked as wrangleable again")
    RENAMED = "renamed", _("renamed")
    KIND = "kind", _("made another kind")


ISOLATED = "\u2068{}\u2069"  # so that an Arabic name in an English sentence does not turn the rest of it round
SENTENCES = {
    Verb.CANONICAL: _("“%(name)s” is canonical."),
    Verb.NOT_CANONICAL: _("“%(name)s” is no longer canonical."),
    Verb.MERGED: _("“%(name)s” is another spelling of “%(detail)s”."),
    Verb.SPLIT: _("“%(name)s” is no longer another spelling of “%(detail)s”."),
    Verb.PARENTS: _("“%(name)s” is sorted anew: %(detail)s"),
    Verb.METATAGS: _("“%(name)s” hangs with others: %(detail)s"),
    Verb.UNWRANGLEABLE: _("“%(name)s” is unwrangleable."),
    Verb.WRANGLEABLE: _("“%(name)s” is no longer unwrangleable."),
    Verb.RENAMED: _("“%(name)s” is called “%(detail)s”."),
    Verb.KIND: _("“%(name)s” is of the kind %(detail)s."),
}


class WranglingAct(models.Model):
    """One act of a wrangler, with what it changed, so that it can be undone: the log of wrangling.

    `before` and `after` hold the cells that changed and the links that went and came; see `changes.Changes`.
    """

    by = models.ForeignKey("archive.User", on_delete=models.SET_NULL, null=True, related_name="wrangling_acts")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=20, choices=Verb)
    tag = models.ForeignKey("archive.Tag", on_delete=models.SET_NULL, null=True, related_name="acts")
    name = models.CharField(max_length=naming.TAG_LENGTH)  # the tag's name then
    detail = models.CharField(max_length=DETAIL_LENGTH, blank=True, default="")  # names of the other tags in it, for the log
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)  # what members had on a merged tag that went along; see `signals.merging`
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("archive.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_verb_display()}"

    @property
    def sentence(self) -> str:
        """What was done, in one sentence for the log."""
        names = {"name": self.name, "detail": self.detail}
        return SENTENCES[Verb(self.verb)] % {key: ISOLATED.format(value) for key, value in names.items()}
