"""Bringing files along: the form that takes them, the page on which they become drafts, and the author's word on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import status_of
from archive.paging import page_number, page_of
from archive.people import submissions
from archive.people.requests import SignedInRequest, signed_in
from archive.transfer.bringing import keeping, looking, posting, rereading, tasks, updating
from archive.transfer.bringing.forms import EncodingForm, FilesForm
from archive.transfer.bringing.models import Batch, BroughtFile

if TYPE_CHECKING:
    from django.http import HttpResponse

MOST_PAGES = 10_000


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def files_import(request: SignedInRequest) -> HttpResponse:
    """Take files, and show what became of the earlier ones."""
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if form.is_bound and form.is_valid() and (address := keep_sent(request, form)):
        return redirect(address)
    context = {"form": form, "batches": Batch.objects.editable_by(request.user).with_counts()[:20]}
    return render(request, "transfer/files_import.html", context, status=status_of(form))


files_import.longest_request = keeping.LONGEST_REQUEST  # type: ignore[attr-defined] # a mark on a function, for `RequestLimits`


def keep_sent(request: SignedInRequest, form: FilesForm) -> str:
    """Keep the files, once however often they were sent, and answer the page on which they are read; "" where they are refused."""

    def deed() -> str:
        batch = form.save(by=request.user)
        tasks.go_on(batch)
        return batch.get_absolute_url()

    sent = request.POST.copy()  # of the same form with other files it is another sending
    sent.setlist("chosen", [f"{file.size} {file.name}" for file in form.cleaned_data["chosen"]])
    try:
        return submissions.once(request.user, submissions.key_of(form.cleaned_data["key"], sent), deed)
    except keeping.TooManyBytes as refusal:
        form.add_error("chosen", str(refusal))
        return ""


def find_batch(request: SignedInRequest, pk: int) -> Batch:
    """Answer a batch that this person sent."""
    return get_object_or_404(Batch.objects.editable_by(request.user).with_counts(), pk=pk)


@signed_in
@require_safe
def batch_show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every file of a batch and what became of it; with `?part=progress`, only how far it is."""
    batch = find_batch(request, pk)
    if request.GET.get("part") == "progress":
        return render(request, "transfer/batch_show.html#progress", {"batch": batch})
    page = page_of(looking.page_of_files(batch), page_number(request.GET.get("page", "1"), last=MOST_PAGES))
    context = {
        "batch": batch,
        "page": page,
        "rows": looking.rows(page.object_list, by=request.user),
        "ready": looking.ready(batch, by=request.user),
        "encodings": EncodingForm().fields["encoding"].choices,  # type: ignore[attr-defined] # a ChoiceField
    }
    return render(request, "transfer/batch_show.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def batch_posting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the drafts that are ready, as readers will be told of them, and post those that the author left ticked."""
    batch = find_batch(request, pk)
    ready = looking.ready(batch, by=request.user)
    if request.method != "POST":
        return render(request, "transfer/batch_posting.html", {"batch": batch, "ready": ready})
    chosen = set(request.POST.getlist("file"))
    files = [row.file for row in ready if str(row.file.pk) in chosen]
    if not files:
        messages.error(request, _("No draft was chosen that is ready to be posted."))
        return redirect(batch)
    posting.ask(batch, files, by=request.user)
    said = ngettext("%(count)d work is being posted.", "%(count)d works are being posted.", len(files))
    messages.success(request, said % {"count": len(files)})
    return redirect(batch)


@signed_in
@require_POST
def batch_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a batch away. Its drafts stay."""
    keeping.forget(find_batch(request, pk), by=request.user)
    messages.success(request, _("The files are thrown away. The drafts that came of them are still here."))
    return redirect("files_import")


@signed_in
@require_POST
def file_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do with a file what its author says: leave a work that is here as it is, bring it up to date, or read the file again."""
    file = get_object_or_404(BroughtFile.objects.editable_by(request.user).select_related("batch", "work"), pk=pk)
    action = request.POST.get("action")
    if action == "skip":
        updating.skip(file, by=request.user)
    elif action == "update":
        updating.ask(file, by=request.user)
    elif action == "put_back":
        rereading.ask(file, encoding=file.encoding, takes_header=False, by=request.user)
    elif (form := EncodingForm(request.POST)).is_valid():
        rereading.ask(file, encoding=form.cleaned_data["encoding"], by=request.user)
    return redirect(f"{file.batch.get_absolute_url()}#file-{file.pk}")
