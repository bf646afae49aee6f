"""Who keeps filters: a member in their account, a guest in a small signed cookie until they close the browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from django.http import Http404
from django.shortcuts import get_object_or_404

from archive.search import keeping, selecting
from archive.warnings import memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest, HttpResponse

    from archive.people.models import User, Viewer
    from archive.search.models import SavedFilter
    from archive.tags.models import Tag

FILTERS_COOKIE = "filters"
MOST_OF_GUESTS = 10
LONGEST_COOKIE = 3_000  # bytes; it goes along with every request, beside a guest's other choices


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter under a name, whoever keeps it and wherever it lies."""

    number: int  # in the addresses of its keeper
    name: str
    query: str
    tag: Tag | None
    is_default: bool

    @classmethod
    def of(cls, row: SavedFilter) -> KeptFilter:
        """Answer a member's filter as it is shown and used."""
        return cls(row.pk, row.name, row.query, row.tag, row.is_default)


class Keeper(Protocol):
    """What can be done with kept filters. A number that is not the keeper's own is a 404."""

    def filters(self) -> list[KeptFilter]:
        """Answer all filters, by their names."""

    def filters_beside(self, tag: Tag | None) -> list[KeptFilter]:
        """Answer those for all listings and those for this tag. For guests it asks the database nothing."""

    def find(self, number: int) -> KeptFilter:
        """Answer one of the filters."""

    def keep(self, name: str, query: str, *, tag: Tag | None, is_default: bool) -> None:
        """Keep a filter; one of the same name and tag is written over. Raises `TooMany` or `memory.Full`."""

    def rename(self, number: int, name: str) -> None:
        """Give a filter another name. Raises `NameTaken` or `memory.Full`."""

    def make_default(self, number: int, *, is_default: bool) -> None:
        """Have a filter used without asking where its tag's works are listed, or no longer."""

    def delete(self, number: int) -> None:
        """Keep a filter no longer; one that is gone already stays so."""

    def remember(self, response: HttpResponse) -> None:
        """Send along with this answer to a form what the browser is to remember."""


def keeper_of(request: HttpRequest) -> Keeper:
    """Answer whose filters this request sees and uses."""
    return Member(request.user) if request.user.is_authenticated else Guest.of(request)


@dataclass(frozen=True, slots=True)
class Member:
    """A member, who keeps filters in their account."""

    user: User

    def filters(self) -> list[KeptFilter]:
        """Answer all of this member's filters."""
        return [KeptFilter.of(row) for row in keeping.for_user(self.user)]

    def filters_beside(self, tag: Tag | None) -> list[KeptFilter]:
        """Answer those that stand beside a listing."""
        return [kept for kept in self.filters() if kept.tag in {None, tag}]

    def find(self, number: int) -> KeptFilter:
        """Answer one of this member's filters."""
        return KeptFilter.of(self._row(number))

    def keep(self, name: str, query: str, *, tag: Tag | None, is_default: bool) -> None:
        """Keep a filter in the account."""
        keeping.keep(name, query, tag=tag, is_default=is_default, by=self.user)

    def rename(self, number: int, name: str) -> None:
        """Give a filter another name."""
        keeping.rename(self._row(number), name, by=self.user)

    def make_default(self, number: int, *, is_default: bool) -> None:
        """Make a filter the default of its tag, or no longer."""
        keeping.make_default(self._row(number), is_default=is_default, by=self.user)

    def delete(self, number: int) -> None:
        """Take a filter out of the account."""
        keeping.for_user(self.user).filter(pk=number).delete()

    def remember(self, response: HttpResponse) -> None:
        """Do nothing: the account remembers."""

    def _row(self, number: int) -> SavedFilter:
        return get_object_or_404(keeping.for_user(self.user), pk=number)


@dataclass(frozen=True, slots=True)
class InCookie:
    """A filter as a guest's cookie holds it."""

    name: str
    query: str
    tag_id: int  # 0 where it is for all listings
    is_default: bool

    def shown(self, number: int, tags: Mapping[int, Tag]) -> KeptFilter:
        """Answer it as it is shown and used."""
        return KeptFilter(number, self.name, self.query, tags.get(self.tag_id), self.is_default)


