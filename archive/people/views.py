"""Pages about accounts, pseuds and invitations."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import F
from django.forms import model_to_dict
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from archive import engines
from archive.errors import ArchiveError, status_of
from archive.people import inviting, registering, submissions, writing_names
from archive.people.forms import InvitationForm, NewPseudForm, OpennessForm, PseudForm, WishesForm
from archive.people.models import Invitation, Pseud
from archive.people.requests import PRESSED, SignedInRequest, administrators_only, is_personal, own_page, signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.people.forms import LoginForm, SignupForm

# What members alone can be sent to log in for: a work, a chapter of one, a series.
FOR_MEMBERS = re.compile(r"/(works|chapters|series|downloads)/\d+")
TRY_AGAIN_SECONDS = 300
INVITATIONS_A_PAGE = 50
PSEUDS_A_PAGE = 50


class LoginView(allauth.LoginView):  # type: ignore[misc] # allauth comes without types
    """Logging in."""

    @method_decorator(sensitive_post_parameters("user[password]"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the password, which has another name than allauth's, out of error reports."""
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what asked for the log-in: a work that is for members alone, or a button on whichever page."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        path = urlsplit(self.get_next_url() or "").path
        asks = {"is_for_members": bool(FOR_MEMBERS.match(path)) and not is_personal(path)}
        return {**context, **asks, "was_pressed": PRESSED in self.request.GET or PRESSED in self.request.POST}

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        """Show the form again; tools learn from the status when to come back."""
        response: HttpResponse = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, code="too_many_login_attempts"):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(TRY_AGAIN_SECONDS)
        return response


class SignupView(allauth.SignupView):  # type: ignore[misc] # allauth comes without types
    """Making an account, perhaps with an invitation."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the invitation of the address."""
        return {**super().get_form_kwargs(), "token": self.kwargs.get("token", "")}

    def form_valid(self, form: SignupForm) -> HttpResponse:
        """Make the account, or say what somebody else has been quicker with."""
        try:
            return self.made(form)
        except registering.NameTaken as refusal:
            form.add_error("username", str(refusal))
            response: HttpResponse = self.form_invalid(form)
            return response
        except (inviting.NoSuchInvitation, inviting.AlreadyUsed):
            return self.closed()

    def made(self, form: SignupForm) -> HttpResponse:
        """Make the account; an address taken meanwhile is answered like one that was taken before."""
        try:
            response: HttpResponse = super().form_valid(form)
        except registering.AddressTaken:
            form.account_already_exists = True
            response = super().form_valid(form)
        return response

    def closed(self) -> HttpResponse:
        """Say why nobody can sign up here, or not with this invitation."""
        try:
            registering.admit(self.kwargs.get("token", ""))
        except ArchiveError as refusal:
            context = {"refusal": refusal}
        else:
            return redirect(self.request.path)
        return render(self.request, "account/signup_closed.html", context, status=HTTPStatus.FORBIDDEN)


@signed_in
def preferences(request: SignedInRequest, username: str = "") -> HttpResponse:
    """Where everything stands that a member can set; the short address leads to one's own."""
    if not username:
        return redirect("preferences", username=request.user.username)
    own_page(request, username)
    return render(request, "people/preferences.html")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people_preferences(request: SignedInRequest) -> HttpResponse:
    """What others may ask of a member."""
    user = request.user
    # An empty box is an answer, too: a form without any is bound all the same.
    form = OpennessForm(request.POST if request.method == "POST" else None, initial=model_to_dict(user, OpennessForm.base_fields))
    if form.is_valid():
        form.save(by=user)
        messages.success(request, _("Your choices are kept."))
        return redirect("people_preferences")
    return render(request, "people/people_preferences.html", {"form": form}, status=status_of(form))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wishes_preferences(request: SignedInRequest) -> HttpResponse:
    """How far a member wants their works to be carried."""
    user = request.user
    form = WishesForm(request.POST if request.method == "POST" else None, initial=model_to_dict(user, WishesForm.base_fields))
    if form.is_valid():
        form.save(by=user)
        messages.success(request, _("Your choices are kept."))
        return redirect("wishes_preferences")
    return render(request, "people/wishes_preferences.html", {"form": form}, status=status_of(form))


