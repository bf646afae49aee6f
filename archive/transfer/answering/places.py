"""Tags, fandoms, languages, series and authors, and the works of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from archive.people.models import Pseud
from archive.search import browsing, suggesting, tag_pages
from archive.search.selecting import known_tags
from archive.search.selections import Selection
from archive.tags.naming import from_path
from archive.transfer.answering import asked, drawing, listing, problems, shapes
from archive.transfer.answering.entering import reader_of
from archive.transfer.linking import whole
from archive.warnings import leaving_out
from archive.works.models import Work
from archive.works.series import Series

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.tags.models import Tag

PSEUDS_SHOWN = 50  # of one account, as on its profile
MOST_DIGITS = 19  # of the number of a row

router = Router()


def find_tag(request: HttpRequest, name: str) -> Tag:
    """Answer a tag that whoever asks may know of, by its id or its name; of a tag that is called by a number, by its name last."""
    known = known_tags(request.user)
    if name.isascii() and name.isdecimal() and len(name) <= MOST_DIGITS and (found := known.filter(pk=int(name)).first()):
        return found
    return get_object_or_404(known.named(from_path(name)))


@router.get("/tags", response=shapes.TagList, url_name="tags", summary="Find tags", tags=["Tags"])
def tags(
    request: HttpRequest,
    term: Annotated[str, Query(description="The beginning of a word in the name.", examples=["ines"])],
    kind: Annotated[str, Query(description="The code of a kind; any, where it is left out.", pattern="^[a-z0-9_-]{0,30}$")] = "",
) -> drawing.Json:
    """Tags with words that begin like this, what is used most first, as the site offers them while somebody types."""
    try:
        names = suggesting.tags_for(kind or suggesting.ANY_TAG, term.replace("\0", ""), viewer=request.user)
    except suggesting.NoSuchMethod as nothing:
        raise problems.not_there() from nothing
    found = {tag.name: tag for tag in known_tags(request.user).filter(name__in=names)}
    return {"items": drawing.tags(found[name] for name in names if name in found)}


@router.get("/tags/{name}", response=shapes.TagDetail, url_name="tag", summary="A tag", tags=["Tags"])
def tag(request: HttpRequest, name: str) -> drawing.Json:
    """A tag, by its id or by its name as it stands in the site's own addresses."""
    page = tag_pages.page_of(find_tag(request, name), reader=reader_of(request))
    return {
        **drawing.tag(page.tag),
        "description": page.tag.explanation,
        "status": str(page.tag.status.value),
        "canonical": drawing.tag(page.canonical) if page.canonical else None,
        "parents": drawing.tags(page.parents),
        "synonyms": drawing.tags(page.synonyms),
        "works": page.works,
        "works_url": drawing.api("tag_works", page.tag.pk),
    }


@router.get("/tags/{name}/works", response=shapes.WorkPage, url_name="tag_works", summary="The works of a tag", tags=["Tags"])
def tag_works(
    request: HttpRequest,
    name: str,
    filters: Query[asked.Filters],  # noqa: ARG001 # for the document
    part: Query[asked.Part],
) -> drawing.Json:
    """The works that bear a tag, a synonym of it or a sub-tag."""
    base, reader = Selection(include=(find_tag(request, name).pk,)), reader_of(request)
    return listing.page_of(request, base, part, reader=reader)


@router.get("/fandoms", response=shapes.FandomPage, url_name="fandoms", summary="The fandoms", tags=["Tags"])
def fandoms(request: HttpRequest, rest: Query[asked.Rest]) -> drawing.Json:
    """The fandoms that there are works in, by name, each with how many works whoever asks may find."""
    counted = browsing.fandoms_with_counts(viewer=request.user)
    begins, behind = listing.places(rest, count=len(counted), of=request.path)
    items = [drawing.tag(one.row) | {"works": one.works} for one in counted[begins : begins + rest.limit]]
    return {"count": len(counted), "items": items, "next": listing.next_address(request, behind) if behind else None}


@router.get("/languages", response=shapes.LanguageList, url_name="languages", summary="The languages", tags=["Works"])
def languages(request: HttpRequest) -> drawing.Json:
    """The languages that there are works in."""
    found = browsing.languages_with_counts(viewer=request.user)
    return {
        "items": [{**(drawing.language(one.row) or {}), "english_name": one.row.english_name, "works": one.works} for one in found]
    }


