"""The catalogue, in whichever of its two languages a client asks for."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from archive.charter.context import charter_of_late
from archive.community.own import bookmarked_by
from archive.reading import marks, subscriptions
from archive.search import listings, parameters, places
from archive.search.parameters import Asked
from archive.tags.models import MEDIA, Tag
from archive.tags.naming import from_path
from archive.transfer import freshness, introducing
from archive.transfer.catalogue import building, covers, description, files, first, members, second
from archive.transfer.catalogue.members import open_to_members, open_to_readers
from archive.transfer.plainly import plainly, refuse
from archive.warnings.readers import GUEST
from archive.works import finding

if TYPE_CHECKING:
    from typing import IO

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.search.listings import Place
    from archive.transfer.catalogue.pages import CataloguePage
    from archive.warnings.readers import Reader

WORDS = ("query", "q")  # that are looked for; clients have both names


def wants_json(request: HttpRequest) -> bool:
    """Whether a client asks for OPDS 2.0 by name, and not rather for Atom. Most say nothing of either: they know 1.2 alone."""
    qualities = {one.main_type + "/" + one.sub_type: one.quality for one in reversed(request.accepted_types)}
    json = qualities.get(second.TYPE, 0)
    return json > 0 and json >= qualities.get(first.PLAIN, 0)


def answer(request: HttpRequest, page: CataloguePage, *, reader: Reader) -> HttpResponseBase:
    """Answer a page of the catalogue as its client wants it told. What a guest sees anybody may keep."""
    told, kind = (second, second.TYPE) if wants_json(request) else (first, first.content_type(page))
    written = kind if told is second else f"{kind};charset=utf-8"
    response = freshness.answer(
        request, page.digest(kind), partial(told.draw, page), content_type=written, owner=reader.user.pk or 0
    )
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
@plainly
@open_to_readers
def beginning(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The first page."""
    return answer(request, building.beginning(), reader=reader)


@require_safe
@plainly
@open_to_readers
def fandoms(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The fandoms, the largest first."""
    return answer(request, building.fandoms(listings.page_number(request), reader=reader), reader=reader)


@require_safe
@plainly
@open_to_readers
def media(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The kinds of media."""
    return answer(request, building.media(reader=reader), reader=reader)


@require_safe
@plainly
@open_to_readers
def medium(request: HttpRequest, reader: Reader, name: str) -> HttpResponseBase:
    """The fandoms of one kind of media, by name."""
    tag = get_object_or_404(Tag.objects.of_kind(MEDIA).named(from_path(name)))
    return answer(request, building.medium(tag, listings.page_number(request), reader=reader), reader=reader)


@require_safe
@plainly
@open_to_readers
def series(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The series, the newest first."""
    return answer(request, building.series(listings.page_number(request), reader=reader), reader=reader)


@require_safe
@plainly
@open_to_readers
def languages(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The languages that there are works in."""
    return answer(request, building.languages(reader=reader), reader=reader)


@require_safe
@plainly
@open_to_readers
def listing(request: HttpRequest, reader: Reader, listing: str) -> HttpResponseBase:
    """Any listing of works, with the filters of its page as facets."""
    place, asked = places.find_asked(f"/{listing}", request.GET, reader=reader)
    return answer_place(request, place, asked, reader=reader)


@require_safe
@plainly
@open_to_readers
def search(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The works in which words are found that somebody typed into their e-reader."""
    words = next((found for name in WORDS if (found := request.GET.get(name, "").strip())), "")
    query = QueryDict(parameters.written([(parameters.field_name("query"), words)]))
    return answer_place(request, places.search(reader=reader), Asked.of(query), reader=reader)


def answer_place(request: HttpRequest, place: Place, asked: Asked, *, reader: Reader) -> HttpResponseBase:
    """Answer a page of the works of a place."""
    manner = building.IN_THEIR_ORDER if place.order else building.NEWEST_FIRST
    found = listings.listing_for_tools(asked, listings.page_number(request), place, manner, reader=reader)
    if found.page is None:
        return listings.tell_machines(refuse(found.refusal_in_full, HTTPStatus(found.status)), found)
    return answer(request, building.of_listing(found, found.page), reader=reader)


@require_safe
@plainly
@open_to_members
def marked(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """What a member marks for later, the last marked first."""
    works = marks.marked_by(reader.user)
    return answer(request, building.of_works(works, listings.page_number(request), building.MARKED, reader=reader), reader=reader)


@require_safe
@plainly
@open_to_members
def followed(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """What came to what a member follows, the newest first by the clock."""
    works = subscriptions.works_followed_by(reader.user).latest_arrived_first()
    return answer(request, building.of_works(works, listings.page_number(request), building.FOLLOWED, reader=reader), reader=reader)


@require_safe
@plainly
@open_to_members
def bookmarked(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The works that a member has bookmarked, the last first, those that they keep to themselves among them."""
    works = bookmarked_by(reader.user)
    return answer(
        request, building.of_works(works, listings.page_number(request), building.BOOKMARKED, reader=reader), reader=reader
    )


@require_safe
def authentication(_request: HttpRequest) -> HttpResponse:
    """How a member is known here."""
    return HttpResponse(members.document(), content_type=members.TYPE)


@require_safe
def describe(_request: HttpRequest) -> HttpResponse:
    """How to search. It tells nothing that is anybody's own, and is asked for without a password."""
    return HttpResponse(description.draw(charter_of_late().name), content_type=description.TYPE)


@require_safe
@plainly
def cover(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The cover of a work that is for everybody."""
    work = finding.find_posted(pk, viewer=GUEST.user)
    if work is None:
        raise Http404
    return answer_picture(request, *covers.of_work(introducing.introduction_of(work, reader=GUEST)))


@require_safe
def cover_of_nothing(request: HttpRequest) -> HttpResponseBase:
    """The cover of whatever is for members alone."""
    return answer_picture(request, *covers.of_nothing())


def answer_picture(request: HttpRequest, name: str, file: IO[bytes]) -> HttpResponseBase:
    """Answer a picture that anybody may keep."""
    return freshness.answer_file(request, name, file, content_type=files.PNG)
