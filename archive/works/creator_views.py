"""Who makes a work or a series: inviting others, taking an invitation back, leaving."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import ArchiveError, status_of
from archive.people.requests import SignedInRequest, signed_in
from archive.works import cowriting
from archive.works.chapter_views import find_chapter
from archive.works.creator_forms import ChapterCreatorsForm, SeriesInvitationForm, WorkInvitationForm
from archive.works.creators import CreatorInvitation
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_creators(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who makes a work, who is invited to, and a field to invite others."""
    work = get_object_or_404(Work.objects.editable_by(request.user).for_pages(), pk=pk)
    form = WorkInvitationForm(request.POST if request.method == "POST" else None, work=work, author=request.user)
    context = {"work": work, "invitations": invitations_shown(request, work=work)}
    return answer_invitations(request, form, "works/work_creators.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def series_creators(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who makes a series, who is invited to, and a field to invite others."""
    series = get_object_or_404(Series.objects.editable_by(request.user).with_makers(), pk=pk)
    form = SeriesInvitationForm(request.POST if request.method == "POST" else None, series=series, author=request.user)
    context = {"series": series, "invitations": invitations_shown(request, series=series)}
    return answer_invitations(request, form, "works/series_creators.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_creators(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """Who of a work's makers wrote a chapter."""
    chapter = find_chapter(request, work_pk, pk)
    form = ChapterCreatorsForm(request.POST if request.method == "POST" else None, chapter=chapter)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except ArchiveError as refusal:
            form.add_error("pseuds", str(refusal))
        else:
            messages.success(request, _("Your changes are kept."))
            return redirect("chapter_edit", work_pk, pk)
    context = {"form": form, "chapter": chapter, "work": chapter.work}
    return render(request, "works/chapter_creators.html", context, status=status_of(form))


def invitations_shown(request: SignedInRequest, **to: Work | Series) -> list[CreatorInvitation]:
    """Answer the invitations to a work or a series that wait for an answer."""
    waiting = CreatorInvitation.objects.editable_by(request.user).filter(**to)
    return list(waiting.select_related("pseud__user", "chapter").latest_first())


def answer_invitations(
    request: SignedInRequest, form: WorkInvitationForm | SeriesInvitationForm, template: str, context: dict[str, object]
) -> HttpResponse:
    """Send the invitations that a form asks for, or show it; what is refused stays in it."""
    if form.is_valid():
        try:
            form.save(by=request.user)
        except ArchiveError as refusal:
            form.add_error("invited", str(refusal))
        else:
            messages.success(request, _("They are asked. Their names stand there once they have said yes."))
            return redirect(request.path)
    return render(request, template, context | {"form": form}, status=status_of(form))


@signed_in
@require_POST
def invitation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(CreatorInvitation.objects.editable_by(request.user), pk=pk)
    try:
        cowriting.withdraw(invitation, by=request.user)
    except cowriting.NoLongerOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is taken back."))
    if invitation.work_id is None:
        return redirect("series_creators", invitation.series_id)
    return redirect("work_creators", invitation.work_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether to take one's name off a work, and take it off."""
    work = get_object_or_404(Work.objects.editable_by(request.user).for_pages(), pk=pk)
    others = [maker for maker in work.makers if maker.user_id != request.user.pk]
    context = {"work": work, "others": others}
    leave = partial(cowriting.leave, work, by=request.user)
    return answer_leaving(request, leave, "works/work_leave.html", context, of=work, to="user_works")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def series_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether to take one's name off a series, and take it off."""
    series = get_object_or_404(Series.objects.editable_by(request.user).with_makers(), pk=pk)
    others = [pseud for pseud in series.pseuds.all() if pseud.user_id != request.user.pk]
    context = {"series": series, "others": others}
    leave = partial(cowriting.leave_series, series, by=request.user)
    return answer_leaving(request, leave, "works/series_leave.html", context, of=series, to="user_show")


def answer_leaving(
    request: SignedInRequest, leave: Callable[[], None], template: str, context: dict[str, object], *, of: Work | Series, to: str
) -> HttpResponse:
    """Take somebody's name off and send them to a page of theirs, or ask whether to, saying why not where that is refused."""
    refusal: ArchiveError | None = None if context["others"] else cowriting.LastMaker()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            leave()
        except ArchiveError as reason:
            refusal, status = reason, HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Your name is off “%(title)s”.") % {"title": of})
            return redirect(to, request.user.username)
    return render(request, template, context | {"refusal": refusal}, status=status)
