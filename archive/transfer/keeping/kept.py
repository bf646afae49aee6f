"""A work as a reader's own device keeps it: what it is, its advisory, and its words, each at an address of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.transfer.presenting import cards
from archive.transfer.taking import books
from archive.warnings import opening
from archive.works import finding

if TYPE_CHECKING:
    from archive.transfer.taking.books import Book
    from archive.warnings.readers import Reader
    from archive.works.models import Work


@dataclass(frozen=True, slots=True)
class About:
    """What a list of kept works says of one. `version` is another as soon as anything that is kept of it has changed."""

    title: str
    byline: str
    facts: str
    version: str
    restricted: bool


def book_of(work: Work, *, reader: Reader, naming: bool) -> Book:
    """Answer a posted work with its advisory for this reader. None of its words is read for it."""
    chapters = finding.posted_chapters(work)
    passed = opening.pass_advisory(work, chapters, reader=replace(reader, says_yes=True), naming=naming)
    assert isinstance(passed, opening.Passed)  # noqa: S101 # who says yes has passed; the type does not know it
    return books.book_of(passed)


def about(book: Book) -> About:
    """Answer what is said of a work in the list of those that are kept: its rating and warnings among it."""
    return About(
        title=book.title,
        byline=", ".join(book.bylines),
        facts=cards.advice_of([book.header]),
        version=book.digest(),
        restricted=book.work.is_restricted,
    )
