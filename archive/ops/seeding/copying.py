"""Writes many rows at once with COPY, and holds the database to its own rules while it does."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.backends.utils import CursorWrapper

type Row = tuple[object, ...]


class Unwarned(ArchiveError):
    """A seeded work lacks what every published work must have; nothing of its batch was kept."""


class Dangling(ArchiveError):
    """What a batch refers to is gone; nothing of the batch was kept."""


@dataclass(frozen=True)
class Table:
    """A table and those of its columns that are written."""

    name: str
    columns: tuple[str, ...]


USERS = Table("archive_user", ("id", "username", "email", "password", "is_superuser", "is_staff", "is_active", "date_joined"))
PSEUDS = Table("archive_pseud", ("id", "user_id", "name", "is_default", "about_source", "about"))
WORKS = Table(
    "archive_work",
    (
        "id", "title", "title_to_sort_on", "language_id", "summary_source", "summary", "notes_source", "notes",
        "endnotes_source", "endnotes", "content_notes_source", "content_notes", "cleaner_version", "is_restricted",
        "expected_chapters", "created_at", "published_at", "revised_at", "chapter_count", "word_count", "version",
    ),
)  # fmt: skip
CHAPTERS = Table(
    "archive_chapter",
    (
        "id", "work_id", "position", "title", "summary_source", "summary", "notes_source", "notes", "endnotes_source",
        "endnotes", "content_notes_source", "content_notes", "cleaner_version", "created_at", "published_at", "word_count",
    ),
)  # fmt: skip
TEXTS = Table("archive_chaptertext", ("chapter_id", "source", "html", "cleaner_version", "version", "changed_at"))
TALLIES = Table("archive_tally", ("work_id", "hits", "kudos", "comments", "bookmarks"))
CHANGES = Table("archive_searchchange", ("work_id",))
TAGGINGS = Table("archive_tagging", ("work_id", "tag_id", "position", "is_own"))
CREATORSHIPS = Table("archive_creatorship", ("work_id", "pseud_id", "position"))
CHAPTER_WARNINGS = Table("archive_chapter_warnings", ("chapter_id", "tag_id"))
SERIES = Table("archive_series", ("id", "title", "created_at"))
SERIES_PSEUDS = Table("archive_series_pseuds", ("series_id", "pseud_id"))
SERIES_ENTRIES = Table("archive_seriesentry", ("series_id", "work_id", "position"))


@dataclass(slots=True)
class Batch:
    """The rows of some works, table by table."""

    works: list[Row] = field(default_factory=list)
    chapters: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    tallies: list[Row] = field(default_factory=list)
    taggings: list[Row] = field(default_factory=list)
    creatorships: list[Row] = field(default_factory=list)
    warnings: list[Row] = field(default_factory=list)
    series: list[Row] = field(default_factory=list)
    series_pseuds: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)


SESSION_OFF, SESSION_ON = "SET LOCAL session_replication_role = replica", "SET LOCAL session_replication_role = origin"
TRIGGER_OFF = "ALTER TABLE archive_tagging DISABLE TRIGGER tagging_keeps_work_warned"
TRIGGER_ON = "ALTER TABLE archive_tagging ENABLE TRIGGER tagging_keeps_work_warned"

# The same questions as the database's own archive_refuse_unwarned, for many works in one pass.
COUNT_UNWARNED = """
SELECT count(*) FROM (
    SELECT work.id,
           count(*) FILTER (WHERE tag.kind_id = 'rating') AS ratings,
           count(*) FILTER (WHERE tag.kind_id = 'warning') AS warnings,
           count(*) FILTER (WHERE tag.kind_id = 'fandom') AS fandoms,
           count(*) FILTER (WHERE tag.code = 'warning-no') AS promises
    FROM archive_work AS work
    LEFT JOIN archive_tagging AS tagging ON tagging.work_id = work.id
    LEFT JOIN archive_tag AS tag ON tag.id = tagging.tag_id
    WHERE work.id = ANY(%s) AND work.published_at IS NOT NULL
    GROUP BY work.id
) AS found
WHERE ratings <> 1 OR warnings < 1 OR fandoms < 1 OR (promises > 0 AND warnings > 1)
"""


def copy(cursor: CursorWrapper, table: Table, rows: Iterable[Row]) -> None:
    """Write rows, whose values stand in the order of the table's columns."""
    with cursor.copy(f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def write(cursor: CursorWrapper, batch: Batch) -> None:
    """Write the rows of a batch."""
    copy(cursor, WORKS, batch.works)
    copy(cursor, CHAPTERS, batch.chapters)
    copy(cursor, TEXTS, batch.texts)
    copy(cursor, TALLIES, batch.tallies)
    copy(cursor, TAGGINGS, batch.taggings)
    copy(cursor, CREATORSHIPS, batch.creatorships)
    copy(cursor, CHAPTER_WARNINGS, batch.warnings)
    copy(cursor, SERIES, batch.series)
    copy(cursor, SERIES_PSEUDS, batch.series_pseuds)
    copy(cursor, SERIES_ENTRIES, batch.entries)
    copy(cursor, CHANGES, [(row[0],) for row in batch.works])  # the triggers that log changes are silent meanwhile


def reserve(cursor: CursorWrapper, table: Table, count: int) -> list[int]:
    """Answer so many ids of a table that nobody else will get."""
    sequence: str = one(cursor, "SELECT pg_get_serial_sequence(%s, 'id')", [table.name])
    cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count])
    return [row[0] for row in cursor.fetchall()]


