"""Drafts, and when they are to be posted by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive.errors import ArchiveError, status_of
from archive.people.requests import SignedInRequest, own_page, signed_in
from archive.works import drafting, scheduling
from archive.works.chapter_views import find_chapter
from archive.works.models import Work
from archive.works.schedule_forms import ScheduleForm
from archive.works.scheduled import ScheduledPosting

if TYPE_CHECKING:
    from django.http import HttpResponse

CANCEL = "cancel"


@signed_in
@require_safe
def drafts(request: SignedInRequest, username: str) -> HttpResponse:
    """My drafts. They never expire."""
    own_page(request, username)
    return render(request, "works/drafts.html", {"drafts": drafting.drafts_of(request.user)})


@signed_in
@require_safe
def work_schedule(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft is posted with its first chapter: the way to the time of that."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=pk)
    first = work.chapters.in_order().first()
    if first is None:
        raise Http404
    return redirect("chapter_schedule", pk, first.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_schedule(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """Say when a draft is to be posted, change that, or cancel it."""
    chapter = find_chapter(request, work_pk, pk)
    if not chapter.is_draft:
        messages.error(request, _("This is posted already."))
        return redirect(chapter)
    if request.POST.get("action") == CANCEL:
        scheduling.cancel(chapter, by=request.user)
        messages.success(request, _("It stays a draft until you post it."))
        return redirect("drafts", request.user.get_username())
    planned = ScheduledPosting.objects.editable_by(request.user).filter(chapter=chapter).first()
    form = ScheduleForm(request.POST or None, planned=planned, author=request.user)
    context = {"work": chapter.work, "chapter": chapter, "planned": planned, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            planned = scheduling.schedule(chapter, at=form.at, zone=form.cleaned_data["zone"], by=request.user)
        except ArchiveError as refusal:
            form.add_error("time" if isinstance(refusal, scheduling.NotThatTime) else None, str(refusal))
        else:
            messages.success(request, _("It will be posted at that time. Until then only you can see it."))
            return redirect("drafts", request.user.get_username())
    return render(request, "works/chapter_schedule.html", context, status=status_of(form))
