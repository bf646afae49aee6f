"""Going on past an advisory, and the page on which readers say how they want to be warned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.warnings import consenting, memory, seals
from archive.warnings.forms import WarningPreferencesForm
from archive.works.models import Work


@require_POST
def work_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that the reader goes on, for exactly what they were shown, and bring them to the text."""
    work = get_object_or_404(Work.objects.visible_to(request.user).for_header(), pk=pk)
    on_work = {tag.pk for tag in work.labels}.union(*work.warned.values())
    shown = seals.unsealed(work.pk, request.POST.get("shown", ""), on_work)
    remembers = bool(request.POST.get("remember"))
    next_url = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(next_url, None):
        next_url = work.get_absolute_url()
    response = HttpResponseRedirect(next_url)
    waived = consenting.waivable(shown) if remembers else frozenset()
    if request.user.is_authenticated:
        consenting.consent(work, by=request.user, shown=shown)
        consenting.waive(waived, by=request.user)
        return response
    memory.Consents.of(request).with_work(work.pk, shown).remember(response)
    if waived:
        choices = memory.Choices.of(request)
        memory.Choices(choices.headers | waived - choices.left_out, choices.left_out, choices.hides_which).remember(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def warning_preferences(request: HttpRequest) -> HttpResponse:
    """How I am warned: what to ask me about, what to leave out, and whether to tell me which warnings there are."""
    form = WarningPreferencesForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        response = redirect("warning_preferences")
        form.save(response)
        messages.success(request, _("Kept. It holds from now on, everywhere in the archive."))
        return response
    return render(request, "warnings/warning_preferences.html", {"form": form}, status=422 if form.errors else 200)
