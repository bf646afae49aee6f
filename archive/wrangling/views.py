"""A wrangler's first page, the fandoms they have taken, and the log of what all of them did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.errors import status_of
from archive.people.requests import wranglers_only
from archive.tags import undoing
from archive.tags.models import FANDOM, Kind, Status, Tag, WranglingAct
from archive.tags.refusals import WranglingRefused
from archive.text.fields import folded_key
from archive.wrangling import assigning, bins
from archive.wrangling.bins import Bin
from archive.wrangling.forms import TakeForm
from archive.wrangling.requests import bin_address, find_tag, page_asked_for, query_without_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.people.models import User
    from archive.people.requests import SignedInRequest

FANDOMS_ON_A_PAGE = 20
ACTS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many tags of a kind wait somewhere, and where."""

    kind: Kind
    count: int
    is_more: bool
    address: str


def waiting_in(fandoms: list[Tag], *, viewer: User) -> list[tuple[Tag | None, list[Waiting]]]:
    """Answer what waits in these fandoms, and at the end, under none, what waits in the whole archive."""
    kinds = bins.kinds()
    places = [*bins.places_of(fandoms), None]
    asked = [(place, kind) for place in places for kind in kinds if place is None or kind.code != FANDOM]
    counts = iter(bins.counts_of([Bin(kind, Status.UNWRANGLED, viewer, place) for place, kind in asked]))
    found: dict[int | None, tuple[Tag | None, list[Waiting]]] = {}
    for place, kind in asked:
        fandom = place.fandom if place else None
        count = next(counts)
        shown = Waiting(kind, min(count, bins.MOST_COUNTED), count > bins.MOST_COUNTED, bin_address(fandom, kind))
        found.setdefault(fandom.pk if fandom else None, (fandom, []))[1].append(shown)
    return list(found.values())


@wranglers_only
@require_http_methods(["GET", "HEAD", "POST"])
def wrangling_home(request: SignedInRequest) -> HttpResponse:
    """My fandoms with what waits in them, what waits in all, and a way to take more."""
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assigning.take(form.cleaned_data["fandoms"], by=request.user)
        return redirect("wrangling_home")
    taken = Tag.objects.filter(wrangler_assignments__wrangler=request.user).order_by("folded")
    page = page_asked_for(Paginator(taken, FANDOMS_ON_A_PAGE), request)
    *mine, (_none, everywhere) = waiting_in(list(page), viewer=request.user)
    context = {"form": form, "page": page, "mine": mine, "everywhere": everywhere}
    return render(request, "wrangling/wrangling_home.html", context, status=status_of(form))


@wranglers_only
@require_POST
def fandom_take(request: SignedInRequest, name: str) -> HttpResponse:
    """Take a fandom."""
    fandom = get_object_or_404(Tag.objects.of_kind(FANDOM), pk=find_tag(request, name).pk, is_canonical=True)
    assigning.take([fandom], by=request.user)
    messages.success(request, _("You look after “%(fandom)s” now.") % {"fandom": fandom})
    return redirect("tag_wrangle", fandom.path_name)


@wranglers_only
@require_POST
def fandom_leave(request: SignedInRequest, name: str) -> HttpResponse:
    """Look after a fandom no longer."""
    fandom = find_tag(request, name)
    assigning.leave(fandom, by=request.user)
    messages.success(request, _("You do not look after “%(fandom)s” any more.") % {"fandom": fandom})
    return redirect("wrangling_home")


@wranglers_only
@require_safe
def wrangling_log(request: SignedInRequest) -> HttpResponse:
    """What wranglers did, the latest first, of one tag or of one wrangler where that is asked for."""
    tag, wrangler = request.GET.get("tag", "").strip(), request.GET.get("by", "").strip()
    acts = WranglingAct.objects.select_related("by", "undone_by", "tag")
    if tag:
        acts = acts.filter(tag__folded=folded_key(tag))
    if wrangler:
        acts = acts.filter(by__username__iexact=wrangler)
    page = page_asked_for(Paginator(acts, ACTS_ON_A_PAGE), request)
    context = {"page": page, "tag": tag, "wrangler": wrangler, "querystring_base": query_without_page(request)}
    return render(request, "wrangling/wrangling_log.html", context)


@wranglers_only
@require_POST
def act_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an act back."""
    act = get_object_or_404(WranglingAct, pk=pk)
    try:
        undoing.undo(act, by=request.user)
    except WranglingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone: %(act)s") % {"act": act.sentence})
    return redirect("wrangling_log")
