"""Going on past an advisory, and the pages on which readers say how they want to be warned, and what they leave out."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import ArchiveError, status_of
from archive.people.models import Pseud
from archive.people.requests import personal
from archive.tags.models import Tag
from archive.tags.naming import from_path
from archive.warnings import avoiding, consenting, memory, seals
from archive.warnings.advisories import NO_TAG
from archive.warnings.forms import WarningPreferencesForm
from archive.works.languages import Language
from archive.works.models import Work
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from archive.warnings.avoiding import Avoidable


@require_POST
def work_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that the reader goes on, for exactly what they were shown, and bring them to the text."""
    work = get_object_or_404(Work.objects.visible_to(request.user).for_header(), pk=pk)
    on_work = {NO_TAG, *(tag.pk for tag in work.labels)}.union(*work.warned.values())
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
        try:
            replace(choices, headers=choices.headers | waived - choices.left_out).remember(response)
        except memory.Full as full:
            messages.error(request, str(full))
    return response


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def warning_preferences(request: HttpRequest) -> HttpResponse:
    """How I am warned: what to ask me about, what to leave out, and whether to tell me which warnings there are."""
    form = WarningPreferencesForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        response = redirect("warning_preferences")
        try:
            form.save(response)
        except memory.Full as full:
            form.add_error(None, str(full))
        else:
            messages.success(request, _("Kept. It holds from now on, everywhere in the archive."))
            return response
    return render(request, "warnings/warning_preferences.html", {"form": form}, status=status_of(form))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def left_out_tag(request: HttpRequest, name: str) -> HttpResponse:
    """Leave out one tag, or take that back."""
    known = Tag.objects.named(from_path(name)).known_or_in(Tagging.objects.visible_to(request.user))
    tag = get_object_or_404(known)
    return answer_left_out(request, tag, {"tag": tag, "back_url": tag.get_absolute_url()})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def left_out_language(request: HttpRequest, code: str) -> HttpResponse:
    """Leave out the works in one language, or take that back."""
    language = get_object_or_404(Language, pk=code)
    return answer_left_out(request, language, {"language": language, "back_url": reverse("language_works", args=[language.pk])})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def left_out_author(request: HttpRequest, username: str) -> HttpResponse:
    """Leave out all that one member writes, or take that back."""
    pseuds = Pseud.objects.visible_to(request.user).with_account().filter(is_default=True)
    author = get_object_or_404(pseuds, user__username__iexact=username).user
    context = {"author": author, "is_own": author == request.user, "back_url": author.get_absolute_url()}
    return answer_left_out(request, author, context)


def answer_left_out(request: HttpRequest, subject: Avoidable, context: dict[str, object]) -> HttpResponse:
    """Show whether a thing is left out, or keep what was said of it."""
    template = "warnings/left_out.html"
    context |= {"subject": subject, "is_left_out": leaves_out(request, subject)}
    if request.method != "POST":
        return render(request, template, context)
    response = HttpResponseRedirect(request.path)
    try:
        keep_left_out(request, response, subject, is_left_out=bool(request.POST.get("leave_out")))
    except ArchiveError as refusal:
        return render(request, template, context | {"refusal": refusal}, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Kept. It holds from now on, everywhere in the archive."))
    return response


def leaves_out(request: HttpRequest, subject: Avoidable) -> bool:
    """Say whether whoever asks leaves out this very thing."""
    if request.user.is_authenticated:
        return avoiding.avoids(subject, by=request.user)
    return memory.Choices.of(request).leaves_out(subject)


def keep_left_out(request: HttpRequest, response: HttpResponse, subject: Avoidable, *, is_left_out: bool) -> None:
    """Leave a thing out, or take that back, in the account or for a guest in the browser; raises what either refuses."""
    if request.user.is_authenticated:
        (avoiding.avoid if is_left_out else avoiding.welcome)(subject, by=request.user)
        return
    choices = memory.Choices.of(request)
    (choices.leaving_out(subject) if is_left_out else choices.taking_back(subject)).remember(response)
