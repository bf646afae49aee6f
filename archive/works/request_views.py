"""What waits for a member's answer, and the answers to invitations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.people.models import Pseud
from archive.people.requests import SignedInRequest, own_page, signed_in
from archive.works import asking, cowriting, giving
from archive.works.creators import CreatorInvitation
from archive.works.gifts import Gift

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


@signed_in
@require_safe
def requests_index(request: SignedInRequest, username: str) -> HttpResponse:
    """What others ask of me."""
    own_page(request, username)
    pseuds = list(Pseud.objects.editable_by(request.user))
    return render(request, "works/requests_index.html", {"parts": asking.parts_for(request.user), "pseuds": pseuds})


def find_invitation(request: SignedInRequest, pk: int) -> CreatorInvitation:
    """Answer an invitation to whoever is signed in."""
    return get_object_or_404(CreatorInvitation.objects.visible_to(request.user), pk=pk)


def answer(request: SignedInRequest, deed: Callable[[], None], *, said: str) -> None:
    """Do what was answered, and say it, or that there is no longer anything to be answered."""
    try:
        deed()
    except (cowriting.NoLongerOpen, giving.NoLongerGiven) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)


@signed_in
@require_POST
def invitation_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say yes, under the pseud that was asked or another of one's own."""
    invitation = find_invitation(request, pk)
    chosen = request.POST.get("pseud", "")
    pseud = next((pseud for pseud in Pseud.objects.editable_by(request.user) if str(pseud.pk) == chosen), None)
    answer(request, partial(cowriting.accept, invitation, by=request.user, pseud=pseud), said=_("Your name stands under it now."))
    return redirect("requests_index", request.user.username)


@signed_in
@require_POST
def invitation_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say no."""
    answer(
        request,
        partial(cowriting.refuse, find_invitation(request, pk), by=request.user),
        said=_("You said no. Nobody can ask you the same again unless you let them."),
    )
    return redirect("requests_index", request.user.username)


@signed_in
@require_POST
def invitation_relent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let oneself be asked again."""
    answer(request, partial(cowriting.relent, find_invitation(request, pk), by=request.user), said=_("They can ask you again now."))
    return redirect("requests_index", request.user.username)


@signed_in
@require_POST
def gift_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say yes to a gift, also to one that was refused."""
    gift = get_object_or_404(Gift.objects.visible_to(request.user), pk=pk)
    answer(request, partial(giving.take, gift, by=request.user), said=_("The work says now that it is for you."))
    return back_to_gifts(request, gift)


@signed_in
@require_POST
def gift_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say no to a gift, also to one that was taken."""
    gift = get_object_or_404(Gift.objects.visible_to(request.user), pk=pk)
    answer(
        request,
        partial(giving.refuse, gift, by=request.user),
        said=_("You said no. The work does not name you, and cannot be given to you again."),
    )
    return back_to_gifts(request, gift)


def back_to_gifts(request: SignedInRequest, gift: Gift) -> HttpResponse:
    """Go back to where the answer was given: the requests, or one's gifts."""
    is_new = gift.accepted_at is None and gift.refused_at is None
    return redirect("requests_index" if is_new else "user_gifts", request.user.username)
