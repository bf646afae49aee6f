"""Following things, and following them no longer. What is followed, and what is new in it, is shown by `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.people.models import Pseud
from archive.people.requests import own_page, referrer_of, signed_in
from archive.reading import following
from archive.reading.models import Subscription
from archive.reading.requests import list_left
from archive.tags.models import Tag
from archive.works.models import Work
from archive.works.series import Series
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.people.models import User
    from archive.people.requests import SignedInRequest
    from archive.reading.following import Followed

TYPE, NUMBER = "subscription[subscribable_type]", "subscription[subscribable_id]"
LONGEST_NUMBER = 18  # digits; no row has more


def follow(request: SignedInRequest) -> HttpResponse:
    """Follow what a form names, and go back to it."""
    followed = find_followed(request.POST.get(TYPE, ""), request.POST.get(NUMBER, ""), viewer=request.user)
    try:
        following.follow(followed, by=request.user)
    except following.NotToBeFollowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You follow this now. What is new stands under Subscriptions in your menu."))
    return HttpResponseRedirect(referrer_of(request) or followed.get_absolute_url())


def find_followed(kind: str, number: str, *, viewer: User) -> Followed:
    """Answer what AO3's form names, if this viewer may find it; anything else is a 404."""
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise Http404
    pk = int(number)
    match kind:
        case "Work":
            return get_object_or_404(Work.objects.listed_to(viewer), pk=pk)
        case "Series":
            return get_object_or_404(Series.objects.visible_to(viewer), pk=pk)
        case "User":
            return get_object_or_404(Pseud.objects.visible_to(viewer).with_account(), user=pk, is_default=True).user
        case "Tag":
            return get_object_or_404(Tag.objects.known_or_in(Tagging.objects.visible_to(viewer)), pk=pk)
        case _:
            raise Http404


@require_http_methods(["POST", "DELETE"])
@signed_in
def subscription(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """Follow something no longer. One that is gone already is followed no longer either."""
    own_page(request, username)
    if found := Subscription.objects.of(request.user).filter(pk=pk).first():
        following.unfollow(found, by=request.user)
    messages.success(request, _("You no longer follow this."))
    return redirect(list_left(request) or reverse("subscriptions", args=[request.user.username]))
