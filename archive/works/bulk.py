"""Changes to many of one's works at once: what each was like before and after, so that all of it can be put back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.works.models import Creatorship
from archive.works.series import SeriesEntry
from archive.works.skins import Skin
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import User, Viewer
    from archive.works.models import Work

KEPT = dt.timedelta(days=30)  # as long as deleted works


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag on a work; its name and kind, too, since one that nothing bears may go."""

    tag: int
    kind: str
    name: str
    position: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in one of the author's series."""

    series: int
    title: str
    position: int


@dataclass(frozen=True, slots=True)
class Signed:
    """One of the author's own pseuds under a work."""

    pseud: int
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class WorkState:
    """All of a work that can be changed together with others."""

    work: int
    title: str
    language: str
    is_restricted: bool
    tags: tuple[Tagged, ...]
    names: tuple[Signed, ...]
    places: tuple[Placed, ...]
    skin: int | None = None
    skin_title: str = ""

    @classmethod
    def read(cls, values: dict[str, Any]) -> WorkState:
        """Answer a state as it was kept."""
        tags, names, places = (values.pop(name) for name in ("tags", "names", "places"))
        return cls(
            **values,
            tags=tuple(Tagged(**one) for one in tags),
            names=tuple(Signed(**one) for one in names),
            places=tuple(Placed(**one) for one in places),
        )

    @property
    def own(self) -> tuple[object, ...]:
        """What its author decides: without the warnings that its chapters bring by themselves."""
        tags = tuple(tag for tag in self.tags if tag.is_own)
        return (self.language, self.is_restricted, tags, self.names, self.places, self.skin)


def states_of(works: Sequence[Work], *, author: User) -> list[WorkState]:
    """Answer what works of an author are like now, in four questions however many they are."""
    pks = [work.pk for work in works]
    tags: dict[int, list[Tagged]] = {pk: [] for pk in pks}
    taggings = Tagging.objects.filter(content_object__in=pks).order_by("position", "pk")
    for work, tag, kind, title, position, is_own in taggings.values_list(
        "content_object", "tag", "tag__kind", "tag__name", "position", "is_own"
    ):
        tags[work].append(Tagged(tag, kind, title, position, is_own))
    names: dict[int, list[Signed]] = {pk: [] for pk in pks}
    signed = Creatorship.objects.filter(work__in=pks, pseud__user=author).order_by("position", "pk")
    for work, pseud, name, position in signed.values_list("work", "pseud", "pseud__name", "position"):
        names[work].append(Signed(pseud, name, position))
    places: dict[int, list[Placed]] = {pk: [] for pk in pks}
    placed = SeriesEntry.objects.filter(work__in=pks, series__pseuds__user=author).distinct().order_by("pk")
    for _pk, work, series, title, position in placed.values_list("pk", "work", "series", "series__title", "position"):
        places[work].append(Placed(series, title, position))
    skins = dict(Skin.objects.filter(pk__in={work.skin_id for work in works}).values_list("pk", "title"))
    return [
        WorkState(
            work=work.pk,
            title=str(work),
            language=work.language_id or "",
            is_restricted=work.is_restricted,
            tags=tuple(tags[work.pk]),
            names=tuple(names[work.pk]),
            places=tuple(places[work.pk]),
            skin=work.skin_id,
            skin_title=skins.get(work.skin_id or 0, ""),
        )
        for work in works
    ]


class Deed(models.TextChoices):
    """What was done to many works."""

    EDIT = "edit", _("Edited")
    DELETE = "delete", _("Deleted")


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    """Questions about changes to many works."""

    def editable_by(self, user: Viewer) -> BulkChangeQuerySet:
        """What this user did and can still undo or look at, the latest first."""
        return self.filter(author=user.pk, made_at__gte=timezone.now() - KEPT).order_by("-pk")


class BulkChange(models.Model):
    """A change of an author's to many works: what each was like before and after, which were left alone, what went with it."""

    author = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="bulk_changes")
    deed = models.CharField(max_length=10, choices=Deed)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField(null=True)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    refused = models.JSONField(default=list)  # title and sentence of each work that was left alone
    series_gone = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)

    objects = BulkChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.count}"

    @property
    def states(self) -> list[tuple[WorkState, WorkState]]:
        """What each changed work was like before and after."""
        pairs = zip(self.before, self.after, strict=True)
        return [(WorkState.read(dict(before)), WorkState.read(dict(after))) for before, after in pairs]


def written(states: Sequence[WorkState]) -> list[dict[str, Any]]:
    """Answer states as they are kept."""
    return [asdict(state) for state in states]
