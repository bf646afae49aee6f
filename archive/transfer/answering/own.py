"""A member's own lists, for app passwords that open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Query, Router

from archive.community.models import Bookmark
from archive.reading import marks
from archive.reading.models import Subscription
from archive.search import bookmark_lists, news
from archive.transfer.answering import asked, drawing, listing, shapes
from archive.transfer.answering.entering import marks as with_marks
from archive.transfer.answering.entering import reader_of
from archive.transfer.linking import whole

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.search.bookmark_lists import BookmarkBlurb
    from archive.search.news import Subject

router = Router(tags=["My lists"], auth=with_marks)


@router.get("/me/marked", response=shapes.WorkPage, url_name="marked", summary="What I marked for later")
def marked(request: HttpRequest, part: Query[asked.Part]) -> drawing.Json:
    """The works that are marked for later, the most recently marked first."""
    works, reader = marks.marked_by(request.user), reader_of(request)
    return listing.in_order(request, works, part, reader=reader)


@router.get("/me/history", response=shapes.WorkPage, url_name="history", summary="What I have read")
def history(request: HttpRequest, part: Query[asked.Part]) -> drawing.Json:
    """The works that were opened, the most recently opened first."""
    works, reader = marks.read_by(request.user), reader_of(request)
    return listing.in_order(request, works, part, reader=reader)


@router.get("/me/subscriptions", response=shapes.SubscriptionPage, url_name="subscriptions", summary="What I follow")
def subscriptions(request: HttpRequest, rest: Query[asked.Rest]) -> drawing.Json:
    """What is followed, the latest first."""
    rows = Subscription.objects.of(request.user).latest_first()
    count = rows.count()
    begins, behind = listing.places(rest, count=count, of=request.path)
    shown = news.subjects_of(rows[begins : begins + rest.limit], reader=reader_of(request))
    items = [followed(row, what) for row, what in shown if what is not None]
    return {"count": count, "items": items, "next": listing.next_address(request, behind) if behind else None}


@router.get("/me/bookmarks", response=shapes.BookmarkPage, url_name="bookmarks", summary="What I bookmarked")
def bookmarks(request: HttpRequest, part: Query[asked.Part]) -> drawing.Json:
    """What is bookmarked, private or for all to see, the latest first."""
    rows, reader = Bookmark.objects.editable_by(request.user).latest_first(), reader_of(request)
    count = rows.count()
    begins, behind = listing.places(part, count=count, of=request.path)
    shown = bookmark_lists.blurbs_with(rows.with_names()[begins : begins + part.limit], reader=reader)
    items = [bookmarked(one, naming=part.show_warnings) for one in shown]
    return {"count": count, "items": items, "next": listing.next_address(request, behind) if behind else None}


def bookmarked(one: BookmarkBlurb, *, naming: bool) -> drawing.Json:
    """Answer one's own bookmark, with what it is of as far as that is there and not left out."""
    row, series = one.bookmark, one.series and one.series.series
    is_shown = one.work is not None and not one.work.is_folded
    return {
        "id": row.pk,
        "kind": "gone" if one.is_gone else "series" if series else "work",
        "work": drawing.blurb(one.work.work, reader=one.reader, naming=naming) if one.work and is_shown else None,
        "series": drawing.series_name(series) if series else None,
        "pseud": row.pseud.name, "notes": str(row.notes), "tags": row.tag_names, "is_rec": row.is_rec, "is_private": row.is_private,
        "made_at": row.made_at, "changed_at": row.changed_at, "url": whole(row.get_absolute_url()),
    }  # fmt: skip


def followed(row: Subscription, what: Subject) -> drawing.Json:
    """Answer one thing that is followed."""
    return {
        "id": row.pk, "kind": row.kind, "name": str(what), "url": whole(what.get_absolute_url()), "since": row.made_at,
    }  # fmt: skip
