"""Statements that a process puts together once, from a QuerySet, and asks with other values from then on.

Django takes several times as long to put together what every page asks as PostgreSQL takes to answer it. The QuerySet is made
with stand-ins, values that no row has, so that its door and all else of it are written in one place. And what
rows are looked up by that have one of many ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet


A_SUBJECT, A_MEMBER = -1, -2  # stand-ins: what is asked about, and for whom


class Statement(NamedTuple):
    """SQL, and its values with the stand-ins among them."""

    sql: str
    values: tuple[object, ...]

    @classmethod
    def of(cls, rows: QuerySet[Any, Any]) -> Self:
        """Answer the statement that gets these rows."""
        return cls(*rows.query.sql_with_params())

    def values_with(self, values: Mapping[object, object]) -> list[Any]:
        """Answer the values of the statement, those of `values` in place of their stand-ins."""
        return [values.get(value, value) for value in self.values]


def any_of(ids: Iterable[int]) -> RawSQL:
    """Answer what rows with one of these ids are looked up by, as one value: of values a statement takes 65,535 at most."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
