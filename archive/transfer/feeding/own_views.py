"""A member's own feeds, at addresses that only they know, and the page that tells these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from archive import paging
from archive.people.requests import SignedInRequest, signed_in
from archive.reading import marks, subscriptions
from archive.search import listings
from archive.search.blurbs import blurbs_of
from archive.transfer import atom, freshness
from archive.transfer.feeding import keys
from archive.transfer.feeding.listing_feeds import ENTRIES, ListingFeed
from archive.transfer.feeding.models import FeedKey
from archive.transfer.linking import whole
from archive.transfer.plainly import plainly
from archive.warnings import leaving_out, readers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from archive.search.blurbs import Blurb
    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet


@signed_in
@require_safe
@cache_control(private=True, no_store=True)
def feeds(request: SignedInRequest) -> HttpResponse:
    """The addresses of a member's own feeds."""
    key = FeedKey.objects.editable_by(request.user).first()
    addresses = (
        [
            (_("What I follow"), whole(reverse("subscriptions_feed", args=[key.key]))),
            (_("Marked for later"), whole(reverse("marked_feed", args=[key.key]))),
        ]
        if key
        else []
    )
    return render(request, "transfer/feeds.html", {"key": key, "addresses": addresses})


@signed_in
@require_POST
def feeds_renewal(request: SignedInRequest) -> HttpResponse:
    """Make the addresses, or others in their place."""
    keys.renew(by=request.user)
    messages.success(request, _("These are the addresses of your feeds. Earlier ones lead nowhere any longer."))
    return redirect("feeds")


@signed_in
@require_POST
def feeds_removal(request: SignedInRequest) -> HttpResponse:
    """Have the addresses lead nowhere."""
    keys.give_up(by=request.user)
    messages.success(request, _("Your feeds are closed."))
    return redirect("feeds")


@require_safe
@plainly
def subscriptions_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """What came to what a member follows, the newest first by the clock."""
    reader = reader_by(key)
    works = subscriptions.works_followed_by(reader.user).latest_arrived_first()
    return answer_works(request, works, _("What I follow"), "followed", reader=reader)


@require_safe
@plainly
def marked_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """What a member marks for later, the last marked first."""
    reader = reader_by(key)
    return answer_works(request, marks.marked_by(reader.user), _("Marked for later"), "marked", reader=reader)


def reader_by(key: str) -> Reader:
    """Answer the reader whose key this is; a wrong one is a 404."""
    owner = keys.owner_of(key)
    if owner is None:
        raise Http404
    return readers.member(owner)


def answer_works(request: HttpRequest, works: WorkQuerySet, title: str, name: str, *, reader: Reader) -> HttpResponseBase:
    """Answer the feed of some works, without what their reader leaves out."""
    shown = leaving_out.leave_out(works, reader=reader).for_pages()
    page = paging.page_of(Paginator(shown, ENTRIES), listings.page_number(request))
    found: Page[Blurb] = Page(blurbs_of(page.object_list, reader=reader), page.number, page.paginator)  # type: ignore[arg-type] # its paginator only counts
    feed = ListingFeed.of(title, found, path=request.path, query=[], html_page="", name=f"{name}:{reader.user.pk}")
    return freshness.answer(request, feed.digest(), feed.draw, content_type=atom.CONTENT_TYPE, owner=reader.user.pk or 0)
