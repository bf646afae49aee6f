"""Writing single chapters of a work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import ArchiveError
from archive.people import submissions
from archive.people.requests import SignedInRequest, signed_in
from archive.works import deleting, publishing, writing
from archive.works.chapters import Chapter
from archive.works.forms import ChapterForm
from archive.works.models import Work
from archive.works.requests import Kept, answer, posting

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from archive.people.models import User


def find_chapter(request: SignedInRequest, work_pk: int, pk: int) -> Chapter:
    """Answer a chapter that this author may change."""
    chapters = Chapter.objects.editable_by(request.user).select_related("work")
    return get_object_or_404(chapters, pk=pk, work=work_pk)


@posting
def chapter_new(request: SignedInRequest, work_pk: int) -> HttpResponse:
    """Write a new chapter: post it, keep it as a draft, or look at it first."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=work_pk)
    form = ChapterForm(request.POST or None, work=work)
    keep = partial(keep_new, form, work, sent=request.POST, by=request.user)
    return answer(request, form, "works/chapter_new.html", {"work": work}, keep=keep)


@transaction.atomic
def keep_new(form: ChapterForm, work: Work, *, sent: QueryDict, by: User, posts: bool) -> Kept:
    """Keep a new chapter of a work, and publish it where that was asked; sent twice, it is made once."""

    def deed() -> str:
        chapter = writing.add_chapter(work, form.entry(), by=by)
        form.put(chapter, by=by)
        if posts:
            publishing.publish_chapter(chapter, by=by)
        return chapter.get_absolute_url()

    address = submissions.once(by, submissions.key_of(form.cleaned_data["key"], sent, at=work.pk), deed)
    return Kept(address, _("The chapter is posted.") if posts else _("Kept as a draft. Only you can see it."))


@posting
def chapter_edit(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """Change a chapter. Its place in listings stays."""
    chapter = find_chapter(request, work_pk, pk)
    form = ChapterForm(request.POST or None, work=chapter.work, chapter=chapter)
    return answer(
        request, form, "works/chapter_edit.html", {"work": chapter.work, "chapter": chapter},
        keep=partial(keep_edit, form, chapter, by=request.user),
        kept_now=lambda: ChapterForm(work=chapter.work, chapter=find_chapter(request, work_pk, pk)),
    )  # fmt: skip


@transaction.atomic
def keep_edit(form: ChapterForm, chapter: Chapter, *, by: User, posts: bool) -> Kept:
    """Keep what the form changes of a chapter, and publish it where that was asked."""
    writing.edit_chapter(chapter, form.entry(), version=form.cleaned_data["text_version"], by=by)
    form.put(chapter, by=by)
    if posts:
        publishing.publish_chapter(chapter, by=by)
    return Kept(chapter.get_absolute_url(), _("Your changes are kept."))


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
