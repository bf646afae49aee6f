"""Naming what a work came from, and answering those who name one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import ArchiveError, status_of
from archive.people.requests import SignedInRequest, own_page, signed_in
from archive.works import crediting
from archive.works.models import Work
from archive.works.related import Relation
from archive.works.related_forms import SourceForm

if TYPE_CHECKING:
    from django.http import HttpResponse

ACCEPT = "accept"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_sources(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a work is inspired by or translates, and a form to name more."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=pk)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            crediting.credit(work, form.source(), by=request.user)
        except ArchiveError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("It is named above your work."))
            return redirect("work_sources", pk)
    sources = crediting.told_to(request.user, Relation.objects.editable_by(request.user).filter(work=work))
    return render(request, "works/work_sources.html", {"work": work, "form": form, "sources": sources}, status=status_of(form))


@signed_in
@require_POST
def source_removal(request: SignedInRequest, work_pk: int, pk: int) -> HttpResponse:
    """No longer name what a work came from."""
    relation = get_object_or_404(Relation.objects.editable_by(request.user), pk=pk, work=work_pk)
    crediting.withdraw(relation, by=request.user)
    messages.success(request, _("It is no longer named."))
    return redirect("work_sources", work_pk)


@signed_in
@require_safe
def related_works(request: SignedInRequest, username: str) -> HttpResponse:
    """Works that name mine and ask for a link back, and what my own works name."""
    own_page(request, username)
    asked = crediting.told_to(request.user, Relation.objects.answerable_by(request.user))
    named = crediting.told_to(request.user, Relation.objects.editable_by(request.user))
    context = {
        "waiting": [one for one in asked if not one.is_accepted and not one.is_refused],
        "answered": [one for one in asked if one.is_accepted or one.is_refused],
        "named": named,
    }
    return render(request, "works/related_works.html", context)


@signed_in
@require_POST
def relation_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept or refuse a link from one's own work to one that it inspired."""
    relation = get_object_or_404(Relation.objects.answerable_by(request.user), pk=pk)
    if request.POST.get("answer") == ACCEPT:
        crediting.accept(relation, by=request.user)
        messages.success(request, _("Your work shows a link to it now."))
    else:
        crediting.refuse(relation, by=request.user)
        messages.success(request, _("Your work shows no link to it."))
    return redirect("related_works", request.user.get_username())
