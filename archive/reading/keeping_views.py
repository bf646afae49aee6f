"""What a member keeps of a work: the mark for later, the place where they stopped, and whether any of that is kept at all."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.people.requests import referrer_of, signed_in
from archive.reading import marking
from archive.reading.forms import HistoryForm, StopForm
from archive.works.chapters import Chapter
from archive.works.models import Work

if TYPE_CHECKING:
    from django.http import HttpResponseRedirect

    from archive.people.requests import SignedInRequest


@require_http_methods(["POST", "PATCH"])
@signed_in
def mark_for_later(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a work for later."""
    work = get_object_or_404(Work.objects.listed_to(request.user), pk=pk)
    marking.mark_for_later(work, by=request.user)
    messages.success(request, _("Marked for later. It stands in your history under “Marked for later”."))
    return back_to(request, work)


@require_http_methods(["POST", "PATCH"])
@signed_in
def mark_as_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the mark from a work."""
    work = get_object_or_404(Work.objects.listed_to(request.user), pk=pk)
    marking.mark_as_read(work, by=request.user)
    messages.success(request, _("It is no longer marked for later."))
    return back_to(request, work)


def back_to(request: SignedInRequest, work: Work) -> HttpResponseRedirect:
    """Send a reader back to the page that they came from, or to the work."""
    return redirect(referrer_of(request) or work.get_absolute_url())


@require_POST
@signed_in
def work_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep where a reader stopped; their page sends it by itself."""
    work = get_object_or_404(Work.objects.visible_to(request.user), pk=pk)
    form = StopForm(request.POST)
    if not form.is_valid():
        return HttpResponse("No such place.", status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain")
    get_object_or_404(Chapter.objects.visible_to(request.user).filter(work=work), pk=form.cleaned_data["chapter"])
    form.save(work, by=request.user)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def history_preferences(request: SignedInRequest) -> HttpResponse:
    """Whether a member's history is kept."""
    # An empty box is an answer, too: a form without any is bound all the same.
    form = HistoryForm(request.POST if request.method == "POST" else None, initial={"keeps_history": request.user.keeps_history})
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Your choice is kept."))
        return redirect("history_preferences")
    return render(request, "reading/history_preferences.html", {"form": form})
