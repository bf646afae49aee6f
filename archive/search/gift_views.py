"""Works that were given to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from archive import engines
from archive.errors import ArchiveError
from archive.people import bylines
from archive.search import blurbs, places
from archive.search.listings import WORKS_ON_A_PAGE, page_asked_for, query_without_page
from archive.warnings import leaving_out
from archive.warnings.readers import reader_of
from archive.works.gifts import LONGEST_RECIPIENT, Gift
from archive.works.models import Work

if TYPE_CHECKING:
    from archive.search.blurbs import Blurb
    from archive.works.models import WorkQuerySet


@require_safe
def user_gifts(request: HttpRequest, username: str) -> HttpResponse:
    """What a member was given and has taken; they themselves see what they refused, too."""
    person = places.find_user(username, viewer=request.user)
    works = Work.objects.listed_to(request.user).given_to(person)
    is_own = person == request.user and not request.user.reads_only  # what was refused is no reading for a program
    own = Gift.objects.visible_to(request.user) if is_own else Gift.objects.none()
    context = {
        "person": person,
        "is_own": is_own,
        "answered": own.exclude(accepted_at=None, refused_at=None).select_related("work").order_by("refused_at", "-given_at"),
    }
    return answer_gifts(request, works, context, avoids=person.avoids_search_engines)


@require_safe
def gifts(request: HttpRequest) -> HttpResponse:
    """What was given to a name: the way to a member's gifts, or the works for somebody who is not here."""
    name = " ".join(request.GET.get("recipient", "").replace("\0", "").split())[:LONGEST_RECIPIENT]
    if not name:
        raise Http404
    works = Work.objects.listed_to(request.user).given_to_name(name)
    try:
        person = bylines.pseud_called(name, viewer=request.user).user
    except ArchiveError:
        person = None
    if person is not None and not works.exists():
        return redirect("user_gifts", person.username)
    return answer_gifts(request, works, {"recipient": name}, avoids=True)  # a page for whatever name somebody types


def answer_gifts(request: HttpRequest, works: WorkQuerySet, context: dict[str, object], *, avoids: bool) -> HttpResponse:
    """Answer a page of works, the latest first; `avoids` says that search engines are to leave it out."""
    reader = reader_of(request)
    shown = leaving_out.leave_out(works.latest_first(), reader=reader)
    page = page_asked_for(Paginator(shown.for_pages(), WORKS_ON_A_PAGE), request)
    found: Page[Blurb] = Page(blurbs.blurbs_of(page.object_list, reader=reader), page.number, page.paginator)  # type: ignore[arg-type] # its paginator only counts
    context = {**context, "page": found, "querystring_base": query_without_page(request)}
    return engines.answer(request, "search/gifts.html", context, avoids=avoids)
