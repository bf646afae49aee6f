"""Which works bear which tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from taggit.models import ItemBase

from archive.tags.models import Tag

if TYPE_CHECKING:
    from archive.people.models import Viewer


class TaggingQuerySet(models.QuerySet["Tagging"]):
    """Questions about which works bear which tags."""

    def visible_to(self, viewer: Viewer) -> TaggingQuerySet:
        """Taggings of works that are listed to this viewer."""
        taggings = self.filter(content_object__published_at__isnull=False, content_object__deleted_at=None)
        return taggings if viewer.is_authenticated else taggings.filter(content_object__is_restricted=False)


class Tagging(ItemBase):
    """A tag on a work, in the order in which its author gave them.

    A warning may stand on a work only because one of its posted chapters brings it: then it is not the work's own.
    """

    content_object = models.ForeignKey(
        "archive.Work", on_delete=models.CASCADE, related_name="taggings", db_column="work_id", db_index=False
    )
    # The class and not its name: taggit asks for it before Django has resolved names.
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings", db_index=False)
    position = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_own = models.BooleanField(default=True, db_default=True)

    natural_key_fields: ClassVar[list[str]] = ["content_object", "tag"]

    objects = TaggingQuerySet.as_manager()  # type: ignore[assignment,misc] # in place of taggit's own

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once")]
        indexes = [models.Index(fields=["tag", "content_object"], name="tagging_by_tag")]

    def __str__(self) -> str:
        return f"{self.tag}: {self.content_object}"
