"""Posting pages: who may send one, how long a request may be, and what it is answered."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Concatenate, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods

from archive import policies
from archive.errors import ArchiveError
from archive.people.requests import SignedInRequest, signed_in
from archive.works import autosaving, merging, writing
from archive.works.autosaving import HIGHEST_STAMP, Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.forms import Form
    from django.http import HttpRequest, QueryDict

    from archive.works.forms import ChapterForm, WorkForm
    from archive.works.versioned_forms import VersionedForm

CONTENT_TOO_LARGE = 413
PREVIEW, POST = "preview", "post"  # anything else keeps without posting
PUT_TOGETHER, LEAVE = "put-together", "leave"  # what is done about something that was saved elsewhere meanwhile


def posting[**Arguments](
    view: Callable[Concatenate[SignedInRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Make a view a posting page: for members, who may send a chapter of full length in any script, and all notes with it."""
    page = require_http_methods(["GET", "HEAD", "POST"])(view)
    page = csp_override(policies.WITH_AUTHORS_IMAGES)(page)
    # And not no-store: a browser's way back has to find what was typed.
    page = cache_control(private=True, no_cache=True)(page)
    page = takes_long_texts(signed_in(page))
    page.is_posting_page = True  # type: ignore[attr-defined] # a mark on a function: what is written here can be taken back
    return page


def takes_long_texts[View: Callable[..., HttpResponse]](view: View) -> View:
    """Mark a view that may be sent a chapter of full length, for `RequestLimits`."""
    view.takes_long_texts = True  # type: ignore[attr-defined] # a mark on a function
    return view


def opened_in(sent: QueryDict, place: str) -> Opened | None:
    """Answer which form, opened at which page, was sent, and until when it was typed in; None without a key."""
    key, stamp = sent.get("key", ""), sent.get("typed_at", "")
    try:
        number = int(stamp) if stamp.isdecimal() and len(stamp) <= len(str(HIGHEST_STAMP)) else 0
        return Opened(uuid.UUID(key), place, min(number, HIGHEST_STAMP), sent.get("taken_from", ""))
    except ValueError:
        return None


class Kept(NamedTuple):
    """What became of a form: the address of what was kept, and the sentence that says so."""

    address: str
    sentence: str


def answer(  # noqa: PLR0911 # each way that a form can go, one after the other
    request: SignedInRequest,
    form: WorkForm | ChapterForm,
    template: str,
    context: Mapping[str, object],
    *,
    keep: Callable[..., Kept],
    kept_now: Callable[[], Form] | None = None,
) -> HttpResponse:
    """Show a form, or a preview of what it makes, or `keep` it and go there; what is refused stays in the form.

    `keep` is told whether it `posts`. Of something saved elsewhere meanwhile `kept_now` answers the form, to compare both.
    """
    context = {"form": form, **context, **taken_back(request, form)}
    if request.method != "POST":
        return render(request, template, context)
    if kept_now and request.POST.get("action") in {PUT_TOGETHER, LEAVE}:
        return decide(request, form, template, context, kept_now())
    if not form.is_valid():
        return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("action") == PREVIEW:
        return render(request, template, context | {"is_preview": True})
    try:
        with transaction.atomic():
            kept = keep(posts=request.POST.get("action") == POST)
            if opened := opened_in(request.POST, request.path):
                autosaving.settle(opened, by=request.user)
    except ArchiveError as refusal:
        if kept_now and isinstance(refusal, writing.ChangedMeanwhile):
            return render(request, template, context | conflict(form, kept_now()), status=HTTPStatus.CONFLICT)
        form.refuse(refusal)
        return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, kept.sentence)
    return redirect(kept.address)


TAKE_BACK = "unsent"  # in the query, the key of the writing that is taken back


def taken_back(request: SignedInRequest, form: VersionedForm) -> dict[str, object]:
    """Fill a form that is opened with the writing that is taken back, and answer what else was written here and not sent."""
    own: list[uuid.UUID | None] = []
    context: dict[str, object] = {}
    if request.method != "POST" and TAKE_BACK in request.GET:
        try:
            writing = autosaving.find(uuid.UUID(request.GET[TAKE_BACK]), by=request.user)
        except (ValueError, autosaving.NotThere):
            context["is_gone"] = True
        else:
            form.take_back(writing)
            own.append(writing.key)
            context |= {"taken": writing, "stranded": "" if "text" in form.fields else writing.text}
    elif request.method == "POST" and (opened := opened_in(request.POST, request.path)):
        own.append(opened.key)
    return context | {"unsent": autosaving.unsent_at(request.path, by=request.user, but=own)}


def conflict(form: VersionedForm, kept: Form) -> dict[str, object]:
    """Have a form begin again from what is kept by now, and answer what a page shows of both."""
    found = merging.between(form, kept)
    form.begin_again_from(kept)
    return {"conflict": found}


def decide(request: SignedInRequest, form: VersionedForm, template: str, context: Mapping[str, object], kept: Form) -> HttpResponse:
    """Leave what was saved elsewhere as it is, or show the form with what was chosen of both.

    Where something has changed since the choice was shown, it is shown anew.
    """
    if request.POST["action"] == LEAVE:
        return leave(request, form, template, context)
    found = merging.between(form, kept)
    if found.seal != request.POST.get(merging.SEAL):
        context = {**context, **conflict(form, kept), "is_conflict_another": True}
        return render(request, template, context, status=HTTPStatus.CONFLICT)
    merging.put_together(found, form, kept, request.POST)
    form.begin_again_from(kept)
    return render(request, template, {**context, "is_put_together": True})


def leave(request: SignedInRequest, form: VersionedForm, template: str, context: Mapping[str, object]) -> HttpResponse:
    """Leave what is kept as it is, and keep what was typed as unsent writing."""
    opened = opened_in(request.POST, request.path)
    try:
        if opened:
            now = int(timezone.now().timestamp() * 1000)
            autosaving.keep(request.POST, opened._replace(stamp=max(now, opened.stamp + 1)), by=request.user)
    except autosaving.TooMany as refusal:
        form.full_clean()
        form.refuse(refusal)
        return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("What is kept stays as it is. What you typed is below, as unsaved writing."))
    return redirect(request.path)


class RequestLimits:
    """Refuses requests that are too long for their view before anything reads them.

    `DATA_UPLOAD_MAX_MEMORY_SIZE` is as large as the posting views need; every other view keeps to Django's own limit,
    `ORDINARY_REQUEST`. It stands before the form protection, which is the first to read a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Answer 413 where the request is longer than its view takes."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        takes_long = getattr(view, "takes_long_texts", False)
        longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if takes_long else settings.ORDINARY_REQUEST
        longest = getattr(view, "longest_request", longest)  # of a view that takes files
        if length.isdecimal() and int(length) > longest:
            return HttpResponse(render_to_string("413.html", request=request), status=CONTENT_TOO_LARGE)
        return None
