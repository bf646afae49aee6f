"""Posting: writing a work, its drafts, its chapters, taking it away and bringing it back."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import ArchiveError
from archive.people import submissions
from archive.people.requests import SignedInRequest, own_page, signed_in
from archive.works import deleting, old_story_views, publishing, skinning, writing
from archive.works.forms import WorkForm, date_chapter
from archive.works.models import Work
from archive.works.old_story_forms import NewWorkForm
from archive.works.requests import Kept, answer, posting

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from archive.people.models import User
    from archive.works.chapters import Chapter


@posting
def work_new(request: SignedInRequest) -> HttpResponse:
    """Write a new work: post it, keep it as a draft, or look at it first. With `?import=true`, begin with an old story."""
    if request.GET.get("import") == "true":
        return old_story_views.work_import(request)
    if (changed := old_story_views.rewritten(request.POST)) is not None:
        return render(request, "works/work_new.html", {"form": NewWorkForm(changed, author=request.user)})
    form = NewWorkForm(request.POST or None, author=request.user)
    keep = partial(keep_new, form, sent=request.POST, by=request.user)
    return answer(request, form, "works/work_new.html", {}, keep=keep)


@transaction.atomic
def keep_new(form: WorkForm, *, sent: QueryDict, by: User, posts: bool) -> Kept:
    """Keep a new work, and publish it where that was asked; sent twice, it is made once."""

    def deed() -> str:
        work = writing.draft(form.entry(), form.chapter_entry(), by=by)
        date_chapter(form, work.chapters.get(), by=by)
        dress(work, form, by=by)
        if posts:
            publishing.publish(work, by=by)
        return work.get_absolute_url()

    address = submissions.once(by, submissions.key_of(form.cleaned_data["key"], sent), deed)
    return Kept(address, _("Your work is posted.") if posts else _("Kept as a draft. Only you can see it."))


@posting
def work_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a work. One with a single chapter shows its text here, one with several a page for each."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=pk)
    chapters = list(work.chapters.in_order())
    # A form that was opened over one chapter brings its text, also when there are two by now; see `stranded`.
    brings_text = request.method != "POST" or "text" in request.POST
    chapter = chapters[0] if len(chapters) == 1 and brings_text else None
    form = WorkForm(request.POST or None, author=request.user, work=work, chapter=chapter)
    context = {"work": work, "chapters": chapters}
    if chapter is None and "text" in request.POST:
        stranded = {"form": form, "stranded": request.POST["text"]}
        return render(request, "works/work_edit.html", context | stranded, status=HTTPStatus.CONFLICT)
    return answer(
        request, form, "works/work_edit.html", context,
        keep=partial(keep_edit, form, work, chapter, by=request.user),
        kept_now=lambda: WorkForm(author=request.user, work=Work.objects.get(pk=pk), chapter=chapter),
    )  # fmt: skip


@transaction.atomic
def keep_edit(form: WorkForm, work: Work, chapter: Chapter | None, *, by: User, posts: bool) -> Kept:
    """Keep what the form changes of a work and of its only chapter, and publish it where that was asked."""
    typed = form.cleaned_data
    if chapter:
        work = writing.edit_with_text(
            work, form.entry(), chapter, form.chapter_entry(), version=typed["version"], text_version=typed["text_version"], by=by
        )
        date_chapter(form, chapter, by=by)
    else:
        work = writing.edit(work, form.entry(), version=typed["version"], by=by)
    dress(work, form, by=by)
    if posts:
        publishing.publish(work, by=by)
    return Kept(work.get_absolute_url(), _("Your changes are kept."))


def dress(work: Work, form: WorkForm, *, by: User) -> None:
    """Dress a work as the form says, if it says anything of it: a form from before there were skins takes none off."""
    if "skin" in form.data:
        skinning.wear(work, form.cleaned_data["skin"], by=by)


@signed_in
@require_POST
def work_publication(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a draft as it is."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=pk)
    try:
        publishing.publish(work, by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
        return redirect("work_edit", pk)
    messages.success(request, _("Your work is posted."))
    return redirect(work)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether a work shall go, and take it away."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "works/work_delete.html", {"work": work, "kept": deleting.KEPT.days})
    try:
        deleting.delete(work, by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
        return redirect("user_works", request.user.username)
    messages.success(request, _("“%(title)s” is deleted. You can have it back for 30 days.") % {"title": work})
    return redirect("deleted_works", request.user.username)


@signed_in
@require_POST
def work_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring a deleted work back."""
    work = get_object_or_404(Work.objects.deleted_by(request.user), pk=pk)
    try:
        deleting.restore(work, by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
        return redirect("deleted_works", request.user.username)
    messages.success(request, _("“%(title)s” is back where it was.") % {"title": work})
    return redirect(work)


@signed_in
@require_safe
def deleted_works(request: SignedInRequest, username: str) -> HttpResponse:
    """What I deleted and can still have back."""
    own_page(request, username)
    works = Work.objects.deleted_by(request.user)
    return render(request, "works/deleted_works.html", {"works": works, "kept": deleting.KEPT})
