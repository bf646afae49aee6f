"""Writing that was not sent yet: kept while it is typed, looked through, taken back, thrown away."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive.people.giving_back import given_back, is_posting_page
from archive.people.requests import SignedInRequest, personal, signed_in, without_token
from archive.tags.models import Kind
from archive.works import autosaving
from archive.works.autosaving import Opened
from archive.works.forms import KIND_PREFIX, ChapterForm, WorkForm
from archive.works.requests import opened_in, takes_long_texts
from archive.works.versioned_forms import VersionedForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.errors import ArchiveError
    from archive.works.autosaving import Unsent


@personal
@takes_long_texts
@never_cache
def unsent(request: HttpRequest) -> HttpResponse:
    """Keep what was typed into a form so far; or, to somebody who asks, show all that they have not sent."""
    if request.method != "POST":
        return unsent_index(request)
    if not request.user.is_authenticated:
        return JsonResponse({"refused": "session"}, status=HTTPStatus.UNAUTHORIZED)
    if request.POST.get("author") != str(request.user.pk):
        return JsonResponse({"refused": "author"}, status=HTTPStatus.CONFLICT)
    opened = opened_in(request.POST, request.POST.get("place", ""))
    if opened is None or not is_posting_page(opened.place):
        return JsonResponse({"refused": "form"}, status=HTTPStatus.BAD_REQUEST)
    try:
        is_unsent = autosaving.keep(request.POST, opened, by=request.user)
    except autosaving.TooMany as refusal:
        return JsonResponse({"refused": "many", "sentence": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"is_unsent": is_unsent})


@signed_in
@require_safe
def unsent_index(request: SignedInRequest) -> HttpResponse:
    """All that I have typed and not sent."""
    return render(request, "works/unsent_index.html", {"unsent": autosaving.unsent(by=request.user)})


@require_safe
@never_cache
def unsent_token(request: HttpRequest) -> HttpResponse:
    """Say who is logged in, and with which token forms are sent: for a page that stood open while its author logged in anew."""
    if not request.user.is_authenticated:
        return JsonResponse({"refused": "session"}, status=HTTPStatus.UNAUTHORIZED)
    return JsonResponse({"author": str(request.user.pk), "token": get_token(request)})


@signed_in
@require_safe
def unsent_show(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """All of one writing, as it was typed, to be copied."""
    try:
        writing = autosaving.find(key, by=request.user)
    except autosaving.NotThere as refusal:
        return gone(request, refusal)
    return render(request, "works/unsent_show.html", {"writing": writing, "written": written(writing)})


def written(writing: Unsent) -> list[tuple[str, str]]:
    """Answer all that was typed, each with the name of its field."""
    labels = {name: str(field.label or name) for name, field in (WorkForm.base_fields | ChapterForm.base_fields).items()}
    labels |= {f"{KIND_PREFIX}{kind.code}": kind.name_plural for kind in Kind.objects.all()}
    shown = [name for name in writing.typed if name in labels and any(writing.typed.getlist(name))]
    return [(labels[name], ", ".join(writing.typed.getlist(name))) for name in shown if name not in VersionedForm.VERSIONS]


def gone(request: SignedInRequest, refusal: ArchiveError) -> HttpResponse:
    """Say that a writing is not there, beside those that are."""
    context = {"unsent": autosaving.unsent(by=request.user), "refusal": refusal}
    return render(request, "works/unsent_index.html", context, status=HTTPStatus.NOT_FOUND)


@signed_in
@require_POST
def unsent_remove(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Throw a writing away."""
    autosaving.throw_away(key, by=request.user)
    messages.success(request, _("Thrown away."))
    place = request.POST.get("place", "")
    return redirect(place if is_posting_page(place) else "unsent")


@takes_long_texts
@without_token
@signed_in
@require_POST
def unsent_return(request: SignedInRequest) -> HttpResponse:
    """Bring what a refused form gave back into that form again.

    The form's token may be that of a session that has ended, and is not asked for: browsers say by themselves where a
    form comes from. Nothing is saved but as unsent writing of whoever sends it.
    """
    place = request.POST.get("place", "")
    if not is_posting_page(place):
        return redirect("unsent")
    before = f"{request.POST.get('key', '')}:{request.POST.get('typed_at', '')}"
    opened = Opened(uuid.uuid4(), place, int(timezone.now().timestamp() * 1000), before)
    try:
        autosaving.keep(request.POST, opened, by=request.user)
    except autosaving.TooMany as refusal:
        return without_room(request, refusal)
    return redirect(f"{place}?unsent={opened.key}")


def without_room(request: SignedInRequest, refusal: ArchiveError) -> HttpResponse:
    """Say that there is no room for more, beside what there is, and give back what was sent."""
    context = {"unsent": autosaving.unsent(by=request.user), "refusal": refusal, "given": given_back(request)}
    return render(request, "works/unsent_index.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