def add_missing(cursor: CursorWrapper, table: Table, rows: Iterable[Row]) -> None:
    """Write those rows that are not there yet by any of the table's unique columns."""
    columns = ", ".join(table.columns)
    cursor.execute(f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {columns} FROM {table.name} WITH NO DATA")  # noqa: S608 # our own names
    copy(cursor, Table("incoming", table.columns), rows)
    cursor.execute(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM incoming ON CONFLICT DO NOTHING")  # noqa: S608 # our own names
    cursor.execute("DROP TABLE incoming")


@contextmanager
def checked_at_once(cursor: CursorWrapper, batch: Batch) -> Iterator[None]:
    """Give a block, within a transaction, for writing a batch whose rows are then checked all at once.

    Row by row, the triggers look at each of a work's fifteen taggings three times: does the work exist, does the tag, and
    (`tagging_keeps_work_warned`) are all tags of the work in order. That is more than half of the time. So they are off
    within the block, for this session, or where the role may not do that the last of them for this transaction; then the
    same questions are put to the whole batch, and only when all is well are the triggers on again and may the transaction
    be committed. If anything fails, all of it is undone, the switch as well as the rows.
    Raises `Unwarned` and `Dangling`, and the database's own refusals.
    """
    is_ours = one(cursor, "SELECT has_parameter_privilege('session_replication_role', 'SET')", [])
    # What the batch refers to cannot go away before the commit, and of two who seed one waits for the other.
    cursor.execute("LOCK TABLE archive_tag, archive_pseud, archive_series, archive_language IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute(SESSION_OFF if is_ours else TRIGGER_OFF)
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be altered
    refuse_dangling(cursor, batch)
    refuse_unwarned(cursor, [row[0] for row in batch.works])
    cursor.execute(SESSION_ON if is_ours else TRIGGER_ON)
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refuse_dangling(cursor: CursorWrapper, batch: Batch) -> None:
    """Raise `Dangling` if a row of the batch refers to a tag, pseud or language that is gone; the rest came with it."""
    for table, column, wanted in (
        ("archive_tag", "id", {row[1] for row in (*batch.taggings, *batch.warnings)}),
        ("archive_pseud", "id", {row[1] for row in (*batch.creatorships, *batch.series_pseuds)}),
        ("archive_language", "code", {row[3] for row in batch.works}),
        ("archive_series", "id", {row[0] for row in batch.entries}),
    ):
        question = f"SELECT count(*) FROM {table} WHERE {column} = ANY(%s)"  # noqa: S608 # our own names
        found: int = one(cursor, question, [list(wanted)])
        if found != len(wanted):
            raise Dangling(_("Something that the seeded works rest on was deleted meanwhile. Please seed again."))


def refuse_unwarned(cursor: CursorWrapper, works: Sequence[object]) -> None:
    """Raise `Unwarned` if any of these works is published without a rating, a fandom and a warning choice."""
    cursor.execute(COUNT_UNWARNED, [list(works)])
    [count] = cursor.fetchone()
    if count:
        raise Unwarned(
            _("%(count)d of the seeded works would have lacked a rating, a fandom or a warning choice.") % {"count": count}
        )


def settle() -> None:
    """Give the planner its statistics, and the pages their marks, as an archive that has stood for a while has them."""
    # VACUUM cannot run within a transaction, where the statistics alone have to do.
    deed = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    with connection.cursor() as cursor:
        for table in (
            USERS, PSEUDS, WORKS, CHAPTERS, TEXTS, TALLIES, TAGGINGS, CREATORSHIPS, CHAPTER_WARNINGS, SERIES, SERIES_PSEUDS,
            SERIES_ENTRIES, Table("archive_tag", ()), Table("archive_tag_parents", ()),
        ):  # fmt: skip
            cursor.execute(f"{deed} {table.name}")


def one(cursor: CursorWrapper, question: str, values: Sequence[Any]) -> Any:
    """Answer the first column of the first row."""
    cursor.execute(question, values)
    return cursor.fetchone()[0]
