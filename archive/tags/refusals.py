"""What wranglers may ask for and not get, each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from archive.tags.models import Kind, Tag


class WranglingRefused(ArchiveError):
    """An act of wrangling that cannot be."""


class NotWrangled(WranglingRefused):
    """The tag is a value of a closed kind, which the archive's keepers set."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(format_lazy(_("“{name}” is one of the archive's own values, which are not wrangled."), name=tag.name))


class OtherKind(WranglingRefused):
    """Two tags would have to be of one kind, and are not."""

    def __init__(self, tag: Tag, kind: Kind) -> None:
        super().__init__(
            format_lazy(
                _("“{name}” is of another kind ({kind}). Tags of two kinds cannot be joined so."), name=tag.name, kind=kind.name
            )
        )


class Itself(WranglingRefused):
    """A tag would be joined to itself."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(format_lazy(_("“{name}” cannot be joined to itself."), name=tag.name))


class IsSynonym(WranglingRefused):
    """The tag stands for another one."""

    def __init__(self, tag: Tag, canonical: Tag) -> None:
        super().__init__(
            format_lazy(
                _("“{name}” is another spelling of “{canonical}”. Take that one, or split this one off first."),
                name=tag.name,
                canonical=canonical.name,
            )
        )


class NotSynonym(WranglingRefused):
    """There is nothing to split the tag off from."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(format_lazy(_("“{name}” is no other spelling of anything."), name=tag.name))


class NotCanonical(WranglingRefused):
    """Only a canonical tag can have that."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(format_lazy(_("“{name}” is not canonical. Make it so first."), name=tag.name))


class IsCanonical(WranglingRefused):
    """The tag is canonical, and so is wrangled already."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(format_lazy(_("“{name}” is canonical. Take that from it first."), name=tag.name))


class StillNeeded(WranglingRefused):
    """Other tags rest on this one being canonical."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(
            format_lazy(
                _("“{name}” still has other spellings, meta or sub-tags, or tags that belong to it. Merge it, or move them first."),
                name=tag.name,
            )
        )


class Circle(WranglingRefused):
    """The tag would come to hang under itself."""

    def __init__(self, tag: Tag, other: Tag) -> None:
        super().__init__(
            format_lazy(
                _("“{other}” is already under “{name}”, so it cannot be above it: they would go round in a circle."),
                name=tag.name,
                other=other.name,
            )
        )


class BetweenThem(WranglingRefused):
    """Other tags hang between two that would be merged."""

    def __init__(self, tag: Tag, into: Tag) -> None:
        super().__init__(
            format_lazy(
                _("Other tags hang between “{name}” and “{into}” and would go round in a circle. Take them away first."),
                name=tag.name,
                into=into.name,
            )
        )


class WrongParent(WranglingRefused):
    """A tag of this kind cannot belong to a tag of that kind."""

    def __init__(self, tag: Tag, kind: Kind, parent: Tag, parent_kind: Kind) -> None:
        super().__init__(
            format_lazy(
                _("“{name}” ({kind}) cannot belong to “{parent}” ({parent_kind})."),
                name=tag.name,
                kind=kind.name,
                parent=parent.name,
                parent_kind=parent_kind.name,
            )
        )


class OnlyCaseAndAccents(WranglingRefused):
    """A wrangler would change more of a name than its case and accents."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(
            format_lazy(
                _("Wranglers may change the case and the accents of “{name}”, and nothing else of it. Administrators may."),
                name=tag.name,
            )
        )


class NameTaken(WranglingRefused):
    """Another tag has this name already, perhaps in other case or accents."""

    def __init__(self, other: Tag) -> None:
        super().__init__(format_lazy(_("There is a tag “{name}” already. Merge the two instead."), name=other.name))


class InUse(WranglingRefused):
    """The tag is on works, or wrangled, and so its kind stays."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(
            format_lazy(
                _("The kind of “{name}” cannot be changed: only of a tag that is on no work and that is not wrangled."),
                name=tag.name,
            )
        )


class ClosedKind(WranglingRefused):
    """The values of a closed kind are set by the archive's keepers."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(format_lazy(_("{kind} is a closed list. Tags cannot be put into it."), kind=kind.name_plural))


class AlreadyUndone(WranglingRefused):
    """The act has been undone."""

    def __init__(self) -> None:
        super().__init__(_("This has been undone already."))


class NewerInTheWay(WranglingRefused):
    """What the act did has been changed since."""

    def __init__(self, name: str) -> None:
        super().__init__(
            format_lazy(_("Something newer stands in the way: “{name}”, or a tag that it rests on, was changed since."), name=name)
        )
