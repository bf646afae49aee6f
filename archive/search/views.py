"""Pages that list works: the home page, recent works, and a page for each tag, author, series and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from archive import engines
from archive.people import bylines
from archive.search import alike, blurbs, browsing, listings, places, subscribing, suggesting, tag_pages
from archive.search.listings import tell_machines
from archive.search.parameters import written
from archive.tags.models import FANDOM, MEDIA, Kind, Tag
from archive.tags.naming import from_path
from archive.warnings import leaving_out
from archive.warnings.readers import reader_of
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from archive.people.models import Pseud, User
    from archive.search.listings import Listing, Place
    from archive.warnings.readers import Reader

WORKS_AT_HOME = 5
PSEUDS_SHOWN = 50  # of one account: orphan_account has thousands


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what the archive is, the latest works, the fandoms with most works."""
    reader = reader_of(request)
    latest = leaving_out.leave_out(Work.objects.listed_to(request.user).latest_first(), reader=reader)
    context = {
        "blurbs": blurbs.blurbs_of(latest.for_pages()[:WORKS_AT_HOME], reader=reader),
        "fandoms": browsing.largest_fandoms(viewer=request.user),
    }
    return render(request, "search/home.html", context)


def answer_listing(
    request: HttpRequest, place: Place, template: str, context: Mapping[str, object], *, reader: Reader, avoids: bool = False
) -> HttpResponse:
    """Answer a page with a listing of works, filtered and sorted as its address asks."""
    context = {**context, "subscription": subscribing.subscription_at(request, place)}
    return answer(request, listings.listing_of(request, place, reader=reader), template, context, avoids=avoids)


def answer(
    request: HttpRequest, listing: Listing, template: str, context: Mapping[str, object], *, avoids: bool = False
) -> HttpResponse:
    """Answer a page with this listing; `avoids` says that it is somebody's who wants search engines to leave it out."""
    context = {**context, "listing": listing}
    return tell_machines(engines.answer(request, template, context, avoids=avoids, status=listing.status), listing)


@require_safe
def works_index(request: HttpRequest) -> HttpResponse:
    """All works, the latest first. With AO3's parameters for a tag, a person or a language: the way to those."""
    if way := places.asked_for(request.GET):
        return redirect(with_query(way, request.GET, *places.CONTEXTS))
    reader = reader_of(request)
    return answer_listing(request, places.everything(reader=reader), "search/works_index.html", {}, reader=reader)


def with_query(address: str, query: QueryDict, *left_out: str) -> str:
    """Answer an address with the parameters of another, without some."""
    pairs = [(key, value) for key, values in query.lists() for value in values if key not in left_out]
    return f"{address}?{written(pairs)}" if pairs else address


@require_safe
def tag_works(request: HttpRequest, name: str) -> HttpResponse:
    """The works that bear a tag. A synonym leads to what it is a synonym of."""
    reader = reader_of(request)
    place = places.of_tag(name, reader=reader)
    if place.is_elsewhere:
        return redirect(with_query(place.path, request.GET))
    return answer_listing(request, place, "search/tag_works.html", {"tag": place.tag}, reader=reader)


@require_safe
def tag_show(request: HttpRequest, name: str) -> HttpResponse:
    """What a tag is: its kind, what it means, what it belongs to and what belongs to it, its other spellings."""
    tag = places.find_tag(name, viewer=request.user)
    page = tag_pages.page_of(tag, reader=reader_of(request))
    return render(request, "search/tag_show.html", {"tag": tag, "page": page, "kind": Kind.objects.get(pk=tag.kind_id)})


@require_safe
def media_index(request: HttpRequest) -> HttpResponse:
    """All types of media, each with its largest fandoms."""
    return render(request, "search/media_index.html", {"media": browsing.media_with_fandoms(viewer=request.user)})


@require_safe
def media_fandoms(request: HttpRequest, name: str) -> HttpResponse:
    """The fandoms of one type of media, by letter, with their counts."""
    medium = get_object_or_404(Tag.objects.of_kind(MEDIA).named(from_path(name)))
    name_part = request.GET.get("name", "").replace("\0", "").strip()
    letters = browsing.fandoms_by_letter(medium, viewer=request.user, name=name_part)
    return render(request, "search/media_fandoms.html", {"medium": medium, "letters": letters, "name_part": name_part})


