"""One work by its number, through its door, with what its page shows.

Putting this statement together takes Django three times as long as PostgreSQL takes to answer it, and it is the same for
every guest and every work: it is put together once from `visible_to` itself, and asked with other numbers from then on.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from archive.people.models import User
from archive.works import gathering
from archive.works.chapters import Chapter
from archive.works.languages import Language
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.people.models import Viewer

# What stands for the numbers in the statement while it is put together; no row has them.
A_WORK, A_MEMBER = -1, -2
HIGHEST = 2**63 - 1  # no row of PostgreSQL has a higher number, and it refuses to look for one


def find(pk: int, *, viewer: Viewer) -> Work | None:
    """Answer the work of this number if the viewer may open its page, as `for_header` gives it."""
    if pk > HIGHEST:
        return None
    statement, values = _statement(viewer.is_authenticated, viewer.is_authenticated and viewer.reads_only)
    numbers: dict[object, object] = {A_WORK: pk, A_MEMBER: viewer.pk}
    found = list(Work.objects.raw(statement, [numbers.get(value, value) for value in values]))
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


def posted_chapters(work: Work) -> list[Chapter]:
    """Answer the posted chapters of a work, got through its own door, in order and with all that a file tells of them."""
    statement, values = _of_chapters()
    chapters = list(Chapter.objects.raw(statement, [work.pk if value == A_WORK else value for value in values]))
    for chapter in chapters:
        chapter.work = work
    return chapters


@cache
def _of_chapters() -> tuple[str, tuple[object, ...]]:
    """Answer the statement for the posted chapters of a work, and its values with the stand-in among them."""
    chapters = Chapter.objects.filter(work=A_WORK).posted().in_order()
    columns = ("work", "position", "title", "published_at", "summary", "notes", "endnotes", "content_notes")
    return chapters.only(*columns).query.sql_with_params()


@cache
def _statement(is_member: bool, reads_only: bool) -> tuple[str, tuple[object, ...]]:
    """Answer the statement for members, for their programs or for guests, and its values with the two stand-ins among them."""
    viewer = User(pk=A_MEMBER) if is_member else AnonymousUser()
    if isinstance(viewer, User):
        viewer.reads_only = reads_only
    works = Work.objects.visible_to(viewer).for_header().select_related(None).filter(pk=A_WORK)
    return works.annotate(  # type: ignore[no-redef] # declared on the model
        language_in_json=gathering.in_json(gathering.LANGUAGE)
    ).query.sql_with_params()
