"""A member's history, and what they mark for later: listings like all others, with the same filters, and nobody else's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from archive.people.models import Scope
from archive.people.requests import SignedInRequest, open_to_tools, own_page, signed_in
from archive.reading import marking, visiting
from archive.reading.models import Reading
from archive.reading.requests import list_left
from archive.search import listings
from archive.search.listings import Place, page_asked_for, query_without_page
from archive.search.selections import Selection
from archive.search.views import answer, with_query
from archive.warnings.readers import reader_of
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from archive.reading.models import ReadingQuerySet
    from archive.search.blurbs import Blurb
    from archive.search.listings import Listing
    from archive.warnings.readers import Reader

SHOW, TO_READ = "show", "to-read"  # AO3's way to say "marked for later"
GONE_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A work in a history, and what is kept of it."""

    blurb: Blurb
    reading: Reading

    @property
    def is_updated_since(self) -> bool:
        """Whether something was posted in it since it was last opened."""
        revised, read = self.blurb.work.revised_at, self.reading.last_read_at
        return bool(revised and read and revised > read)


@open_to_tools(Scope.MARKS)
@require_safe
@signed_in
def readings(request: SignedInRequest, username: str) -> HttpResponse:
    """What a member has read, the latest first."""
    own_page(request, username)
    if request.GET.get(SHOW) == TO_READ:
        return redirect(with_query(reverse("marked", args=[request.user.username]), request.GET, SHOW))
    rows, reader = Reading.objects.of(request.user), reader_of(request)
    place, has_gone = place_of(request, rows.in_history().latest_first(), gettext_lazy("Last visited"), reader=reader)
    has_gone = has_gone or rows.filter(last_read_at=None).gone().exists()
    return answer_readings(request, place, {"is_history": True, "has_gone": has_gone}, reader=reader)


@open_to_tools(Scope.MARKS)
@require_safe
@signed_in
def marked(request: SignedInRequest, username: str) -> HttpResponse:
    """What a member marks for later, the latest first."""
    own_page(request, username)
    rows, reader = Reading.objects.of(request.user).marked().latest_marked_first(), reader_of(request)
    place, _has_gone = place_of(request, rows, gettext_lazy("Last marked"), reader=reader)
    return answer_readings(request, place, {"is_history": False}, reader=reader)


def place_of(request: SignedInRequest, rows: ReadingQuerySet, order_name: _StrPromise, *, reader: Reader) -> tuple[Place, bool]:
    """Answer the place of a listing of the works of these rows, in the order of the rows, and whether some are gone."""
    listed = Exists(Work.objects.listed_to(reader.user).filter(pk=OuterRef("work")))
    found = list(rows.values_list("work", listed))
    works = tuple(pk for pk, is_listed in found if is_listed and pk is not None)
    place = Place(
        path=request.path,
        base=Selection(works=works),
        order=works,
        finds_all=reader.folds_left_out or not reader.leaves_something_out,
        order_name=order_name,
        takes_filters=False,
        is_private=True,
    )
    return place, len(works) < len(found)


def answer_readings(request: SignedInRequest, place: Place, context: Mapping[str, object], *, reader: Reader) -> HttpResponse:
    """Answer a page of works with what is kept of each."""
    listing = listings.listing_of(request, place, reader=reader)
    return answer(request, listing, "search/readings.html", {**context, "rows": rows_of(request, listing)})


def rows_of(request: SignedInRequest, listing: Listing) -> Sequence[Row]:
    """Answer the works of a page, each with what is kept of it."""
    blurbs = listing.page.object_list if listing.page else []
    kept = {one.work_id: one for one in Reading.objects.of(request.user).filter(work__in=[blurb.work.pk for blurb in blurbs])}
    return [Row(blurb, kept[blurb.work.pk]) for blurb in blurbs if blurb.work.pk in kept]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def readings_gone(request: SignedInRequest, username: str) -> HttpResponse:
    """Works of a history that are no longer there: that there was one, and never which. They can all be let go of."""
    own_page(request, username)
    gone = Reading.objects.of(request.user).gone()
    if request.method == "POST":
        visiting.erase(gone, by=request.user)
        return redirect("readings", request.user.username)
    page = page_asked_for(Paginator(gone.latest_first(), GONE_ON_A_PAGE), request)
    return render(request, "search/readings_gone.html", {"page": page, "querystring_base": query_without_page(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def readings_clear(request: SignedInRequest, username: str) -> HttpResponse:
    """Ask whether to forget a whole history, and forget it."""
    own_page(request, username)
    if request.method != "POST":
        return render(request, "search/readings_clear.html")
    visiting.forget(Reading.objects.all(), by=request.user)
    messages.success(request, _("Your history is cleared."))
    return redirect("readings", request.user.username)


@require_http_methods(["POST", "DELETE"])
@signed_in
def reading(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """Take one work out of a history, or from what is marked."""
    own_page(request, username)
    row = get_object_or_404(Reading.objects.of(request.user).select_related("work"), pk=pk)
    if request.POST.get("from") == "marked" and row.work is not None:
        marking.mark_as_read(row.work, by=request.user)
    else:
        visiting.forget(Reading.objects.filter(pk=pk), by=request.user)
    messages.success(request, _("It is taken out."))
    return HttpResponseRedirect(list_left(request) or reverse("readings", args=[request.user.username]))
