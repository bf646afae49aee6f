"""What an old story proposes in the words of this archive: its own names for warnings, and the characters that it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from archive.errors import ArchiveError
from archive.tags import naming
from archive.tags.models import CATEGORY, CHARACTER, FANDOM, FREEFORM, RATING, RELATIONSHIP, WARNING, Tag
from archive.text.old_stories.names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.text.old_stories.phrases import Found
    from archive.text.old_stories.proposing import Proposals

MOST_KNOWN = 24  # characters that are shown; those whose names come most often


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed beside a field, and the words of the header that led to it."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A character whom the archive knows and the story names, with the fandoms that the character is from."""

    pk: int
    name: str
    fandoms: tuple[str, ...]


def beside_fields(proposals: Proposals) -> dict[str, list[Proposal]]:
    """What is shown beside the fields of a work, by the field's name; nothing of it is chosen."""
    found = {RATING: proposals.ratings, WARNING: proposals.warnings, CATEGORY: proposals.categories}
    codes = [one.code for several in found.values() for one in several]
    names = dict(Tag.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    beside = {f"tags_{kind}": _in_words_of_the_archive(several, names) for kind, several in found.items()}
    beside["content_notes"] = [Proposal("", words) for words in proposals.content_notes]
    beside[f"tags_{FREEFORM}"] = [Proposal("", words) for words in proposals.words]
    return {name: several for name, several in beside.items() if several}


def _in_words_of_the_archive(found: Iterable[Found], names: dict[str, str]) -> list[Proposal]:
    return [Proposal(names[one.code], one.words) for one in found if one.code in names]


def into_fields(proposals: Proposals) -> dict[str, str]:
    """What goes into the fields of a work, by the field's name: nothing that readers are warned by."""
    names = {FANDOM: proposals.fandoms, RELATIONSHIP: proposals.relationships, CHARACTER: proposals.characters}
    filled = {f"tags_{kind}": ", ".join(name for name in several if _can_be_a_tag(name)) for kind, several in names.items()}
    return filled | {"title": proposals.title, "summary": proposals.summary, "notes": "\n\n".join(proposals.notes)}


def _can_be_a_tag(name: str) -> bool:
    try:
        naming.tag_name(name)
    except ArchiveError:
        return False
    return True


def known_characters(text: str) -> list[Known]:
    """The characters whom the archive knows and a text names, those that it names most often first."""
    places = {name: place for place, name in enumerate(names_in(text))}
    if not places:
        return []
    fandoms = Tag.objects.of_kind(FANDOM).filter(is_canonical=True).order_by("folded")
    named = (
        Tag.objects.of_kind(CHARACTER)
        .filter(Q(is_canonical=True) | Q(synonym_of__is_canonical=True, synonym_of__kind=CHARACTER), folded__in=places)
        .select_related("synonym_of")
        .prefetch_related(Prefetch("parents", fandoms), Prefetch("synonym_of__parents", fandoms))
    )
    known: dict[int, Known] = {}
    for tag in sorted(named, key=lambda tag: places[tag.folded]):
        canonical = tag.synonym_of or tag
        names = tuple(fandom.name for fandom in canonical.parents.all())
        known.setdefault(canonical.pk, Known(canonical.pk, canonical.name, names))
    return list(known.values())[:MOST_KNOWN]
