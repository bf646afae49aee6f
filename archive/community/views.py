"""Bookmarking something, changing what one said of it, letting go of it. The pages that show bookmarks are in `search`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.community import bookmarking
from archive.community.forms import BookmarkForm
from archive.community.models import Bookmark
from archive.community.own import own_of
from archive.people.requests import SignedInRequest, signed_in
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from archive.community.models import Subject


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_bookmark_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bookmark a work."""
    work = get_object_or_404(Work.objects.visible_to(request.user), pk=pk)
    return answer_new(request, work, action=reverse("work_bookmarks", args=[pk]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def series_bookmark_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bookmark a series."""
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    return answer_new(request, series, action=reverse("series_bookmarks", args=[pk]))


def answer_new(request: SignedInRequest, subject: Subject, *, action: str) -> HttpResponse:
    """Show the form of a new bookmark, or keep what it says. One that says the same is there already is no mistake."""
    own = own_of(request.user, subject)
    if request.method != "POST" and own.bookmark:
        return redirect("bookmark_edit", own.bookmark.pk)
    form = BookmarkForm(request.POST if request.method == "POST" else None, names=own.names)
    if not form.is_bound or not form.is_valid():
        return show_form(request, form, {"subject": subject, "action": action})
    try:
        bookmark = bookmarking.bookmark(subject, form.entry(), by=request.user)
    except bookmarking.BookmarkedAlready as refusal:
        bookmark = refusal.bookmark
        if not bookmarking.says_the_same(bookmark, form.entry()):
            edit = reverse("bookmark_edit", args=[bookmark.pk])
            context = {"subject": subject, "action": edit, "bookmark": bookmark, "refusal": refusal}
            return show_form(request, form, context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Bookmarked."))
    return redirect(way_on(request, bookmark))


def show_form(
    request: SignedInRequest, form: BookmarkForm, context: Mapping[str, object], *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Answer the page of a bookmark's form, with everything in it that was typed."""
    if form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "community/bookmark_form.html", {**context, "form": form, "next": next_of(request)}, status=status)


def next_of(request: SignedInRequest) -> str:
    """Answer the page of this archive from which a bookmark was made; nothing where that is none."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, None) else ""


def way_on(request: SignedInRequest, bookmark: Bookmark) -> str:
    """Answer where whoever has bookmarked something goes on: where they were, or to the bookmark."""
    return next_of(request) or bookmark.get_absolute_url()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bookmark_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what one said with a bookmark."""
    bookmark = get_object_or_404(Bookmark.objects.editable_by(request.user), pk=pk)
    names = list(request.user.pseuds.all())
    form = BookmarkForm(request.POST if request.method == "POST" else None, names=names, bookmark=bookmark)
    context = {"subject": bookmark.subject_for(request.user), "action": request.path, "bookmark": bookmark}
    if not form.is_bound or not form.is_valid():
        return show_form(request, form, context)
    try:
        bookmarking.change(bookmark, form.entry(), by=request.user)
    except bookmarking.NoLongerThere as refusal:
        messages.error(request, str(refusal))
        return redirect("user_bookmarks", request.user.username)
    messages.success(request, _("Your bookmark is changed."))
    return redirect(way_on(request, bookmark))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bookmark_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether a bookmark shall go, and take it away."""
    bookmark = get_object_or_404(Bookmark.objects.editable_by(request.user), pk=pk)
    if request.method != "POST":
        context = {"bookmark": bookmark, "subject": bookmark.subject_for(request.user)}
        return render(request, "community/bookmark_delete.html", context)
    bookmarking.let_go(bookmark, by=request.user)
    messages.success(request, _("Your bookmark is deleted."))
    return redirect("user_bookmarks", request.user.username)