@router.get("/series/{int:pk}", response=shapes.SeriesDetail, url_name="series", summary="A series", tags=["Series"])
def series(request: HttpRequest, pk: int) -> drawing.Json:
    """A series, without its works."""
    found = get_object_or_404(Series.objects.visible_to(request.user).with_makers(), pk=pk)
    _order, totals = browsing.in_order(found, reader=reader_of(request))
    return {
        "id": found.pk,
        "title": found.title,
        "authors": [named(pseud) for pseud in found.pseuds.all()],
        "summary": str(found.summary),
        "notes": str(found.notes),
        "works": totals.works,
        "words": totals.words,
        "begun_at": totals.begun_at,
        "updated_at": totals.updated_at,
        "is_complete": found.is_complete,
        "url": whole(found.get_absolute_url()),
        "works_url": drawing.api("series_works", found.pk),
    }


@router.get(
    "/series/{int:pk}/works", response=shapes.WorkPage, url_name="series_works", summary="The works of a series", tags=["Series"]
)
def series_works(request: HttpRequest, pk: int, part: Query[asked.Part]) -> drawing.Json:
    """The works of a series, in its order."""
    found = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    reader = reader_of(request)
    order, _totals = browsing.in_order(found, reader=reader)
    return listing.in_place(request, order, part, reader=reader)


def find_default(request: HttpRequest, username: str) -> Pseud:
    """Answer the default pseud of an account, in whatever case its name is written."""
    pseuds = Pseud.objects.visible_to(request.user).with_account().filter(is_default=True)
    return get_object_or_404(pseuds, user__username__iexact=username)


@router.get("/authors/{username}", response=shapes.AuthorDetail, url_name="author", summary="An author", tags=["Authors"])
def author(request: HttpRequest, username: str) -> drawing.Json:
    """A member and their pseuds."""
    person = find_default(request, username).user
    pseuds = Pseud.objects.visible_to(request.user).with_account().filter(user=person)[:PSEUDS_SHOWN]
    works = leaving_out.leave_out(Work.objects.listed_to(request.user).made_by(person), reader=reader_of(request))
    return {
        "username": person.username,
        "url": whole(person.get_absolute_url()),
        "pseuds": [
            named(pseud)
            | {
                "is_default": pseud.is_default,
                "about": str(pseud.about),
                "works_url": drawing.api("pseud_works", person.username, pseud.name),
            }
            for pseud in pseuds
        ],
        "works": works.count(),
        "works_url": drawing.api("author_works", person.username),
    }


@router.get(
    "/authors/{username}/works",
    response=shapes.WorkPage,
    url_name="author_works",
    summary="The works of an author",
    tags=["Authors"],
)
def author_works(
    request: HttpRequest,
    username: str,
    filters: Query[asked.Filters],  # noqa: ARG001 # for the document
    part: Query[asked.Part],
) -> drawing.Json:
    """The works of a member, under whichever of their names."""
    base, reader = Selection(user=find_default(request, username).user_id), reader_of(request)
    return listing.page_of(request, base, part, reader=reader)


@router.get(
    "/authors/{username}/pseuds/{name}/works",
    response=shapes.WorkPage,
    url_name="pseud_works",
    summary="The works under a pseud",
    tags=["Authors"],
)
def pseud_works(
    request: HttpRequest,
    username: str,
    name: str,
    filters: Query[asked.Filters],  # noqa: ARG001 # for the document
    part: Query[asked.Part],
) -> drawing.Json:
    """The works under one of a member's names."""
    pseuds = Pseud.objects.visible_to(request.user).filter(user__username__iexact=username)
    base, reader = Selection(pseud=get_object_or_404(pseuds, name__iexact=name).pk), reader_of(request)
    return listing.page_of(request, base, part, reader=reader)


def named(pseud: Pseud) -> drawing.Json:
    """Answer a pseud as it stands under works."""
    return {"name": pseud.name, "username": pseud.user.username, "url": whole(pseud.get_absolute_url())}
