"""Where the next page of a list begins: a sealed word that programs hand back as they got it.

A list by date or by words goes on behind the last work that was answered, so what is posted meanwhile pushes nothing onto
another page. Any other list goes on by its place, as pages do.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core import signing

from archive.search.selections import Column, Period, Selection, Span
from archive.transfer import freshness
from archive.transfer.answering import problems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.works.models import Work

SALT = "archive.transfer.answering.cursors"
PATTERN = r"^[A-Za-z0-9_:-]{1,400}$"
SLACK = 20  # works; so many may come in among equal ones while a list is read
MOST_ALIKE = 200  # works of one second, or of one length, among which the last one is looked for
FURTHEST = 100_000  # places; beyond, the database would count rows for minutes


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: so many places on, from the beginning or from this value on."""

    skip: int = 0
    value: int | None = None  # seconds, or words
    count: int | None = None  # of all, when the first page was answered
    last: int | None = None  # the work before, where there is a value

    @property
    def looks_for_the_last(self) -> bool:
        """Whether the page begins behind the last work, wherever that stands now, and not merely so many places on."""
        return self.last is not None and self.skip <= MOST_ALIKE


def read(written: str, *, of: object) -> Cursor:
    """Answer what a cursor says. One that was changed, or is of another list, leads nowhere."""
    if not written:
        return Cursor()
    try:
        said: dict[str, Any] = signing.Signer(salt=SALT).unsign_object(written)
        if said.pop("of", "") != freshness.digest_of(of):
            raise problems.not_there()
        return Cursor(**said)
    except (signing.BadSignature, ValueError, TypeError, UnicodeError) as changed:
        raise problems.not_there() from changed


def write(cursor: Cursor, *, of: object) -> str:
    """Answer a cursor as it is handed out, good for this list alone."""
    return signing.Signer(salt=SALT).sign_object({**asdict(cursor), "of": freshness.digest_of(of)})


def value_of(work: Work, column: Column) -> int | None:
    """Answer what a list in this order goes on behind; nothing where it goes on by place.

    The index holds dates by the second. Kudos and hits are not among these: of them the index knows the numbers of a while ago.
    """
    if column is Column.UPDATED and work.revised_at:
        return int(work.revised_at.timestamp())
    return work.word_count if column is Column.WORDS else None


def begin_at(selection: Selection, cursor: Cursor, *, moment: datetime | None) -> Selection:
    """Answer the works of a selection from where a page begins; `moment` is the cursor's value where that is a date."""
    if cursor.value is None:
        return selection
    if moment is None:
        span = Span(selection.sort, *((cursor.value, None) if selection.is_ascending else (None, cursor.value)))
        return replace(selection, spans=(*selection.spans, span))
    period = Period(selection.sort, earliest=moment) if selection.is_ascending else Period(selection.sort, latest=moment)
    return replace(selection, periods=(*selection.periods, period))


def behind(works: Sequence[Work], column: Column, before: Cursor, *, taken: int, count: int) -> Cursor | None:
    """Answer where the page behind these works begins, of which the index named `taken`; nothing where that is too far."""
    value = value_of(works[-1], column) if works else None
    if value is None:
        further = before.skip + taken
        return Cursor(further, before.value, count) if further < FURTHEST else None
    alike = sum(1 for work in works if value_of(work, column) == value)
    skip = alike + (before.skip if value == before.value else 0)
    return Cursor(skip, value, count, works[-1].pk)
