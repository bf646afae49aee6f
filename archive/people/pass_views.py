"""The page of a member's app passwords."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from archive.errors import status_of
from archive.people import passes, submissions
from archive.people.forms import AppPasswordForm
from archive.people.models import AppPassword
from archive.people.requests import SignedInRequest, own_page, signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse


@signed_in
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator] # allauth comes without types
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def app_passwords(request: SignedInRequest, username: str) -> HttpResponse:
    """The app passwords of an account, and a form for one more. What has to be typed is on the answer to that, and nowhere else."""
    own_page(request, username)
    form = AppPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_once(request, form)
        except (passes.NameInUse, passes.TooMany) as refusal:
            form.add_error("name", str(refusal))
        else:
            if made is not None:
                told = {"app_password": made.app_password}
                get_adapter().send_notification_mail("account/email/app_password_made", request.user, told)
                return answer(request, AppPasswordForm(), made=made)
            messages.warning(request, _("This one is made already, and it is shown only once. If you did not keep it, revoke it."))
            return redirect("app_passwords", username=request.user.username)
    return answer(request, form)


def make_once(request: SignedInRequest, form: AppPasswordForm) -> passes.Made | None:
    """Make the app password of a form; nothing where this sending of it has made one before."""
    made: list[passes.Made] = []

    def make() -> str:
        made.append(form.save(by=request.user))
        return reverse("app_passwords", args=[request.user.username])

    submissions.once(request.user, submissions.key_of(form.cleaned_data["key"], request.POST, at="app_passwords"), make)
    return made[0] if made else None


def answer(request: SignedInRequest, form: AppPasswordForm, *, made: passes.Made | None = None) -> HttpResponse:
    """Answer the page; just after one was made, with what has to be typed."""
    rows = AppPassword.objects.editable_by(request.user)
    context = {"owner": request.user, "form": form, "made": made, "app_passwords": rows, "site_address": settings.SITE_ADDRESS}
    status = HTTPStatus.CREATED if made else status_of(form)
    return render(request, "people/app_passwords.html", context, status=status)


@require_POST
@signed_in
def app_password_revoke(request: SignedInRequest, username: str, pk: int) -> HttpResponse:
    """Revoke an app password of one's own."""
    own_page(request, username)
    app_password = get_object_or_404(AppPassword.objects.editable_by(request.user), pk=pk)
    passes.revoke(app_password, by=request.user)
    messages.success(request, _("“%(name)s” is revoked. Nothing can be opened with it any longer.") % {"name": app_password.name})
    return redirect("app_passwords", username=request.user.username)
