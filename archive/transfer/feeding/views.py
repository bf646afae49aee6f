"""Feeds. The public ones are what a guest sees who has said nothing, and look at no cookie: anybody may keep them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.paginator import InvalidPage
from django.http import Http404, HttpResponseRedirect
from django.views.decorators.http import require_safe

from archive.search import listings, places
from archive.search.parameters import Asked
from archive.search.views import with_query
from archive.transfer import atom, freshness
from archive.transfer.feeding import bookmark_feeds, listing_feeds, work_feeds
from archive.transfer.plainly import plainly, refuse
from archive.warnings import opening
from archive.warnings.readers import GUEST
from archive.works import finding

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.search.listings import Place


@require_safe
@plainly
@opening.through_the_door_again
def work_feed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The chapters of a work. One that is for members alone is in no public feed."""
    work = finding.find_posted(pk, viewer=GUEST.user)
    if work is None:
        raise Http404
    try:
        feed = work_feeds.feed_of(work, request.path, listings.page_number(request), reader=GUEST)
        return freshness.answer(request, feed.digest(), feed.draw, content_type=atom.CONTENT_TYPE)
    except InvalidPage as nowhere:
        raise Http404 from nowhere


@require_safe
@plainly
def tag_feed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The works that bear a tag, by the number by which AO3's feeds name it; a tag whose name is a number is that."""
    try:
        place = places.of_tag(str(pk), reader=GUEST)
    except Http404:
        place = places.of_tag_numbered(pk, reader=GUEST)
    return answer_place(request, place, Asked.of(request.GET))


@require_safe
@plainly
def listing_feed(request: HttpRequest, listing: str) -> HttpResponseBase:
    """The works of any listing, filtered as its address says, what came before readers last first."""
    place, asked = places.find_asked(f"/{listing}", request.GET, reader=GUEST)
    return answer_place(request, place, asked)


@require_safe
@plainly
def bookmark_feed(request: HttpRequest, username: str) -> HttpResponseBase:
    """What a member bookmarks for all to see."""
    person = places.find_user(username, viewer=GUEST.user)
    feed = bookmark_feeds.feed_of(person, listings.page_number(request), reader=GUEST)
    return freshness.answer(request, feed.digest(), feed.draw, content_type=atom.CONTENT_TYPE)


def answer_place(request: HttpRequest, place: Place, asked: Asked) -> HttpResponseBase:
    """Answer the feed of the works of a place."""
    if place.is_elsewhere:
        return HttpResponseRedirect(with_query(place.feed, request.GET))
    number = listings.page_number(request)
    listing = listings.listing_for_tools(asked, number, place, listing_feeds.NEWEST_FIRST, reader=GUEST)
    if listing.page is None:
        return listings.tell_machines(refuse(listing.refusal_in_full, HTTPStatus(listing.status)), listing)
    query = asked.kept()
    feed = listing_feeds.ListingFeed.of(
        place.title, listing.page, path=place.feed, query=query, html_page=listing.address_for_people, name=place.name
    )
    return freshness.answer(request, feed.digest(), feed.draw, content_type=atom.CONTENT_TYPE)
