"""Defining the kinds of tags that an archive has, and the values of those whose values are a closed list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.ops.founding import NotAnAdministrator
from archive.tags.models import CATEGORY, CHARACTER, FANDOM, FREEFORM, MEDIA, RATING, RELATIONSHIP, WARNING, Kind, Tag
from archive.text.fields import folded_key
from archive.works.chapters import PassageWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import User

MOST_VALUES = 200  # of one kind: each is a box on the posting form
LONGEST_SLUG = 24  # characters of a code, which leaves room for a number behind it

# What the code of a kind cannot be, since something else is called so: other autocompletes, other fields of the posting form and
# of the filter form, other words of the header, fields of the query text.
RESERVED = frozenset({
    "archive", "author", "authors", "bookmark", "bookmarks", "categories", "chapter", "chapters", "characters", "collection",
    "collections", "comments", "complete", "created", "creator", "creators", "crossover", "date", "endnotes", "fandoms",
    "filter", "filters", "freeforms", "gift", "hits", "id", "ids", "key", "kind", "kinds", "kudos", "language", "languages",
    "new", "notes", "posted", "pseud", "pseuds", "published", "query", "ratings", "relationships", "restricted", "revised",
    "search", "series", "sort", "stats", "status", "summary", "tag", "tags", "text", "title", "updated", "user", "users",
    "value", "values", "version", "warnings", "word", "words", "work", "works",
})  # fmt: skip

FLAGS = ("is_closed", "is_single", "is_required", "is_on_works", "is_in_blurbs", "is_in_filters")
# Of the kinds that every archive has: what stays as it is, because the program, its database and readers' tools rest on it.
_OF_BLURBS = {"is_closed", "is_single", "is_required", "is_on_works", "is_in_blurbs"}
_OF_HEADERS = {"is_closed", "is_on_works"}
FIXED: dict[str, set[str]] = {
    RATING: _OF_BLURBS,
    WARNING: _OF_BLURBS,
    FANDOM: _OF_BLURBS,
    CATEGORY: _OF_HEADERS | {"is_in_blurbs"},
    RELATIONSHIP: _OF_HEADERS,
    CHARACTER: _OF_HEADERS,
    FREEFORM: _OF_HEADERS,
}


class KindNameTaken(ArchiveError):
    """Another kind has this name."""

    def __init__(self) -> None:
        super().__init__(_("There is a kind of this name already."))


class ValueNameTaken(ArchiveError):
    """A tag has this name, of this kind or another."""

    def __init__(self, taken: Tag) -> None:
        sentence = _("“{name}” is a tag already, of the kind {kind}. Please word it differently.")
        super().__init__(format_lazy(sentence, name=taken.name, kind=taken.kind.name))


class NamesPassages(ArchiveError):
    """A name under which authors have marked passages with another warning, which has been called otherwise since."""

    def __init__(self, name: str) -> None:
        sentence = _("“{name}” was another warning, and authors have marked passages with it. Please word this one differently.")
        super().__init__(format_lazy(sentence, name=name))


class NothingToChoose(ArchiveError):
    """Authors would have to choose a value and could not."""

    def __init__(self) -> None:
        super().__init__(_("Every work needs one of these, so there has to be one at least that authors can choose."))


class TooManyValues(ArchiveError):
    """More values than a form can show."""

    def __init__(self) -> None:
        super().__init__(
            _("A list can hold %(most)d values. A kind in which authors type what they like holds any number.")
            % {"most": MOST_VALUES}
        )


class HasTags(ArchiveError):
    """Tags of this kind rest on its being free, or closed."""

    def __init__(self) -> None:
        super().__init__(_("There are tags of this kind by now, so it stays as it is in this."))


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEntry:
    """What an operator says of a kind. `place` counts from 1."""

    name: str
    name_plural: str
    help: str = ""
    place: int
    is_closed: bool
    is_single: bool = False
    is_required: bool = False
    is_on_works: bool = True
    is_in_blurbs: bool = True
    is_in_filters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueEntry:
    """What an operator says of a value of a closed kind. `place` counts from 1."""

    name: str
    explanation: str = ""
    place: int
    is_accepted: bool = True
    asks_consent: bool = False


@transaction.atomic
def add_kind(entry: KindEntry, *, values: Sequence[str] = (), by: User) -> Kind:
    """Give the archive a further kind of tags; a closed one with its first values.

    Raises `NotAnAdministrator`, `KindNameTaken`, `ValueNameTaken`, `TooManyValues` or `NothingToChoose`.
    """
    kinds = _kinds_to_change(by)
    _refuse_name_taken(entry.name)
    kind = Kind(code=_free_code(entry.name), position=len(kinds))
    _fill(kind, entry)
    kind.save()
    for place, name in enumerate(values if kind.is_closed else (), start=1):
        add_value(kind, ValueEntry(name=name, place=place), by=by)
    _refuse_nothing_to_choose(kind)
    _put(kind, kinds, entry.place)
    return kind


@transaction.atomic
def change_kind(kind: Kind, entry: KindEntry, *, by: User) -> None:
    """Change a kind; what works bear of it stays. Of the given kinds the flags in `FIXED` stay too.

    Raises `NotAnAdministrator`, `KindNameTaken`, `HasTags` or `NothingToChoose`.
    """
    others = [other for other in _kinds_to_change(by) if other.pk != kind.pk]
    _refuse_name_taken(entry.name, but_by=kind)
    if entry.is_closed != kind.is_closed and "is_closed" not in fixed_flags(kind) and kind.tags.exists():
        raise HasTags
    _fill(kind, entry)
    kind.save()
    _refuse_nothing_to_choose(kind)
    _put(kind, others, entry.place)


@transaction.atomic
def add_value(kind: Kind, entry: ValueEntry, *, by: User) -> Tag:
    """Add a value to a closed kind. Raises `NotAnAdministrator`, `ValueNameTaken` or `TooManyValues`."""
    _kinds_to_change(by)
    values = values_of(kind)
    if len(values) >= MOST_VALUES:
        raise TooManyValues
    value = Tag(kind=kind, is_canonical=True, asks_consent=kind.pk == WARNING or (kind.pk == RATING and entry.asks_consent))
    _fill_value(value, entry)
    _put_value(value, values, entry.place)
    return value


@transaction.atomic
def change_value(value: Tag, entry: ValueEntry, *, by: User) -> None:
    """Rename, explain, order or accept a value of a closed kind; works that have it have it under its new name.

    Raises `NotAnAdministrator`, `ValueNameTaken` or `NothingToChoose`.
    """
    _kinds_to_change(by)
    if can_ask_consent(value):
        value.asks_consent = entry.asks_consent
    _fill_value(value, entry)
    _refuse_nothing_to_choose(value.kind)
    _put_value(value, [other for other in values_of(value.kind) if other.pk != value.pk], entry.place)


@transaction.atomic
def retire(value: Tag, *, by: User) -> None:
    """Offer a value to nobody any more; it stays on the works that have it. Raises `NotAnAdministrator` or `NothingToChoose`."""
    _kinds_to_change(by)
    value.retired_at = value.retired_at or timezone.now()
    value.save(update_fields=["retired_at"])  # type: ignore[no-untyped-call] # taggit has no types
    _refuse_nothing_to_choose(value.kind)


@transaction.atomic
def bring_back(value: Tag, *, by: User) -> None:
    """Offer a retired value again. Raises `NotAnAdministrator`."""
    _kinds_to_change(by)
    value.retired_at = None
    value.save(update_fields=["retired_at"])  # type: ignore[no-untyped-call] # taggit has no types


def kinds() -> list[Kind]:
    """Answer the kinds that can be changed, in order: all but that of media types, which stands on no work."""
    return list(Kind.objects.exclude(pk=MEDIA))


def values_of(kind: Kind) -> list[Tag]:
    """Answer the values of a closed kind, in order, the retired ones too."""
    return list(Tag.objects.of_kind(kind.pk).select_related("kind").order_by("position", "pk"))


def fixed_flags(kind: Kind) -> set[str]:
    """Answer which flags of a kind cannot be changed."""
    return FIXED.get(kind.pk, set())


def can_ask_consent(value: Tag) -> bool:
    """Whether an operator says if readers are asked first: of ratings of their own. A warning always asks; others never do."""
    return value.kind_id == RATING and not value.code


def _kinds_to_change(by: User) -> list[Kind]:
    """Answer all kinds but that of media, locked until the end of the transaction."""
    if not by.is_superuser:
        raise NotAnAdministrator
    return list(Kind.objects.select_for_update().exclude(pk=MEDIA))


def _refuse_name_taken(name: str, *, but_by: Kind | None = None) -> None:
    """Raise `KindNameTaken` where another kind is called so."""
    if Kind.objects.exclude(pk=but_by and but_by.pk).filter(name__iexact=name).exists():
        raise KindNameTaken


def _free_code(name: str) -> str:
    """Answer a code for a kind of this name, which is nobody else's and means nothing else in addresses."""
    slug = slugify(name.replace("_", "-"))[:LONGEST_SLUG].strip("-")
    stem = slug if slug[:1].isalpha() else f"kind-{slug}".strip("-")
    taken = RESERVED | set(Kind.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 3) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)


