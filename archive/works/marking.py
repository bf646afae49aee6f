"""Marking passages: which warnings the names in a chapter's text mean, so that one can be renamed and none is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.errors import ArchiveError
from archive.tags.models import CHOSE_NOT_TO, NO_WARNINGS, WARNING, Tag
from archive.text.fields import folded_key
from archive.text.passages import passages_in
from archive.works.chapters import Chapter, PassageWarning
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from archive.text.cleaning import CleanHTML

SAYS_NOTHING = {NO_WARNINGS, CHOSE_NOT_TO}


class MarkRefused(ArchiveError):
    """What a passage is marked with."""


class UnknownWarning(MarkRefused):
    """A passage is marked with what is no warning of this archive."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "A passage is marked “%(name)s”, which is no warning of this archive. "
                "Please take one of the list, or say it in your own words: [note: %(name)s]"
            )
            % {"name": name}
        )


class WarnsOfNothing(MarkRefused):
    """A passage is marked with a choice that only a whole work can make."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” is said of a whole work. Please say of the passage what is in it.") % {"name": name})


@transaction.atomic
def mark(chapter: Chapter, html: CleanHTML) -> None:
    """Keep what the names of warnings in a chapter's text mean. What a name meant in this chapter once, it means for ever.

    Raises `UnknownWarning` or `WarnsOfNothing`.
    """
    names = {folded_key(name): name for passage in passages_in(html) for name in passage.warnings}
    kept = PassageWarning.objects.filter(chapter=chapter)
    new = names.keys() - set(kept.values_list("folded", flat=True))
    tags = {tag.folded: tag for tag in Tag.objects.of_kind(WARNING).filter(folded__in=new)}
    for folded, name in names.items():
        if folded in new and folded not in tags:
            raise UnknownWarning(name)
        if folded in new and tags[folded].code in SAYS_NOTHING:
            raise WarnsOfNothing(name)
    kept.filter(folded__in=names).update(is_in_text=True)
    kept.exclude(folded__in=names).update(is_in_text=False)
    PassageWarning.objects.bulk_create([PassageWarning(chapter=chapter, folded=folded, tag=tags[folded]) for folded in sorted(new)])


def unknown_among(names: Iterable[str]) -> list[str]:
    """Answer those of these names that no warning of this archive has which a passage can be marked with."""
    wanted = {folded_key(name): name for name in names}
    known = Tag.objects.of_kind(WARNING).filter(folded__in=wanted).exclude(code__in=SAYS_NOTHING)
    return [wanted[folded] for folded in wanted.keys() - set(known.values_list("folded", flat=True))]


def sentence_for_unborne(chapters: QuerySet[Chapter]) -> str:
    """Answer what is said where passages of these chapters are marked with warnings that nothing else says; else nothing."""
    on_work = Tagging.objects.filter(content_object=OuterRef("chapter__work"), tag=OuterRef("tag"), is_own=True)
    on_chapter = Chapter.warnings.through.objects.filter(chapter=OuterRef("chapter"), tag=OuterRef("tag"))
    marked = PassageWarning.objects.filter(chapter__in=chapters, is_in_text=True)
    unborne = marked.exclude(Exists(on_work)).exclude(Exists(on_chapter)).order_by("tag__position")
    names = dict.fromkeys(unborne.values_list("tag__name", flat=True))
    if not names:
        return ""
    return ngettext(
        "A passage is marked “%(names)s”, but that is not ticked. Please tick it, or mark the passage otherwise.",
        "Passages are marked “%(names)s”, but these are not ticked. Please tick them, or mark the passages otherwise.",
        len(names),
    ) % {"names": "”, “".join(names)}
