"""Series, and the places that works have in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.addresses import address
from archive.people.models import Pseud
from archive.text.fields import CleanHTMLField
from archive.works.models import TITLE_LENGTH, Work

if TYPE_CHECKING:
    from archive.people.models import Viewer


class SeriesQuerySet(models.QuerySet["Series"]):
    """Questions about series."""

    def visible_to(self, viewer: Viewer) -> SeriesQuerySet:
        """Series with a work that is listed to this viewer, and their own, for as long as they hold a work at all."""
        listed = models.Exists(Work.objects.listed_to(viewer).filter(series_entries__series=models.OuterRef("pk")))
        if not viewer.is_authenticated or viewer.reads_only:
            return self.filter(listed)
        own = models.Exists(Series.pseuds.through.objects.filter(series=models.OuterRef("pk"), pseud__user=viewer.pk))
        return self.filter(listed | own)

    def with_makers(self) -> SeriesQuerySet:
        """Series with their pseuds, these with their accounts."""
        return self.prefetch_related(models.Prefetch("pseuds", Pseud.objects.with_account()))

    def editable_by(self, user: Viewer) -> SeriesQuerySet:
        """Series of any pseud of this user."""
        return self.filter(pseuds__user=user.pk).distinct()


class Series(models.Model):
    """Works that belong together, in order."""

    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    pseuds = models.ManyToManyField("archive.Pseud", related_name="series")
    created_at = models.DateTimeField(auto_now_add=True)
    summary_source = models.TextField(blank=True, default="", db_default="")
    summary = CleanHTMLField(db_default="")
    notes_source = models.TextField(blank=True, default="", db_default="")
    notes = CleanHTMLField(db_default="")
    cleaner_version = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_complete = models.BooleanField(default=False, db_default=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Answer the address that every tool knows series by."""
        return address("series_show", self.pk)

    @property
    def avoids_search_engines(self) -> bool:
        """Whether one of those who made it wants search engines to leave it out; of a series got `with_makers`."""
        return any(pseud.user.avoids_search_engines for pseud in self.pseuds.all())


class SeriesEntryQuerySet(models.QuerySet["SeriesEntry"]):
    """Questions about which works have which places in series."""

    def visible_to(self, viewer: Viewer) -> SeriesEntryQuerySet:
        """Places of works whose page this viewer may open."""
        return self.filter(work__in=Work.objects.visible_to(viewer))

    def in_order(self) -> SeriesEntryQuerySet:
        """As their authors ordered them."""
        return self.order_by("position", "pk")


class SeriesEntry(models.Model):
    """A work's place in a series."""

    series = models.ForeignKey("archive.Series", on_delete=models.CASCADE, related_name="entries", db_index=False)
    work = models.ForeignKey("archive.Work", on_delete=models.CASCADE, related_name="series_entries")
    position = models.PositiveIntegerField(validators=[MinValueValidator(1)])

    objects = SeriesEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "work"], name="series_entry_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.position}"
