"""What waits for a member's answer: one page of requests, to which any slice can add a kind of its own.

A slice that asks members something calls `hang_in` once, in its `receivers.py`. The page shows its template with what `shown`
answers as `rows`, and the menu counts what `waiting` answers, all kinds in one
statement. What else the menu counts joins that statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Value

from archive.people.models import User
from archive.statements import A_MEMBER, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: its part of the page, and what of it still waits for this member's answer."""

    name: str  # an id in the page
    heading: _StrPromise | str
    template: str  # is given `rows` and `csrf_token`; shown only where there are rows
    waiting: Callable[[User], QuerySet[Any]]
    shown: Callable[[User], Sequence[object]]


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of request, with those of one member."""

    kind: Kind
    rows: Sequence[object]


REQUESTS = "requests"  # what they are counted under
_kinds: dict[str, Kind] = {}
_beside: dict[str, Callable[[User], QuerySet[Any]]] = {}


def hang_in(kind: Kind) -> None:
    """Have a kind of request shown and counted from now on."""
    _kinds[kind.name] = kind
    _of_counts.cache_clear()


def parts_for(user: User) -> list[Part]:
    """Answer the requests of a member, kind by kind, without the kinds of which there are none."""
    parts = [Part(kind, kind.shown(user)) for kind in _kinds.values()]
    return [part for part in parts if part.rows]


def count_in_menu(name: str, rows: Callable[[User], QuerySet[Any]]) -> None:
    """Have the menu count something that is no request beside them, from now on."""
    _beside[name] = rows
    _of_counts.cache_clear()


def counts_for(user: User) -> dict[str, int]:
    """Answer what the menu tells a member, in one statement: how many requests wait, and what is counted beside them."""
    counts = dict.fromkeys((REQUESTS, *_beside), 0)
    statement = _of_counts(user.reads_only)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values_with({A_MEMBER: user.pk}))
        for name, count in cursor.fetchall():
            counts[name] += count
    return counts


@cache
def _of_counts(reads_only: bool) -> Statement:
    """Answer the statement that counts for a member, or for their programs: every page of a member's asks it."""
    user = User(pk=A_MEMBER)
    user.reads_only = reads_only
    rows = [(REQUESTS, kind.waiting(user)) for kind in _kinds.values()] + [(name, rows(user)) for name, rows in _beside.items()]
    first, *others = [
        found.order_by().values(what=Value(name)).annotate(count=Count("pk")).values_list("what", "count") for name, found in rows
    ]
    return Statement.of(first.union(*others, all=True))
