"""Versions of a chapter's text, for those who may change it: read, compared word by word, restored."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from archive import policies
from archive.errors import ArchiveError
from archive.people.requests import SignedInRequest, signed_in
from archive.works import revising, writing
from archive.works.chapter_views import find_chapter

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.works.chapters import Chapter
    from archive.works.revising import Version

AS_TYPED = "typed"
NUMBER_LENGTH = 9  # digits


@signed_in
@require_safe
def versions_index(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """The versions of a chapter's text that are kept, the newest first."""
    chapter = find_chapter(request, work_pk, pk)
    context = {"work": chapter.work, "chapter": chapter, "versions": revising.versions_of(chapter)}
    return render(request, "works/versions_index.html", context)


@signed_in
@require_safe
@csp_override(policies.WITH_AUTHORS_IMAGES)
def version_show(request: SignedInRequest, work_pk: int, pk: int, number: int) -> HttpResponse:
    """One version, as it reads and as it was typed."""
    return answer_version(request, find_chapter(request, work_pk, pk), number)


def answer_version(request: SignedInRequest, chapter: Chapter, number: int, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """Answer the page of a version, from which it can be restored."""
    versions = revising.versions_of(chapter)
    version = version_numbered(versions, number)
    source = revising.source_of(chapter, number)
    context = {
        "work": chapter.work,
        "chapter": chapter,
        "version": version,
        "before": next((one for one in versions if one.number < number), None),
        "source": source,
        "html": words.on_page if (words := revising.read(source)) else "",
        "version_now": revising.version_now(chapter),
        "is_conflict": status == HTTPStatus.CONFLICT,
    }
    return render(request, "works/version_show.html", context, status=status)


def version_numbered(versions: list[Version], number: int) -> Version:
    """Answer the version of a number, of those that are kept."""
    version = next((version for version in versions if version.number == number), None)
    if version is None:
        raise Http404
    return version


@signed_in
@require_safe
def versions_compare(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """What changed from one version to another, or to the newest one, word by word."""
    chapter = find_chapter(request, work_pk, pk)
    versions = revising.versions_of(chapter)
    asked = [request.GET.get(name, "") for name in ("older", "newer") if request.GET.get(name)]
    numbers = [int(number) if number.isdecimal() and len(number) <= NUMBER_LENGTH else 0 for number in asked]
    chosen = sorted(version_numbered(versions, number).number for number in numbers)
    if not chosen:
        return redirect("versions_index", work_pk, pk)
    older, newer = (version_numbered(versions, number) for number in (chosen[0], max(chosen[1:] or [versions[0].number])))
    context = {
        "work": chapter.work,
        "chapter": chapter,
        "older": older,
        "newer": newer,
        "compared": [older, newer],
        "comparison": revising.compare(chapter, older, newer, as_typed=request.GET.get("as") == AS_TYPED),
    }
    return render(request, "works/versions_compare.html", context)


@signed_in
@require_POST
@csp_override(policies.WITH_AUTHORS_IMAGES)
def version_restoration(request: SignedInRequest, work_pk: int, pk: int, number: int) -> HttpResponse:
    """Make an earlier version the newest one."""
    chapter = find_chapter(request, work_pk, pk)
    version_numbered(revising.versions_of(chapter), number)
    sent = request.POST.get("version", "")
    try:
        writing.restore_text(chapter, number, version=int(sent) if sent.isdecimal() else 0, by=request.user)
    except writing.ChangedMeanwhile:
        return answer_version(request, chapter, number, status=HTTPStatus.CONFLICT)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
        return redirect("version_show", work_pk, pk, number)
    messages.success(request, _("The text is again what it was in version %(number)d.") % {"number": number})
    return redirect("versions_index", work_pk, pk)
