"""Putting the parts of something in order."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.errors import ArchiveError
from archive.people.requests import SignedInRequest, signed_in
from archive.works import arranging
from archive.works.models import Work
from archive.works.order_forms import OrderForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def chapters_manage(request: SignedInRequest, work_pk: int) -> HttpResponse:
    """The chapters of a work, drafts among the posted ones, to be put in order."""
    work = get_object_or_404(Work.objects.editable_by(request.user), pk=work_pk)
    chapters = list(work.chapters.in_order())
    form = OrderForm(request.POST or None, rows=chapters)
    is_refused = request.method == "POST" and not form.is_valid()
    numbers = arranging.readers_numbers(chapters)
    rows = [(chapter, field, numbers.get(chapter.pk)) for chapter, field in form.rows()]
    context = {"work": work, "form": form, "rows": rows}
    if request.method != "POST":
        return render(request, "works/chapters_manage.html", context)
    if is_refused:
        return render(request, "works/chapters_manage.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        arranging.arrange(work, form.order(), by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The chapters are in their new order."))
    return redirect("chapters_manage", work.pk)
