"""Who wrangles: a list for wranglers, which those who run the archive keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.db.models.fetch_modes import FETCH_RAISE
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import status_of
from archive.people.models import User
from archive.people.requests import operators_only, wranglers_only
from archive.wrangling import assigning
from archive.wrangling.models import WranglerAssignment
from archive.wrangling.requests import page_asked_for
from archive.wrangling.wrangler_forms import AppointForm, WranglerForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from archive.people.requests import SignedInRequest

WRANGLERS_ON_A_PAGE = 50


def wranglers() -> QuerySet[User]:
    """Answer those who wrangle, with their fandoms: who was made one, and administrators who have taken a fandom."""
    assignments = WranglerAssignment.objects.select_related("fandom").order_by("fandom__folded")
    has_taken = Q(pk__in=WranglerAssignment.objects.values("wrangler"))
    found = User.objects.filter(Q(is_wrangler=True) | has_taken, is_active=True).order_by("username")
    return found.prefetch_related(Prefetch("wrangler_assignments", assignments))


@wranglers_only
@require_safe
def wranglers_index(request: SignedInRequest) -> HttpResponse:
    """Who wrangles, and what they look after."""
    page = page_asked_for(Paginator(wranglers().fetch_mode(FETCH_RAISE), WRANGLERS_ON_A_PAGE), request)
    return render(request, "wrangling/wranglers_index.html", {"page": page})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def wrangler_new(request: SignedInRequest) -> HttpResponse:
    """Make somebody a wrangler."""
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = form.save(by=request.user)
        messages.success(request, _("%(name)s is a wrangler now.") % {"name": member})
        return redirect("wranglers_index")
    return render(request, "wrangling/wrangler_new.html", {"form": form}, status=status_of(form))


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def wrangler_edit(request: SignedInRequest, username: str) -> HttpResponse:
    """Say what a wrangler looks after."""
    wrangler = get_object_or_404(wranglers(), username__iexact=username)
    form = WranglerForm(request.POST or None, wrangler=wrangler)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Kept."))
        return redirect("wranglers_index")
    return render(request, "wrangling/wrangler_edit.html", {"form": form, "wrangler": wrangler}, status=status_of(form))


@operators_only
@require_POST
def wrangler_dismiss(request: SignedInRequest, username: str) -> HttpResponse:
    """Let a wrangler wrangle no longer."""
    wrangler = get_object_or_404(wranglers(), username__iexact=username)
    assigning.dismiss(wrangler, by=request.user)
    messages.success(request, _("%(name)s is no wrangler any more. What they did stays.") % {"name": wrangler})
    return redirect("wranglers_index")
