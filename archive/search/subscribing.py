"""Whether a member follows what a page is about, which they have seen with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.people.models import Pseud
from archive.reading import following
from archive.reading.visiting import is_visit
from archive.works.languages import Language

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.reading.following import Followed
    from archive.search.listings import Place


def subscription_at(request: HttpRequest, place: Place) -> int | None:
    """Answer the number of a member's subscription to what a listing is of."""
    subject = place.tag or place.subject
    if subject is None or isinstance(subject, Language) or place.is_followed is False:
        return None
    return subscription_to(request, subject.user if isinstance(subject, Pseud) else subject)


def subscription_to(request: HttpRequest, followed: Followed) -> int | None:
    """Answer the number of a member's subscription to something; what is new in it they have seen now."""
    user = request.user
    if not user.is_authenticated or not user.sees_own_lists:
        return None
    return following.look_in(followed, by=user, is_seen=is_visit(request) and not user.reads_only)
