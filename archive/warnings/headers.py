"""What of a work's tags a reader is shown. Templates never read the tags of a work past this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.tags.models import (
    CATEGORY,
    CHARACTER,
    CHOSE_NOT_TO,
    FANDOM,
    FREEFORM,
    NO_WARNINGS,
    RATING,
    RELATIONSHIP,
    WARNING,
)

if TYPE_CHECKING:
    from archive.tags.labels import Label
    from archive.warnings.readers import Reader
    from archive.works.gathering import NamedKind
    from archive.works.models import Work

TELL_NOTHING = {NO_WARNINGS, CHOSE_NOT_TO}  # naming these two gives nothing of the story away
OF_FACTS = {RATING, WARNING, CATEGORY, FANDOM}  # what a blurb says in places of its own
LISTED = {RELATIONSHIP: "relationships", CHARACTER: "characters", FREEFORM: "freeforms"}
NAMING = "show_warnings"  # the reader asks, for this one answer, which warnings there are


@dataclass(frozen=True, slots=True)
class Group:
    """The tags of one kind on a work, under the label that the kind has for so many."""

    kind: NamedKind
    label: str
    tags: list[Label]


@dataclass(frozen=True, slots=True)
class Header:
    """The tags of a work as one reader may see them."""

    work: Work
    tags: dict[str, list[Label]]
    has_unnamed_warnings: bool
    naming_url: str

    @property
    def rating(self) -> Label | None:
        """The rating; a draft may have none."""
        return next(iter(self.tags.get(RATING, ())), None)

    @property
    def warnings(self) -> list[Label]:
        """The warnings that may be named."""
        return self.tags.get(WARNING, [])

    @property
    def categories(self) -> list[Label]:
        """The categories."""
        return self.tags.get(CATEGORY, [])

    @property
    def fandoms(self) -> list[Label]:
        """The fandoms."""
        return self.tags.get(FANDOM, [])

    def listed(self) -> dict[str, list[Label]]:
        """The tags in the list of a blurb, under the classes that tools and skins know; own kinds are among the last."""
        found: dict[str, list[Label]] = {css: [] for css in LISTED.values()}
        for kind, tags in self.tags.items():
            if kind not in OF_FACTS and kind not in self.work.unlisted_kinds:
                found[LISTED.get(kind, LISTED[FREEFORM])] += tags
        return found

    @property
    def rating_class(self) -> str:
        """The class that clients know the rating's square by; a rating of the archive's own has one that they do not know."""
        return (self.rating.code if self.rating else "") or "rating-other"

    @property
    def warning_class(self) -> str:
        """The class that clients know the warnings' square by. It never tells which warnings there are."""
        codes = {tag.code for tag in self.warnings}
        if self.has_unnamed_warnings or codes - TELL_NOTHING:
            return "warning-yes"
        return NO_WARNINGS if codes == {NO_WARNINGS} else CHOSE_NOT_TO

    @property
    def category_class(self) -> str:
        """The class that clients know the category's square by."""
        if not self.categories:
            return "category-none"
        return "category-multi" if len(self.categories) > 1 else self.categories[0].code or "category-other"

    def groups(self) -> list[Group]:
        """The tags kind by kind, in their order, without kinds that the work has none of; of works of `for_header`."""
        return [
            Group(kind, kind.name if len(tags) == 1 else kind.name_plural, tags)
            for kind in self.work.kinds
            if (tags := self.tags.get(kind.code, [])) or (kind.code == WARNING and self.has_unnamed_warnings)
        ]


def header_of(work: Work, *, reader: Reader, naming: bool = False) -> Header:
    """Answer the tags of a work that this reader may see.

    `work` is one of `for_pages`. Whoever would rather not know which warnings there are sees only that
    there are some, unless they ask (`naming`) or made the work.
    """
    tags: dict[str, list[Label]] = {}
    hides = reader.hides_which_of(work, naming=naming)
    unnamed = False
    for tag in work.labels:
        if hides and tag.kind_id == WARNING and tag.code not in TELL_NOTHING:
            unnamed = True
        else:
            tags.setdefault(tag.kind_id, []).append(tag)
    return Header(work, tags, unnamed, f"{work.get_absolute_url()}?{NAMING}=true")
