"""A member's own lists, for app passwords that open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Query, Router

from archive.reading import marks
from archive.reading.models import Subscription
from archive.transfer.answering import asked, drawing, listing, shapes
from archive.transfer.answering.entering import marks as with_marks
from archive.transfer.answering.entering import reader_of
from archive.transfer.presenting.linking import whole

if TYPE_CHECKING:
    from django.http import HttpRequest

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
    shown = rows.select_related("work", "series", "author", "tag")[begins : begins + rest.limit]
    items = [one for one in (followed(row) for row in shown) if one]
    return {"count": count, "items": items, "next": listing.next_address(request, behind) if behind else None}


def followed(row: Subscription) -> drawing.Json | None:
    """Answer one thing that is followed; nothing where it is not there for its follower any more."""
    what = getattr(row, row.kind)
    if row.kind == "work" and (what.is_draft or what.deleted_at is not None):
        return None
    return {
        "id": row.pk, "kind": row.kind, "name": str(what), "url": whole(what.get_absolute_url()), "since": row.made_at,
    }  # fmt: skip
