"""The reading pages: a work, a chapter, the chapter index. Every text on them comes through `warnings.opening`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from archive import engines, policies
from archive.reading import desks, dressing, pages
from archive.reading.requests import back_url, find_work, naming_url, with_query
from archive.warnings import readers, seals
from archive.warnings.advisories import Advisory
from archive.warnings.headers import NAMING
from archive.warnings.opening import open_chapters, through_the_door_again
from archive.works.chapters import Chapter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.works.models import Work


@require_safe
@csp_override(policies.WITH_AUTHORS_IMAGES)
def work_show(request: HttpRequest, pk: int) -> HttpResponse:
    """A one-shot, a whole work, or the way to the first chapter of a longer one."""
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    chapters = pages.chapters_of(work, viewer=request.user)
    if len(chapters) > 1 and pages.FULL not in request.GET:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(f"{chapters[0].get_absolute_url()}{query}")
    return answer_chapters(request, work, chapters, chapters, current=None)


@require_safe
@csp_override(policies.WITH_AUTHORS_IMAGES)
def chapter_show(request: HttpRequest, work_pk: int, pk: int) -> HttpResponse:
    """One chapter of a work."""
    work = find_work(request, work_pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    chapters = pages.chapters_of(work, viewer=request.user)
    current = next((chapter for chapter in chapters if chapter.pk == pk), None)
    if current is None:
        raise Http404
    return answer_chapters(request, work, chapters, [current], current=current)


@through_the_door_again
def answer_chapters(
    request: HttpRequest, work: Work, index: Sequence[Chapter], wanted: Sequence[Chapter], *, current: Chapter | None
) -> HttpResponse:
    """Answer some chapters of a work, or the advisory that comes first."""
    reader = readers.reader_of(request)
    wanted = pages.in_full(wanted)
    opened = open_chapters(work, wanted, reader=reader, naming=NAMING in request.GET, naming_url=naming_url(request))
    navigation = pages.navigation_of(work, index, current)
    if isinstance(opened, Advisory):
        return answer_advisory(request, opened, navigation)
    context = {
        "work": work,
        "advisory": opened.advisory,
        "header": opened.advisory.header,
        "chapters": pages.opened_chapters(opened, navigation.numbers),
        "navigation": navigation,
        "is_chaptered": len(index) > 1 or work.is_chaptered or any(pages.says_something(chapter) for chapter in wanted),
        "places": work.places_among(request.user),
        "associations": pages.Associations.of(work, viewer=request.user),
        "is_own": work.is_made_by(request.user),
        "naming_url": naming_url(request),
        "desk": desks.sit_down(request, work, navigation, wanted),
        "dress": dressing.dress_of(work, request),
    }
    return engines.answer(request, "reading/work_show.html", context, avoids=work.avoids_search_engines)


def answer_advisory(request: HttpRequest, advisory: Advisory, navigation: pages.Navigation) -> HttpResponse:
    """Answer the advisory as a page of its own: no word of the text is on it."""
    current = navigation.current
    gate = pages.Gate(
        consent_url=reverse("work_consent", args=[advisory.work.pk]),
        next=request.get_full_path(),
        shown=seals.sealed(advisory.work.pk, advisory.shown),
        once_url=f"{request.path}?{with_query(request, readers.ONCE, 'true')}",
        naming_url=naming_url(request),
        back_url=back_url(request),
        chapter=current,
        number=navigation.numbers[current.pk] if current else None,
    )
    context = {"work": advisory.work, "advisory": advisory, "gate": gate}
    return engines.answer(request, "reading/work_advisory.html", context, avoids=advisory.work.avoids_search_engines)


@require_safe
def chapter_short(request: HttpRequest, pk: int) -> HttpResponse:
    """The short address of a chapter, which leads to the long one."""
    chapter = get_object_or_404(Chapter.objects.visible_to(request.user), pk=pk)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{chapter.get_absolute_url()}{query}")


@require_safe
def work_navigate(request: HttpRequest, pk: int) -> HttpResponse:
    """The chapter index, which tools read first."""
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    chapters = pages.chapters_of(work, viewer=request.user)
    context = {"work": work, "chapters": chapters}
    return engines.answer(request, "reading/work_navigate.html", context, avoids=work.avoids_search_engines)