class Guest:
    """A guest, who keeps filters in their browser. No row anywhere stands for them."""

    def __init__(self, viewer: Viewer, kept: Mapping[int, InCookie]) -> None:
        self.viewer = viewer
        self.kept = dict(kept)

    @classmethod
    def of(cls, request: HttpRequest) -> Guest:
        """Answer what this browser remembers; nothing where the cookie is forged, or longer than ours are."""
        if len(request.COOKIES.get(FILTERS_COOKIE, "")) > memory.LONGEST_COOKIE:
            return cls(request.user, {})
        return cls(request.user, _unpacked(memory.read(request, FILTERS_COOKIE)))

    def filters(self) -> list[KeptFilter]:
        """Answer all of this guest's filters whose tags they may still know of."""
        tags = selecting.known_tags(self.viewer).in_bulk({one.tag_id for one in self.kept.values() if one.tag_id})
        return self._shown(tags)

    def filters_beside(self, tag: Tag | None) -> list[KeptFilter]:
        """Answer those that stand beside a listing."""
        return self._shown({tag.pk: tag} if tag else {})

    def find(self, number: int) -> KeptFilter:
        """Answer one of this guest's filters."""
        for kept in self.filters():
            if kept.number == number:
                return kept
        raise Http404

    def keep(self, name: str, query: str, *, tag: Tag | None, is_default: bool) -> None:
        """Keep a filter in the browser. What this guest no longer sees, since its tag is gone, makes room."""
        self.kept = {kept.number: self.kept[kept.number] for kept in self.filters()}
        tag_id = tag.pk if tag else 0
        number = self._number_of(name, tag_id) or max(self.kept, default=0) + 1
        before = self.kept.get(number)
        kept = self._settled(tag_id) if is_default else dict(self.kept)
        kept[number] = InCookie(name, query, tag_id, is_default or (before is not None and before.is_default))
        self.kept = _fitting(kept)

    def rename(self, number: int, name: str) -> None:
        """Give a filter another name."""
        one = self._own(number)
        if self._number_of(name, one.tag_id) not in {0, number}:
            raise keeping.NameTaken
        self.kept = _fitting(self.kept | {number: replace(one, name=name)})

    def make_default(self, number: int, *, is_default: bool) -> None:
        """Make a filter the default of its tag, or no longer."""
        one = self._own(number)
        kept = self._settled(one.tag_id) if is_default else self.kept
        self.kept = kept | {number: replace(one, is_default=is_default)}

    def delete(self, number: int) -> None:
        """Have the browser forget a filter."""
        self.kept.pop(number, None)

    def remember(self, response: HttpResponse) -> None:
        """Have the browser remember these until it is closed."""
        memory.write(response, FILTERS_COOKIE, _packed(self.kept), seconds=None)

    def _own(self, number: int) -> InCookie:
        if number not in self.kept:
            raise Http404
        return self.kept[number]

    def _number_of(self, name: str, tag_id: int) -> int:
        return next((number for number, one in self.kept.items() if (one.name, one.tag_id) == (name, tag_id)), 0)

    def _settled(self, tag_id: int) -> dict[int, InCookie]:
        """Answer what is kept, with no default for this tag."""
        return {number: replace(one, is_default=one.is_default and one.tag_id != tag_id) for number, one in self.kept.items()}

    def _shown(self, tags: Mapping[int, Tag]) -> list[KeptFilter]:
        shown = [one.shown(number, tags) for number, one in self.kept.items() if not one.tag_id or one.tag_id in tags]
        return sorted(shown, key=lambda kept: (kept.name.casefold(), kept.number))


def _packed(kept: Mapping[int, InCookie]) -> dict[str, object]:
    return {str(number): [one.name, one.query, one.tag_id, int(one.is_default)] for number, one in kept.items()}


def _unpacked(packed: dict[str, object]) -> dict[int, InCookie]:
    """Answer the filters in a cookie. It was signed by us, so it is as `_packed` made it."""
    fields: Iterable[tuple[str, tuple[str, str, int, int]]] = packed.items()  # type: ignore[assignment] # signed by us
    return {int(number): InCookie(name, query, tag_id, bool(default)) for number, (name, query, tag_id, default) in fields}


def _fitting(kept: dict[int, InCookie]) -> dict[int, InCookie]:
    """Answer these if a browser can remember them all. Raises `memory.Full`."""
    if len(kept) > MOST_OF_GUESTS or len(memory.signed(FILTERS_COOKIE, _packed(kept))) > LONGEST_COOKIE:
        raise memory.Full
    return kept
