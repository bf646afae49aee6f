"""What waits for a member's answer, and the answers to invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.people.models import Pseud
from archive.people.requests import SignedInRequest, signed_in
from archive.works import asking, cowriting
from archive.works.creators import CreatorInvitation
from archive.works.views import own_page

if TYPE_CHECKING:
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


@signed_in
@require_POST
def invitation_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say yes, under the pseud that was asked or another of one's own."""
    invitation = find_invitation(request, pk)
    chosen = request.POST.get("pseud", "")
    pseud = next((pseud for pseud in Pseud.objects.editable_by(request.user) if str(pseud.pk) == chosen), None)
    try:
        cowriting.accept(invitation, by=request.user, pseud=pseud)
    except cowriting.NoLongerOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your name stands under it now."))
    return redirect("requests_index", request.user.username)


@signed_in
@require_POST
def invitation_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say no."""
    try:
        cowriting.refuse(find_invitation(request, pk), by=request.user)
    except cowriting.NoLongerOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You said no. Nobody can ask you the same again unless you let them."))
    return redirect("requests_index", request.user.username)


@signed_in
@require_POST
def invitation_relent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let oneself be asked again."""
    try:
        cowriting.relent(find_invitation(request, pk), by=request.user)
    except cowriting.NoLongerOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They can ask you again now."))
    return redirect("requests_index", request.user.username)
