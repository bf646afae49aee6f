"""Keeping a series: its words, the order of its works, taking one out, undoing the whole."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import ArchiveError, status_of
from archive.people.requests import SignedInRequest, signed_in
from archive.works import serializing
from archive.works.order_forms import OrderForm
from archive.works.requests import posting
from archive.works.series import Series, SeriesEntry
from archive.works.series_forms import SeriesForm

if TYPE_CHECKING:
    from django.http import HttpResponse


@posting
def series_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is said of a series."""
    series = get_object_or_404(Series.objects.editable_by(request.user), pk=pk)
    form = SeriesForm(request.POST or None, series=series, author=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            serializing.edit(series, form.entry(), by=request.user)
        except ArchiveError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your changes are kept."))
            return redirect(series)
    return render(request, "works/series_edit.html", {"series": series, "form": form}, status=status_of(form))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def series_manage(request: SignedInRequest, pk: int) -> HttpResponse:
    """The works of a series, to be put in order or taken out."""
    series = get_object_or_404(Series.objects.editable_by(request.user), pk=pk)
    entries = list(series.entries.visible_to(request.user).in_order().select_related("work"))
    form = OrderForm(request.POST or None, rows=entries)
    if request.method != "POST":
        return render(request, "works/series_manage.html", {"series": series, "form": form})
    if not form.is_valid():
        return render(request, "works/series_manage.html", {"series": series, "form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        serializing.arrange(series, form.order(), by=request.user)
    except ArchiveError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The works are in their new order."))
    return redirect("series_manage", series.pk)


@signed_in
@require_POST
def series_removal(request: SignedInRequest, pk: int, work_pk: int) -> HttpResponse:
    """Take a work out of a series."""
    series = get_object_or_404(Series.objects.editable_by(request.user), pk=pk)
    entries = SeriesEntry.objects.visible_to(request.user).select_related("work")
    entry = get_object_or_404(entries, series=series, work=work_pk)
    if serializing.remove(entry, by=request.user):
        messages.success(request, _("“%(title)s” is no longer in this series.") % {"title": entry.work})
        return redirect("series_manage", pk)
    messages.success(request, _("The series is gone with its last work. “%(title)s” is still there.") % {"title": entry.work})
    return redirect(entry.work)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def series_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether a series shall go, and undo it; its works stay."""
    series = get_object_or_404(Series.objects.editable_by(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "works/series_delete.html", {"series": series})
    serializing.delete(series, by=request.user)
    messages.success(request, _("The series “%(title)s” is gone. Its works are all still there.") % {"title": series})
    return redirect("user_show", request.user.get_username())
