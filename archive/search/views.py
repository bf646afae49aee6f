"""Pages that list works: the home page, recent works, and a page for each tag, author, series and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_safe

from archive import engines
from archive.people import bylines
from archive.people.models import Pseud, User
from archive.search import alike, blurbs, browsing, listings, suggesting, tag_pages
from archive.search.listings import Place, tell_machines
from archive.search.parameters import written
from archive.search.selecting import known_tags
from archive.search.selections import Selection
from archive.tags.models import FANDOM, MEDIA, Kind, Tag
from archive.tags.naming import from_path, to_path
from archive.warnings import leaving_out
from archive.warnings.readers import reader_of
from archive.works.models import Language, Series, Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from archive.search.listings import Listing

WORKS_AT_HOME = 5
PSEUDS_SHOWN = 50  # of one account: orphan_account has thousands
CONTEXTS = ("tag_id", "user_id", "pseud_id", "language_id")  # where AO3's form says it stands


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
    request: HttpRequest, place: Place, template: str, context: Mapping[str, object], *, avoids: bool = False
) -> HttpResponse:
    """Answer a page with a listing of works, filtered and sorted as its address asks."""
    return answer(request, listings.listing_of(request, place, reader=reader_of(request)), template, context, avoids=avoids)


def answer(
    request: HttpRequest, listing: Listing, template: str, context: Mapping[str, object], *, avoids: bool = False
) -> HttpResponse:
    """Answer a page with this listing; `avoids` says that it is somebody's who wants search engines to leave it out."""
    context = {**context, "listing": listing}
    return tell_machines(engines.answer(request, template, context, avoids=avoids, status=listing.status), listing)


@require_safe
def works_index(request: HttpRequest) -> HttpResponse:
    """All works, the latest first. With AO3's parameters for a tag, a person or a language: the way to those."""
    if way := listing_asked_for(request):
        return redirect(with_query(way, request.GET, *CONTEXTS))
    return answer_listing(request, Place(path=request.path), "search/works_index.html", {})


def listing_asked_for(request: HttpRequest) -> str:
    """Answer the address of the listing that AO3's parameters name; nothing where they name none."""
    tag, user, pseud, language = (request.GET.get(name, "").replace("\0", "").strip() for name in CONTEXTS)
    try:
        if user:
            return reverse("pseud_works", args=[user, pseud]) if pseud else reverse("user_works", args=[user])
        if tag:
            return reverse("tag_works", args=[to_path(from_path(tag))])
        return reverse("language_works", args=[language]) if language else ""
    except NoReverseMatch as nobody:
        raise Http404 from nobody


def with_query(address: str, query: QueryDict, *left_out: str) -> str:
    """Answer an address with the parameters of another, without some."""
    pairs = [(key, value) for key, values in query.lists() for value in values if key not in left_out]
    return f"{address}?{written(pairs)}" if pairs else address


def find_tag(request: HttpRequest, name: str) -> Tag:
    """Answer the tag whose name stands in an address, if anybody may know of it."""
    return get_object_or_404(known_tags(request.user).named(from_path(name)))


@require_safe
def tag_works(request: HttpRequest, name: str) -> HttpResponse:
    """The works that bear a tag. A synonym leads to what it is a synonym of."""
    tag = find_tag(request, name)
    if tag.synonym_of_id is not None:
        return redirect(with_query(Tag.objects.get(synonyms=tag).get_absolute_url(), request.GET))
    place = Place(path=tag.get_absolute_url(), words=f"in {tag.name}", base=Selection(include=(tag.pk,)), tag=tag)
    return answer_listing(request, place, "search/tag_works.html", {"tag": tag})


@require_safe
def tag_show(request: HttpRequest, name: str) -> HttpResponse:
    """What a tag is: its kind, what it means, what it belongs to and what belongs to it, its other spellings."""
    tag = find_tag(request, name)
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
    return redirect(get_object_or_404(Tag.objects.of_kind(FANDOM), pk=find_tag(request, name).pk))


@require_safe
def languages_index(request: HttpRequest) -> HttpResponse:
    """The languages that there are works in."""
    languages = browsing.languages_with_counts(viewer=request.user)
    return render(request, "search/languages_index.html", {"languages": languages})


@require_safe
def language_works(request: HttpRequest, code: str) -> HttpResponse:
    """The works in one language."""
    language = get_object_or_404(Language, code=code)
    fields = tuple(name for name in listings.BESIDE if name != "language_id")
    place = Place(
        path=escape_uri_path(request.path), words=f"in {language.name}", base=Selection(language=language.pk), fields=fields
    )
    return answer_listing(request, place, "search/language_works.html", {"language": language})


@require_safe
def series_show(request: HttpRequest, pk: int) -> HttpResponse:
    """A series and its works, in their order."""
    series = get_object_or_404(Series.objects.visible_to(request.user).with_makers(), pk=pk)
    reader = reader_of(request)
    order, totals = browsing.in_order(series, reader=reader)
    place = Place(path=series.get_absolute_url(), base=Selection(series=series.pk), order=tuple(order))
    listing = listings.listing_of(request, place, reader=reader)
    is_own = any(pseud.user_id == request.user.pk for pseud in series.pseuds.all())
    context = {"series": series, "totals": totals, "is_own": is_own}
    return answer(request, listing, "search/series_show.html", context, avoids=series.avoids_search_engines)


def find_user(request: HttpRequest, username: str) -> User:
    """Answer the account of this name, in whatever case it is written, with its pseuds."""
    pseud = Pseud.objects.visible_to(request.user).with_account().filter(user__username__iexact=username).first()
    if pseud is None:
        raise Http404
    return pseud.user


@require_safe
def user_show(request: HttpRequest, username: str) -> HttpResponse:
    """A member's profile: their names, what they say of themselves, their latest works."""
    person = find_user(request, username)
    reader = reader_of(request)
    works = leaving_out.leave_out(Work.objects.listed_to(request.user).made_by(person), reader=reader)
    context = {
        "person": person,
        "pseuds": person.pseuds.all()[:PSEUDS_SHOWN],
        "blurbs": blurbs.blurbs_of(works.latest_first().for_pages()[:WORKS_AT_HOME], reader=reader),
        "work_count": works.count(),
        "series": Series.objects.visible_to(request.user).filter(pseuds__user=person).distinct().order_by("title"),
    }
    return engines.answer(request, "search/user_show.html", context, avoids=person.avoids_search_engines)


@require_safe
def user_works(request: HttpRequest, username: str) -> HttpResponse:
    """All works of a member, under whichever of their names."""
    person = find_user(request, username)
    path = reverse("user_works", args=[person.username])
    place = Place(path=path, words=f"by {person.username}", base=Selection(user=person.pk))
    context = {"person": person, "author": person.username}
    return answer_listing(request, place, "search/author_works.html", context, avoids=person.avoids_search_engines)


@require_safe
def pseud_works(request: HttpRequest, username: str, name: str) -> HttpResponse:
    """The works under one of a member's names."""
    pseuds = Pseud.objects.visible_to(request.user).with_account()
    pseud = get_object_or_404(pseuds, user__username__iexact=username, name__iexact=name)
    place = Place(path=escape_uri_path(request.path), words=f"by {pseud.byline}", base=Selection(pseud=pseud.pk))
    context = {"person": pseud.user, "author": pseud.byline, "about": pseud.about}
    return answer_listing(request, place, "search/author_works.html", context, avoids=pseud.user.avoids_search_engines)


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