def _fill(kind: Kind, entry: KindEntry) -> None:
    """Write an entry into a kind, bar the flags that cannot be changed."""
    kind.name, kind.name_plural, kind.help = entry.name, entry.name_plural, entry.help
    for flag in FLAGS:
        if flag not in fixed_flags(kind):
            setattr(kind, flag, getattr(entry, flag))


def _put(kind: Kind, others: Sequence[Kind], place: int) -> None:
    """Put a kind into its place among the others; that of media comes last."""
    order = [*others[: place - 1], kind, *others[place - 1 :]]
    for position, one in enumerate(order):
        one.position = position
    Kind.objects.bulk_update(order, ["position"])
    Kind.objects.filter(pk=MEDIA).update(position=len(order))


def _fill_value(value: Tag, entry: ValueEntry) -> None:
    """Write an entry into a value and keep it. Raises `ValueNameTaken` or `NamesPassages`."""
    value.name, value.explanation, value.is_accepted = entry.name, entry.explanation, entry.is_accepted
    taken = Tag.objects.named(entry.name).exclude(pk=value.pk).select_related("kind")
    if found := taken.first():
        raise ValueNameTaken(found)
    if PassageWarning.objects.filter(folded=folded_key(entry.name)).exclude(tag=value.pk).exists() and value.kind_id == WARNING:
        raise NamesPassages(entry.name)
    try:
        with transaction.atomic():
            value.save()  # type: ignore[no-untyped-call] # taggit has no types
    except IntegrityError:  # an author has just now given a free tag this name
        raise ValueNameTaken(taken.get()) from None


def _put_value(value: Tag, others: Sequence[Tag], place: int) -> None:
    """Put a value into its place among the others of its kind."""
    order = [*others[: place - 1], value, *others[place - 1 :]]
    for position, one in enumerate(order):
        one.position = position
    Tag.objects.bulk_update(order, ["position"])


def _refuse_nothing_to_choose(kind: Kind) -> None:
    """Raise `NothingToChoose` where every work needs a value of a closed kind and no value can be chosen."""
    if kind.is_closed and kind.is_required and not Tag.objects.choosable().of_kind(kind.pk).exists():
        raise NothingToChoose
