"""Many of one's works at once: choosing them, editing or deleting them after a look at what will change, undoing it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive import paging
from archive.errors import ArchiveError, status_of
from archive.people.requests import SignedInRequest, own_page, signed_in
from archive.works import changing_many, deleting
from archive.works.bulk import KEPT, BulkChange
from archive.works.bulk_differences import differences_of
from archive.works.bulk_forms import ManyForm, chosen
from archive.works.models import Work

if TYPE_CHECKING:
    from django.http import HttpResponse

BEGIN, BACK, APPLY = "begin", "back", "apply"  # anything else is a look at what will change
LAST_PAGE = 999
NOT_SENT_ON = {"csrfmiddlewaretoken", "step"}


@signed_in
@require_safe
def works_many(request: SignedInRequest, username: str) -> HttpResponse:
    """My works, to choose some of them."""
    own_page(request, username)
    works = Work.objects.editable_by(request.user).only("title", "published_at", "is_restricted", "created_at").order_by("-pk")
    page = paging.page_of(Paginator(works, changing_many.MOST), paging.page_number(request.GET.get("page", "1"), last=LAST_PAGE))
    changes = BulkChange.objects.editable_by(request.user).defer("before", "after", "refused", "series_gone")
    return render(request, "works/works_many.html", {"page": page, "changes": list(changes[:10])})


def refused(request: SignedInRequest, sentence: str) -> HttpResponse:
    """Go back to the choice, and say why."""
    messages.error(request, sentence)
    return redirect("works_many", request.user.get_username())


@signed_in
@require_POST
def works_edit_many(request: SignedInRequest, username: str) -> HttpResponse:
    """Say what is to become of the works that were ticked, look at it, and do it."""
    own_page(request, username)
    pks, step = chosen(request.POST), request.POST.get("step", BEGIN)
    works = list(Work.objects.editable_by(request.user).filter(pk__in=pks).only("title").order_by("pk"))
    if not works:
        return refused(request, _("Please tick the works that you mean."))
    form = ManyForm(None if step == BEGIN else request.POST, author=request.user)
    context = {"works": works, "form": form}
    if step in {BEGIN, BACK} or not form.is_valid():
        return render(request, "works/works_edit_many.html", context, status=status_of(form))
    try:
        if step == APPLY:
            done = changing_many.change(pks, form.edit(), by=request.user)
            return redirect("bulk_change", username, done.pk)
        outcomes = changing_many.preview(pks, form.edit(), by=request.user)
    except ArchiveError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "works/works_edit_many.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context |= {
        "sent": [(name, value) for name, values in request.POST.lists() if name not in NOT_SENT_ON for value in values],
        "changed": [(one.before.title, differences_of(one.before, one.after)) for one in outcomes if one.is_changed],
        "refused": [(one.before.title, one.refusal) for one in outcomes if one.refusal],
        "unchanged": [one.before.title for one in outcomes if not one.is_changed and not one.refusal],
    }
    return render(request, "works/works_edit_preview.html", context)


@signed_in
@require_POST
def works_delete_many(request: SignedInRequest, username: str) -> HttpResponse:
    """Ask whether the works that were ticked shall go, and take them away."""
    own_page(request, username)
    pks = chosen(request.POST)
    works = list(Work.objects.editable_by(request.user).filter(pk__in=pks).only("title").order_by("pk"))
    if not works:
        return refused(request, _("Please tick the works that you mean."))
    if request.POST.get("step") != APPLY:
        return render(request, "works/works_delete_many.html", {"works": works, "kept": deleting.KEPT.days})
    try:
        done = changing_many.delete(pks, by=request.user)
    except ArchiveError as refusal:
        return refused(request, str(refusal))
    return redirect("bulk_change", username, done.pk)


@signed_in
@require_safe
def bulk_change(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """What was done to many works, and a button that undoes it."""
    own_page(request, username)
    done = get_object_or_404(BulkChange.objects.editable_by(request.user), pk=pk)
    changed = [(before.title, differences_of(before, after)) for before, after in done.states]
    return render(request, "works/bulk_change.html", {"done": done, "changed": changed, "kept": KEPT.days})


@signed_in
@require_POST
def bulk_undoing(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """Put everything back as it was."""
    own_page(request, username)
    done = get_object_or_404(BulkChange.objects.editable_by(request.user), pk=pk)
    try:
        left = changing_many.undo(done, by=request.user)
    except ArchiveError as refusal:
        return refused(request, str(refusal))
    messages.success(request, _("Everything is as it was.") if not left else _("What could be put back is as it was."))
    if left:
        messages.warning(request, _("Changed since then, and so left as they are: %(titles)s") % {"titles": ", ".join(left)})
    return redirect("works_many", request.user.get_username())
