"""Pages on which an operator defines the kinds of tags that the archive has, and the values of closed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import ArchiveError, status_of
from archive.ops import defining
from archive.ops.kind_forms import KindForm, ValueForm
from archive.people import submissions
from archive.people.requests import operators_only
from archive.tags.models import MEDIA, Kind, Tag

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.people.requests import SignedInRequest

KEPT = gettext_lazy("Kept. It holds from now on, everywhere in the archive.")


def find_kind(code: str) -> Kind:
    """Answer the kind of this code, if it is one that can be changed."""
    return get_object_or_404(Kind.objects.exclude(pk=MEDIA), pk=code)


def find_closed_kind(code: str) -> Kind:
    """Answer the kind of this code, if its values are a list."""
    return get_object_or_404(Kind.objects.exclude(pk=MEDIA).filter(is_closed=True), pk=code)


def find_value(code: str, pk: int) -> Tag:
    """Answer one value of a closed kind."""
    return get_object_or_404(Tag.objects.filter(kind=find_closed_kind(code)).select_related("kind"), pk=pk)


@require_safe
@operators_only
def kinds_index(request: SignedInRequest) -> HttpResponse:
    """The kinds of tags that works bear, in order."""
    counts = dict(Tag.objects.filter(kind__is_closed=True).values_list("kind").annotate(values=Count("pk")))
    kinds = [(kind, counts.get(kind.pk, 0)) for kind in defining.kinds()]
    return render(request, "ops/kinds_index.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def kind_new(request: SignedInRequest) -> HttpResponse:
    """Add a kind of tags."""
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address = submissions.once(
                request.user,
                submissions.key_of(form.cleaned_data["key"], request.POST),
                lambda: way_on(form.save(by=request.user)),
            )
        except ArchiveError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, KEPT)
            return redirect(address)
    return render(request, "ops/kind_new.html", {"form": form}, status=status_of(form))


def way_on(kind: Kind) -> str:
    """Answer where an operator goes on from a new kind: to its values, if it has some."""
    return reverse("values_index", args=[kind.pk]) if kind.is_closed else reverse("kinds_index")


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def kind_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change a kind of tags."""
    kind = find_kind(code)
    form = KindForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except ArchiveError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, KEPT)
            return redirect("kinds_index")
    context = {"form": form, "kind": find_kind(code), "is_given": bool(defining.fixed_flags(kind))}
    return render(request, "ops/kind_edit.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def values_index(request: SignedInRequest, code: str) -> HttpResponse:
    """The values of a closed kind, in order, and a form for one more."""
    kind = find_closed_kind(code)
    form = ValueForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            submissions.once(
                request.user,
                submissions.key_of(form.cleaned_data["key"], request.POST),
                lambda: reverse("value_edit", args=[code, form.save(by=request.user).pk]),
            )
        except ArchiveError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, KEPT)
            return redirect("values_index", code)
    context = {"form": form, "kind": kind, "values": form.values}
    return render(request, "ops/values_index.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@operators_only
def value_edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Change a value of a closed kind."""
    value = find_value(code, pk)
    form = ValueForm(request.POST or None, kind=value.kind, value=value)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except ArchiveError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, KEPT)
            return redirect("values_index", code)
    context = {"form": form, "kind": value.kind, "value": find_value(code, pk)}
    return render(request, "ops/value_edit.html", context, status=status_of(form))


@require_POST
@operators_only
def value_retire(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Offer a value to authors no more."""
    value = find_value(code, pk)
    try:
        defining.retire(value, by=request.user)
    except defining.NothingToChoose as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” is retired. Works that have it keep it.") % {"name": value.name})
    return redirect("values_index", code)


@require_POST
@operators_only
def value_bring_back(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Offer a retired value again."""
    value = find_value(code, pk)
    defining.bring_back(value, by=request.user)
    messages.success(request, _("“%(name)s” is back.") % {"name": value.name})
    return redirect("values_index", code)
