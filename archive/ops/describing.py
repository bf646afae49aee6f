"""What the archive can say of itself: how much there is in it, what it takes, which Lamplight it runs on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Coalesce

from archive.people.models import User
from archive.tags.models import FANDOM, RATING, WARNING, Tag
from archive.works.models import Work
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from archive.people.models import Viewer

RELEASE = re.compile(r"^## (\d+\.\d+\.\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Description:
    """The archive as one viewer may know it."""

    works: int
    fandoms: int
    members: int
    ratings: list[Tag]
    warnings: list[Tag]
    version: str
    source_address: str


def describe(*, viewer: Viewer) -> Description:
    """Answer what the archive holds for this viewer, and what it takes from anybody."""
    borne = Tag.objects.of_kind(FANDOM).filter(pk__in=Tagging.objects.visible_to(viewer).values("tag"))
    return Description(
        works=Work.objects.listed_to(viewer).count(),
        # Two spellings of one fandom are one fandom.
        fandoms=borne.aggregate(fandoms=Count(Coalesce("synonym_of", "pk"), distinct=True))["fandoms"],
        members=User.objects.filter(is_active=True).count(),
        ratings=list(Tag.objects.choosable().of_kind(RATING)),
        warnings=list(Tag.objects.choosable().of_kind(WARNING)),
        version=version(),
        source_address=settings.SOURCE_ADDRESS,
    )


@cache
def version() -> str:
    """Answer the version of this copy of Lamplight: the newest in its list of changes, "" where that names none."""
    found = RELEASE.search((settings.BASE_DIR / "CHANGELOG.md").read_text())
    return found[1] if found else ""
