"""One work by its number, through its door, with what its page shows; and its chapters.

Putting these statements together takes Django three times as long as PostgreSQL takes to answer them, and they are the same for
every guest and every work: they are put together once from the doors themselves, and asked with other numbers from then on.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from archive.people.models import User
from archive.statements import A_MEMBER, A_SUBJECT, Statement
from archive.works import gathering
from archive.works.chapters import Chapter
from archive.works.languages import Language
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import Viewer

HIGHEST = 2**63 - 1  # no row of PostgreSQL has a higher number, and it refuses to look for one
OF_A_CHAPTER = ("work", "position", "title", "published_at", "summary", "notes", "endnotes", "content_notes")


def find(pk: int, *, viewer: Viewer) -> Work | None:
    """Answer the work of this number if the viewer may open its page, as `for_header` gives it."""
    if pk > HIGHEST:
        return None
    statement = _of_a_work(viewer.is_authenticated, viewer.is_authenticated and viewer.reads_only)
    found = list(Work.objects.raw(statement.sql, statement.values_with({A_SUBJECT: pk, A_MEMBER: viewer.pk})))
    if not found:
        return None
    work = found[0]
    language = json.loads(work.language_in_json or "null")
    work.language = Language(*language) if language else None
    return work


def find_posted(pk: int, *, viewer: Viewer) -> Work | None:
    """Answer the same, but no draft: for feeds, covers and files, in which there is none, one's own neither."""
    work = find(pk, viewer=viewer)
    return None if work is None or work.is_draft else work


def is_for_members(pk: int, *, viewer: Viewer) -> bool:
    """Whether a guest may be told to log in for the work of this number: it is posted, for members alone. No more of it is told."""
    return not viewer.is_authenticated and Work.objects.published().filter(pk=pk, is_restricted=True).exists()


def readable_chapters(work: Work, *, viewer: Viewer, in_full: bool) -> list[Chapter]:
    """Answer the chapters of a work, got through its own door, that this viewer may read, in order.

    `in_full` they come with their summaries and notes, else with what an index shows.
    """
    reads_only = viewer.is_authenticated and viewer.reads_only
    statement = _of_readable_chapters(viewer.is_authenticated, reads_only, work.is_made_by(viewer), in_full)
    return _chapters(statement, work, viewer=viewer)


def posted_chapters(work: Work) -> list[Chapter]:
    """Answer the posted chapters of a work, got through its own door, in order and with all that a file tells of them."""
    return _chapters(_of_posted_chapters(), work)


def _chapters(statement: Statement, work: Work, *, viewer: Viewer | None = None) -> list[Chapter]:
    values = statement.values_with({A_SUBJECT: work.pk, A_MEMBER: viewer and viewer.pk})
    chapters = list(Chapter.objects.raw(statement.sql, values))
    for chapter in chapters:
        chapter.work = work
    return chapters


@cache
def _of_posted_chapters() -> Statement:
    """Answer the statement for the posted chapters of a work."""
    return Statement.of(Chapter.objects.filter(work=A_SUBJECT).posted().in_order().only(*OF_A_CHAPTER))


@cache
def _of_readable_chapters(is_member: bool, reads_only: bool, is_own: bool, in_full: bool) -> Statement:
    """Answer the statement for the chapters of a work that somebody may read: its maker, a member, their program or a guest."""
    work = Work(pk=A_SUBJECT)
    work.makers_in_json = json.dumps([[A_MEMBER, "", ""]] if is_own else [])
    chapters = Chapter.objects.readable_in(work, _somebody(is_member, reads_only))
    return Statement.of(chapters.in_order().only(*OF_A_CHAPTER) if in_full else chapters.for_index())


@cache
def _of_a_work(is_member: bool, reads_only: bool) -> Statement:
    """Answer the statement for a work, for members, for their programs or for guests."""
    works = Work.objects.visible_to(_somebody(is_member, reads_only)).for_header().select_related(None).filter(pk=A_SUBJECT)
    return Statement.of(
        works.annotate(language_in_json=gathering.in_json(gathering.LANGUAGE))  # type: ignore[no-redef] # declared on the model
    )


def _somebody(is_member: bool, reads_only: bool) -> Viewer:
    """Answer who stands for a viewer while a statement is put together."""
    if not is_member:
        return AnonymousUser()
    member = User(pk=A_MEMBER)
    member.reads_only = reads_only
    return member
