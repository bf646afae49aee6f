"""Writing single chapters of a work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST

from archive import policies
from archive.errors import ArchiveError
from archive.people import submissions
from archive.people.requests import SignedInRequest, signed_in
from archive.works import deleting, publishing, writing
from archive.works.forms import ChapterForm
from archive.works.models import Chapter, Work
from archive.works.requests import takes_long_texts
from archive.works.views import CONFLICT, POST, PREVIEW, UNPROCESSABLE

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.people.models import User


def find_chapter(request: SignedInRequest, work_pk: int, pk: int) -> Chapter:
    """Answer a chapter that this author may change."""
    chapters = Chapter.objects.editable_by(request.user).select_related("work")
    return get_object_or_404(chapters, pk=pk, work=work_pk)


@takes_long_texts
@signed_in
@cache_control(private=True, no_cache=True)  # and not no-store: a browser's way back has to find what was typed
@csp_override(policies.WITH_AUTHORS_IMAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_new(request: SignedInRequest, work_pk: int) -> HttpResponse:
    """Write a new chapter: post it, keep it as a draft, or look at it first."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=work_pk)
    form = ChapterForm(request.POST or None)
    context = {"form": form, "work": work}
    if request.method != "POST":
        return render(request, "works/chapter_new.html", context)
    if not form.is_valid():
        return render(request, "works/chapter_new.html", context, status=UNPROCESSABLE)
    if request.POST.get("action") == PREVIEW:
        return render(request, "works/chapter_new.html", context | {"is_preview": True})
    posts = request.POST.get("action") == POST

    def deed() -> str:
        chapter = writing.add_chapter(work, form.entry(), by=request.user)
        if posts:
            publishing.publish_chapter(chapter, by=request.user)
        return chapter.get_absolute_url()

    try:
        with transaction.atomic():
            address = submissions.once(request.user, submissions.key_of(form.cleaned_data["key"], request.POST), deed)
    except ArchiveError as refusal:
        form.refuse(refusal)
        return render(request, "works/chapter_new.html", context, status=UNPROCESSABLE)
    messages.success(request, _("The chapter is posted.") if posts else _("Kept as a draft. Only you can see it."))
    return redirect(address)


@takes_long_texts
@signed_in
@cache_control(private=True, no_cache=True)  # and not no-store: a browser's way back has to find what was typed
@csp_override(policies.WITH_AUTHORS_IMAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_edit(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """Change a chapter. Its place in listings stays."""
    chapter = find_chapter(request, work_pk, pk)
    form = ChapterForm(request.POST or None, chapter=chapter)
    context = {"form": form, "work": chapter.work, "chapter": chapter}
    if request.method != "POST":
        return render(request, "works/chapter_edit.html", context)
    if not form.is_valid():
        return render(request, "works/chapter_edit.html", context, status=UNPROCESSABLE)
    if request.POST.get("action") == PREVIEW:
        return render(request, "works/chapter_edit.html", context | {"is_preview": True})
    try:
        keep_chapter(form, chapter, by=request.user, posts=request.POST.get("action") == POST)
    except writing.ChangedMeanwhile:
        kept = ChapterForm(chapter=find_chapter(request, work_pk, pk))
        differences = form.differences(kept)
        form.begin_again_from(kept)
        return render(
            request, "works/chapter_edit.html", context | {"is_conflict": True, "differences": differences}, status=CONFLICT
        )
    except ArchiveError as refusal:
        form.refuse(refusal)
        return render(request, "works/chapter_edit.html", context, status=UNPROCESSABLE)
    messages.success(request, _("Your changes are kept."))
    return redirect(chapter)


@transaction.atomic
def keep_chapter(form: ChapterForm, chapter: Chapter, *, by: User, posts: bool) -> None:
    """Keep what the form changes of a chapter, and publish it where that was asked."""
    writing.edit_chapter(chapter, form.entry(), version=form.cleaned_data["text_version"], by=by)
    if posts:
        publishing.publish_chapter(chapter, by=by)


@signed_in
@require_POST
def chapter_publication(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """Publish a draft chapter as it is."""
    chapter = find_chapter(request, work_pk, pk)
    try:
        publishing.publish_chapter(chapter, by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
        return redirect("chapter_edit", work_pk, pk)
    messages.success(request, _("The chapter is posted."))
    return redirect(chapter)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_delete(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """Ask whether a chapter shall go, and delete it for good."""
    chapter = find_chapter(request, work_pk, pk)
    if request.method != "POST":
        return render(request, "works/chapter_delete.html", {"chapter": chapter, "work": chapter.work})
    try:
        deleting.delete_chapter(chapter, by=request.user)
    except deleting.LastChapter as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The chapter is deleted."))
    return redirect("chapters_manage", work_pk)
