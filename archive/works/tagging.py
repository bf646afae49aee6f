"""Putting tags on works: free ones are made when they are new, those of closed kinds have to exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.tags.models import WARNING, Kind, Tag
from archive.text.fields import folded_key
from archive.works.models import USER_TAGS
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive.works.models import Work


class KindRefused(ArchiveError):
    """Something about the tags of one kind. `kind` is its code."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class UnknownValue(KindRefused):
    """A closed kind has no such value."""


class TooManyTags(ArchiveError):
    """More free tags than a work may have."""


class OtherKind(KindRefused):
    """The name belongs to a tag of another kind."""


class Contradiction(ArchiveError):
    """No Archive Warnings Apply beside a warning."""


def tags_named(names: Mapping[str, Sequence[str]]) -> list[Tag]:
    """Answer the tags of these names, kind by kind in the kinds' order, making those that are new.

    Raises `UnknownValue`, `TooManyTags`, `OtherKind` or `Contradiction`.
    """
    kinds = list(Kind.objects.filter(is_on_works=True))
    free = sum(len(names.get(kind.code, ())) for kind in kinds if not kind.is_closed)
    if free > USER_TAGS:
        raise TooManyTags(
            _("These are %(count)d tags; a work can have %(most)d. Please take some away.") % {"count": free, "most": USER_TAGS}
        )
    wanted = {kind.code: {folded_key(name): name for name in names.get(kind.code, ())} for kind in kinds}
    _make_new([(folded, name, kind) for kind in kinds if not kind.is_closed for folded, name in wanted[kind.code].items()])
    found = {tag.folded: tag for tag in Tag.objects.filter(folded__in={folded for named in wanted.values() for folded in named})}
    tags = [_found(found.get(folded), name, kind) for kind in kinds for folded, name in wanted[kind.code].items()]
    refuse_contradiction(tags)
    return tags


def _make_new(wanted: Iterable[tuple[str, str, Kind]]) -> None:
    """Make the tags of these folded names, names and kinds that there are not yet; of a name in two kinds the first counts."""
    made: dict[str, Tag] = {}
    for folded, name, kind in wanted:
        made.setdefault(folded, Tag(name=name, folded=folded, kind=kind))
    # Another author may be making the same tag at this moment: whoever is second takes the first one's.
    Tag.objects.bulk_create([made[folded] for folded in sorted(made)], ignore_conflicts=True)


def _found(tag: Tag | None, name: str, kind: Kind) -> Tag:
    """Answer what was found under a name, if it is of this kind."""
    if tag is None or (kind.is_closed and tag.kind_id != kind.code):
        raise UnknownValue(kind.code, _("There is no “%(name)s” among the archive's own tags.") % {"name": name})
    if tag.kind_id != kind.code:
        raise OtherKind(
            kind.code,
            _("“%(name)s” is already a tag of another kind (%(kind)s). Please word it differently.")
            % {"name": name, "kind": Kind.objects.get(pk=tag.kind_id).name},
        )
    return tag


def refuse_contradiction(tags: Iterable[Tag]) -> None:
    """Raise `Contradiction` where the promise of no warnings stands beside a warning."""
    warnings = [tag for tag in tags if tag.kind_id == WARNING]
    if len(warnings) > 1 and any(tag.means_no_warnings for tag in warnings):
        raise Contradiction(
            _(
                "“No Archive Warnings Apply” says that none of the other warnings happens in the work, "
                "so it cannot stand beside one of them. Please keep the one or the other."
            )
        )


@transaction.atomic
def tag(work: Work, tags: Sequence[Tag]) -> None:
    """Give a work exactly these tags as its own, and beside them what its posted chapters warn of.

    Tags of a kind that nobody is asked for any more stay.
    """
    own = {tag.pk: place for place, tag in enumerate(tags)}
    brought = set(
        Tag.objects.filter(warned_chapters__work=work, warned_chapters__published_at__isnull=False).values_list("pk", flat=True)
    )
    wanted = {**{pk: (len(own), False) for pk in brought - own.keys()}, **{pk: (place, True) for pk, place in own.items()}}
    work.taggings.exclude(tag__in=wanted).exclude(tag__kind__is_on_works=False).delete()
    _bear(work, wanted)


def begin(work: Work, tags: Sequence[Tag]) -> None:
    """Give a new work, which bears nothing yet, these tags as its own."""
    _bear(work, {tag.pk: (place, True) for place, tag in enumerate(tags)})


def _bear(work: Work, wanted: Mapping[int, tuple[int, bool]]) -> None:
    """Have a work bear these tags, each with its place and whether it is the work's own."""
    Tagging.objects.bulk_create(
        [Tagging(content_object=work, tag_id=pk, position=place, is_own=is_own) for pk, (place, is_own) in wanted.items()],
        update_conflicts=True,
        unique_fields=["content_object", "tag"],
        update_fields=["position", "is_own"],
    )


def gather_warnings(work: Work) -> None:
    """Bring a work's warnings up to what it and its posted chapters warn of, and refuse a contradiction."""
    own = list(Tag.objects.filter(taggings__content_object=work, taggings__is_own=True).order_by("taggings__position"))
    brought = list(Tag.objects.filter(warned_chapters__work=work, warned_chapters__published_at__isnull=False).distinct())
    refuse_contradiction({tag.pk: tag for tag in [*own, *brought]}.values())
    tag(work, own)
