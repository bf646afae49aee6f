"""The bins: lists of tags with boxes to tick, and acts for all that are ticked."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from archive.errors import ArchiveError
from archive.people.requests import wranglers_only
from archive.tags.models import FANDOM, Status
from archive.wrangling import bins
from archive.wrangling.bins import Bin, Order, Reach
from archive.wrangling.forms import ManyForm
from archive.wrangling.models import WranglerAssignment
from archive.wrangling.requests import (
    bin_address,
    find_tag,
    kind_asked_for,
    number_asked_for,
    query_without_page,
    status_asked_for,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from archive.people.requests import SignedInRequest
    from archive.tags.models import Kind
    from archive.tags.wrangling import Outcome


class Tab(NamedTuple):
    """A way to a bin beside the one that is shown."""

    label: str
    address: str
    is_current: bool


@wranglers_only
@require_http_methods(["GET", "HEAD", "POST"])
def tag_wrangle(request: SignedInRequest, name: str) -> HttpResponse:
    """The bins of a fandom. A synonym leads to those of its canonical."""
    fandom = find_tag(request, name)
    if fandom.kind_id != FANDOM:
        raise Http404
    if fandom.synonym_of is not None:
        return redirect("tag_wrangle", fandom.synonym_of.path_name)
    kinds = [kind for kind in bins.kinds() if kind.code != FANDOM]
    [place] = bins.places_of([fandom])
    asked = Bin(
        kind_asked_for(request, "show", kinds), status_asked_for(request), request.user, place, term_of(request), order_of(request)
    )
    keepers = list(
        WranglerAssignment.objects.filter(fandom=fandom).order_by("taken_at").values_list("wrangler__username", flat=True)
    )
    context = {"fandom": fandom, "keepers": keepers, "is_mine": request.user.username in keepers, "kind_name": "show"}
    return answer_bin(request, asked, kinds, context)


@wranglers_only
@require_http_methods(["GET", "HEAD", "POST"])
def bins_index(request: SignedInRequest) -> HttpResponse:
    """The bins of the whole archive."""
    kinds = bins.kinds()
    kind, status = kind_asked_for(request, "kind", kinds), status_asked_for(request)
    asked = Bin(kind, status, request.user, None, term_of(request), order_of(request))
    return answer_bin(request, asked, kinds, {"kind_name": "kind"})


def term_of(request: SignedInRequest) -> str:
    """Answer what the names have to hold."""
    return request.GET.get("name", "")[: bins.LONGEST_TERM]


def order_of(request: SignedInRequest) -> Order:
    """Answer what the bin is sorted by; one that cannot be is a 404."""
    try:
        return Order(request.GET.get("sort", Order.USES))
    except ValueError as nothing:
        raise Http404 from nothing


def answer_bin(request: SignedInRequest, asked: Bin, kinds: Sequence[Kind], context: dict[str, object]) -> HttpResponse:
    """Show a bin, or do what was asked of the tags that were ticked in it."""
    form = ManyForm(request.POST or None, of=asked)
    outcomes: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        outcomes = outcomes_of(form, request)
        if not form.errors and not any(outcome.refusal for outcome in outcomes):
            messages.success(request, summary(outcomes))
            return redirect(request.get_full_path())
    is_refused = bool(form.errors) or any(outcome.refusal for outcome in outcomes)
    paginator = Reach(asked.rows(), page=number_asked_for(request))
    fandom = asked.place.fandom if asked.place else None
    context |= {
        "bin": asked,
        "form": form,
        # The last tag of the last page may just have gone elsewhere.
        "page": paginator.get_page(number_asked_for(request)),
        "kinds": [Tab(kind.name_plural, bin_address(fandom, kind, asked.status), kind == asked.kind) for kind in kinds],
        "statuses": [Tab(str(one.label), bin_address(fandom, asked.kind, one), one == asked.status) for one in Status],
        "orders": Order.choices,
        "querystring_base": query_without_page(request),
        "summary": summary(outcomes) if outcomes else "",
        "refused": [outcome for outcome in outcomes if outcome.refusal],
        "into_url": reverse("autocomplete", args=[asked.kind.code]),
        "under_url": reverse("autocomplete", args=[form.parent_kind]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "wrangling/bin.html", context, status=status)


def outcomes_of(form: ManyForm, request: SignedInRequest) -> list[Outcome]:
    """Do what was asked, and answer what became of each tag; a name that cannot be merged into is said beside its field."""
    try:
        with transaction.atomic():
            return form.save(by=request.user)
    except ArchiveError as refusal:
        form.add_error("into", str(refusal))
        return []


def summary(outcomes: Sequence[Outcome]) -> str:
    """Say what became of many tags."""
    done = sum(outcome.act is not None for outcome in outcomes)
    refused = sum(outcome.refusal is not None for outcome in outcomes)
    same = len(outcomes) - done - refused
    said = [ngettext("%(count)d tag was changed.", "%(count)d tags were changed.", done) % {"count": done}]
    if same:
        said.append(ngettext("%(count)d was so already.", "%(count)d were so already.", same) % {"count": same})
    if refused:
        said.append(ngettext("%(count)d was refused.", "%(count)d were refused.", refused) % {"count": refused})
    return " ".join(said)