def pseuds_index(request: HttpRequest, username: str) -> HttpResponse:
    """The pseuds of an account; its owner can edit them here."""
    pseuds = Pseud.objects.visible_to(request.user).filter(user__username__iexact=username).with_account()
    page = Paginator(pseuds, PSEUDS_A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    owner = page.object_list[0].user
    context = {"owner": owner, "page": page, "is_own": owner.pk == request.user.pk}
    return engines.answer(request, "people/pseuds_index.html", context, avoids=owner.avoids_search_engines)


@signed_in
def pseud_new(request: SignedInRequest, username: str) -> HttpResponse:
    """Take a new pseud."""
    own_page(request, username)
    owner = request.user
    form = NewPseudForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address = submissions.once(owner, form.cleaned_data["key"], lambda: pseuds_url(form.save(by=owner)))
        except writing_names.NameInUse as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect(address)
    return render(request, "people/pseud_new.html", {"form": form, "owner": owner}, status=status_of(form))


@signed_in
def pseud_edit(request: SignedInRequest, username: str, name: str) -> HttpResponse:
    """Change a pseud of one's own."""
    own_page(request, username)
    owner = request.user
    pseud = get_object_or_404(Pseud.objects.editable_by(owner).with_account(), name=name)
    form = PseudForm(request.POST or None, pseud=pseud)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(pseuds_url(form.save(by=owner)))
        except writing_names.NameInUse as refusal:
            form.add_error("name", str(refusal))
    context = {"form": form, "pseud": pseud, "known_as": name, "owner": owner}
    return render(request, "people/pseud_edit.html", context, status=status_of(form))


@signed_in
def pseud_delete(request: SignedInRequest, username: str, name: str) -> HttpResponse:
    """Ask whether to delete a pseud of one's own, and delete it."""
    own_page(request, username)
    owner = request.user
    pseud = get_object_or_404(Pseud.objects.editable_by(owner).with_account(), name=name)
    refusal = writing_names.reason_to_stay(pseud)
    if request.method == "POST":
        try:
            writing_names.lay_down(pseud, by=owner)
        except (writing_names.IsDefault, writing_names.IsUsername) as reason:
            refusal = reason
        else:
            messages.success(request, _("The pseud is deleted. What it had made belongs to your default pseud now."))
            return redirect("pseuds_index", username=owner.username)
    heir = Pseud.objects.editable_by(owner).get(is_default=True)
    context = {"pseud": pseud, "owner": owner, "refusal": refusal, "heir": heir}
    return render(request, "people/pseud_delete.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK)


@administrators_only
def invitations(request: SignedInRequest) -> HttpResponse:
    """List invitations, those that can still be used first, and make new ones."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(submissions.once(request.user, form.cleaned_data["key"], lambda: form.save(by=request.user)))
    rows = Invitation.objects.select_related("made_by", "used_by").order_by(F("used_at").desc(nulls_first=True), "-made_at")
    page = Paginator(rows, INVITATIONS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "site_address": settings.SITE_ADDRESS}
    return render(request, "people/invitations.html", context, status=status_of(form))


@require_POST
@administrators_only
def invitation_withdraw(request: SignedInRequest, token: str) -> HttpResponse:
    """Take an invitation back."""
    try:
        inviting.withdraw(token)
    except (inviting.NoSuchInvitation, inviting.AlreadyUsed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn. Its link works no longer."))
    return redirect("invitations")


def pseuds_url(pseud: Pseud) -> str:
    """Answer the address of the list in which a pseud stands."""
    return reverse("pseuds_index", args=[pseud.user.username])
