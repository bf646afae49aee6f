"""Pages that list works: the home page, recent works, and a page for each tag, author, series and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.people.models import Pseud, User
from archive.search import blurbs, browsing, listings, suggesting
from archive.tags.models import FANDOM, MEDIA, Kind, Tag
from archive.tags.naming import from_path
from archive.warnings import leaving_out
from archive.warnings.readers import reader_of
from archive.works.models import Language, Series, Tagging, Work

if TYPE_CHECKING:
    from archive.works.models import WorkQuerySet

WORKS_AT_HOME = 5


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


def answer_listing(request: HttpRequest, works: WorkQuerySet, template: str, context: dict[str, object]) -> HttpResponse:
    """Answer a page with a listing of works, the latest first."""
    page = listings.page_of(works.latest_first(), request=request, reader=reader_of(request))
    listing = {"page": page, "querystring_base": listings.query_without_page(request)}
    return render(request, template, context | listing)


@require_safe
def works_index(request: HttpRequest) -> HttpResponse:
    """All works, the latest first."""
    return answer_listing(request, Work.objects.listed_to(request.user), "search/works_index.html", {})


def find_tag(request: HttpRequest, name: str) -> Tag:
    """Answer the tag whose name stands in an address, if anybody may know of it."""
    tag = get_object_or_404(Tag.objects.named(from_path(name)))
    if not tag.is_canonical and not Tagging.objects.visible_to(request.user).filter(tag=tag).exists():
        raise Http404
    return tag


@require_safe
def tag_works(request: HttpRequest, name: str) -> HttpResponse:
    """The works that bear a tag. A synonym leads to what it is a synonym of."""
    tag = find_tag(request, name)
    if tag.synonym_of_id is not None:
        return redirect(Tag.objects.get(synonyms=tag))
    family = Tag.objects.family_ids([tag.pk])
    works = Work.objects.listed_to(request.user).bearing_any(family)
    return answer_listing(
        request,
        works,
        "search/tag_works.html",
        {"tag": tag, "place": f"in {tag.name}", "tag_url": reverse("tag_show", args=[tag.path_name])},
    )


@require_safe
def tag_show(request: HttpRequest, name: str) -> HttpResponse:
    """What a tag is: its kind, what it means, what it belongs to, its other spellings."""
    tag = find_tag(request, name)
    known = Tag.objects.known_or_in(Tagging.objects.visible_to(request.user))
    context = {
        "tag": tag,
        "kind": Kind.objects.get(pk=tag.kind_id),
        "canonical": Tag.objects.filter(synonyms=tag).first(),
        "parents": tag.parents.all(),
        "metatags": tag.metatags.all(),
        "subtags": known.filter(metatags=tag).order_by("folded"),
        "synonyms": known.filter(synonym_of=tag).order_by("folded"),
    }
    return render(request, "search/tag_show.html", context)


@require_safe
def media_index(request: HttpRequest) -> HttpResponse:
    """All types of media, each with its largest fandoms."""
    return render(request, "search/media_index.html", {"media": browsing.media_with_fandoms(viewer=request.user)})


@require_safe
def media_fandoms(request: HttpRequest, name: str) -> HttpResponse:
    """The fandoms of one type of media, by letter, with their counts."""
    medium = get_object_or_404(Tag.objects.of_kind(MEDIA).named(from_path(name)))
    letters = browsing.fandoms_by_letter(medium, viewer=request.user)
    return render(request, "search/media_fandoms.html", {"medium": medium, "letters": letters})


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
    works = Work.objects.listed_to(request.user).filter(language=language)
    return answer_listing(request, works, "search/language_works.html", {"language": language, "place": f"in {language.name}"})


@require_safe
def series_show(request: HttpRequest, pk: int) -> HttpResponse:
    """A series and its works, in their order."""
    series = get_object_or_404(Series.objects.visible_to(request.user).prefetch_related("pseuds__user"), pk=pk)
    works = Work.objects.listed_to(request.user).filter(series_entries__series=series)
    reader = reader_of(request)
    page = listings.page_of(works.order_by("series_entries__position", "pk"), request=request, reader=reader)
    context = {
        "series": series,
        "page": page,
        "totals": browsing.totals(leaving_out.leave_out(works, reader=reader)),
        "querystring_base": listings.query_without_page(request),
    }
    return render(request, "search/series_show.html", context)


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
        "pseuds": person.pseuds.all(),
        "blurbs": blurbs.blurbs_of(works.latest_first().for_pages()[:WORKS_AT_HOME], reader=reader),
        "work_count": works.count(),
        "series": Series.objects.visible_to(request.user).filter(pseuds__user=person).distinct().order_by("title"),
    }
    return render(request, "search/user_show.html", context)


@require_safe
def user_works(request: HttpRequest, username: str) -> HttpResponse:
    """All works of a member, under whichever of their names."""
    person = find_user(request, username)
    works = Work.objects.listed_to(request.user).made_by(person)
    context = {"person": person, "author": person.username, "place": f"by {person.username}"}
    return answer_listing(request, works, "search/author_works.html", context)


@require_safe
def pseud_works(request: HttpRequest, username: str, name: str) -> HttpResponse:
    """The works under one of a member's names."""
    pseuds = Pseud.objects.visible_to(request.user).with_account()
    pseud = get_object_or_404(pseuds, user__username__iexact=username, name__iexact=name)
    works = Work.objects.listed_to(request.user).by(pseud)
    context = {"person": pseud.user, "author": pseud.byline, "about": pseud.about, "place": f"by {pseud.byline}"}
    return answer_listing(request, works, "search/author_works.html", context)


@require_safe
def autocomplete(request: HttpRequest, method: str) -> JsonResponse:
    """Offer tags to a field, as the list of objects that userscripts know."""
    try:
        names = suggesting.tags_for(method, request.GET.get("term", ""), viewer=request.user)
    except suggesting.NoSuchMethod as nothing:
        raise Http404 from nothing
    return JsonResponse([{"id": name, "name": name} for name in names], safe=False)
