"""Pages of bookmarks: everybody's, a member's, those of a work or a series, and one alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from archive.community import views as making
from archive.people.models import Pseud
from archive.reading.requests import find_work
from archive.search import blurbs, bookmark_lists, places
from archive.search.bookmark_search import BookmarkSearch
from archive.search.listings import query_without_page
from archive.search.views import with_query
from archive.warnings.headers import NAMING
from archive.warnings.readers import reader_of
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.community.models import BookmarkQuerySet
    from archive.tags.models import Tag


def answer_bookmarks(
    request: HttpRequest, narrow: Callable[[BookmarkQuerySet], BookmarkQuerySet], template: str, context: dict[str, object]
) -> HttpResponse:
    """Answer a page of bookmarks, as far as this reader may see them, and as the address asks for them."""
    reader = reader_of(request)
    form = BookmarkSearch(request.GET, viewer=request.user)
    found = form.found(narrow(bookmark_lists.shown_to(reader)), reader=reader)
    page = bookmark_lists.page_of(found, request, reader=reader)
    shown = {"page": page, "form": form, "querystring_base": query_without_page(request), "path": request.path}
    return render(request, template, {**context, **shown})


@require_safe
def bookmarks_index(request: HttpRequest) -> HttpResponse:
    """What members bookmark for all to see, the latest first."""
    return answer_bookmarks(request, lambda all_of_them: all_of_them.public(), "search/bookmarks_index.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
def work_bookmarks(request: HttpRequest, pk: int) -> HttpResponse:
    """The bookmarks of a work. What is posted here makes one, as it does at AO3."""
    if request.method == "POST":
        return making.work_bookmark_new(request, pk=pk)
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    context = {"subject": work, "blurb": blurbs.Blurb(work, reader_of(request))}
    return answer_bookmarks(request, lambda bookmarks: bookmarks.of(work), "search/subject_bookmarks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def series_bookmarks(request: HttpRequest, pk: int) -> HttpResponse:
    """The bookmarks of a series. What is posted here makes one."""
    if request.method == "POST":
        return making.series_bookmark_new(request, pk=pk)
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    return answer_bookmarks(request, lambda bookmarks: bookmarks.of(series), "search/subject_bookmarks.html", {"subject": series})


@require_safe
def tag_bookmarks(request: HttpRequest, name: str) -> HttpResponse:
    """The public bookmarks of works that bear a tag, and those whose owners call them so. A synonym leads to its common tag."""
    place = places.of_tag(name, reader=reader_of(request))
    tag = cast("Tag", place.tag)
    if place.is_elsewhere:
        return redirect(with_query(reverse("tag_bookmarks", args=[tag.path_name]), request.GET))
    called = bookmark_lists.called_by(tag, reader=reader_of(request))
    return answer_bookmarks(request, lambda found: found.public().filter(called), "search/tag_bookmarks.html", {"tag": tag})


@require_safe
def user_bookmarks(request: HttpRequest, username: str) -> HttpResponse:
    """A member's bookmarks; they themselves see the private ones, too."""
    person = places.find_user(username, viewer=request.user)
    tags = bookmark_lists.tags_of(person, reader=reader_of(request))
    context = {"person": person, "owner": person.username, "own_tags": tags, "is_own": person == request.user}
    context["can_take_along"] = context["is_own"]
    return answer_bookmarks(request, lambda bookmarks: bookmarks.by(person), "search/user_bookmarks.html", context)


@require_safe
def pseud_bookmarks(request: HttpRequest, username: str, name: str) -> HttpResponse:
    """The bookmarks under one of a member's names."""
    pseuds = Pseud.objects.visible_to(request.user).with_account()
    pseud = get_object_or_404(pseuds, user__username__iexact=username, name__iexact=name)
    context = {"person": pseud.user, "owner": pseud.byline, "is_own": pseud.user == request.user}
    return answer_bookmarks(request, lambda bookmarks: bookmarks.filter(pseud=pseud), "search/user_bookmarks.html", context)


@require_safe
def bookmark_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One bookmark. Whoever would rather not know which warnings there are may ask here."""
    reader = reader_of(request)
    if NAMING in request.GET:
        reader = replace(reader, hides_which=False)
    bookmark = get_object_or_404(bookmark_lists.shown_to(reader).with_names(), pk=pk)
    [blurb] = bookmark_lists.blurbs_with([bookmark], reader=reader)
    return render(request, "search/bookmark_show.html", {"bookmark": bookmark, "blurb": blurb})