@require_safe
def fandom_show(request: HttpRequest, name: str) -> HttpResponse:
    """The short address of a fandom leads to its works."""
    return redirect(get_object_or_404(Tag.objects.of_kind(FANDOM), pk=places.find_tag(name, viewer=request.user).pk))


@require_safe
def languages_index(request: HttpRequest) -> HttpResponse:
    """The languages that there are works in."""
    languages = browsing.languages_with_counts(viewer=request.user)
    return render(request, "search/languages_index.html", {"languages": languages})


@require_safe
def language_works(request: HttpRequest, code: str) -> HttpResponse:
    """The works in one language."""
    reader = reader_of(request)
    place = places.of_language(code, reader=reader)
    return answer_listing(request, place, "search/language_works.html", {"language": place.subject}, reader=reader)


@require_safe
def series_show(request: HttpRequest, pk: int) -> HttpResponse:
    """A series and its works, in their order."""
    reader = reader_of(request)
    place = places.of_series(pk, reader=reader)
    series = cast("Series", place.subject)
    is_own = any(pseud.user_id == request.user.pk for pseud in series.pseuds.all())
    context = {"series": series, "totals": place.totals, "is_own": is_own}
    avoids = series.avoids_search_engines
    return answer_listing(request, place, "search/series_show.html", context, reader=reader, avoids=avoids)


@require_safe
def user_show(request: HttpRequest, username: str) -> HttpResponse:
    """A member's profile: their names, what they say of themselves, their latest works."""
    person = places.find_user(username, viewer=request.user)
    reader = reader_of(request)
    works = leaving_out.leave_out(Work.objects.listed_to(request.user).made_by(person), reader=reader)
    context = {
        "person": person,
        "pseuds": person.pseuds.all()[:PSEUDS_SHOWN],
        "blurbs": blurbs.blurbs_of(works.latest_first().for_pages()[:WORKS_AT_HOME], reader=reader),
        "work_count": works.count(),
        "series": Series.objects.visible_to(request.user).filter(pseuds__user=person).distinct().order_by("title"),
        "subscription": subscribing.subscription_to(request, person),
    }
    return engines.answer(request, "search/user_show.html", context, avoids=person.avoids_search_engines)


@require_safe
def user_works(request: HttpRequest, username: str) -> HttpResponse:
    """All works of a member, under whichever of their names."""
    reader = reader_of(request)
    place = places.of_user(username, reader=reader)
    person = cast("User", place.subject)
    context = {"person": person, "author": person.username}
    avoids = person.avoids_search_engines
    return answer_listing(request, place, "search/author_works.html", context, reader=reader, avoids=avoids)


@require_safe
def pseud_works(request: HttpRequest, username: str, name: str) -> HttpResponse:
    """The works under one of a member's names."""
    reader = reader_of(request)
    place = places.of_pseud(username, name, reader=reader)
    pseud = cast("Pseud", place.subject)
    context = {"person": pseud.user, "author": pseud.byline, "about": pseud.about}
    avoids = pseud.user.avoids_search_engines
    return answer_listing(request, place, "search/author_works.html", context, reader=reader, avoids=avoids)


@require_safe
def work_alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Works like one, for those who have come to its end; the page of a work shows the list alone."""
    work = get_object_or_404(Work.objects.listed_to(request.user).for_pages(), pk=pk)
    reader = reader_of(request)
    blurbs_alike = blurbs.blurbs_of(alike.alike(work, reader=reader), reader=reader)
    template = "search/work_alike.html#list" if "part" in request.GET else "search/work_alike.html"
    return render(request, template, {"work": work, "blurbs": blurbs_alike})


@require_safe
def autocomplete(request: HttpRequest, method: str) -> JsonResponse:
    """Offer tags, or the names of people, to a field, as the list of objects that userscripts know."""
    if method == "pseud":
        names = bylines.suggestions(request.GET.get("term", ""), viewer=request.user)
        return JsonResponse([{"id": name, "name": name} for name in names], safe=False)
    try:
        names = suggesting.tags_for(method, request.GET.get("term", ""), viewer=request.user, fandoms=request.GET.get("fandom", ""))
    except suggesting.NoSuchMethod as nothing:
        raise Http404 from nothing
    return JsonResponse([{"id": name, "name": name} for name in names], safe=False)
