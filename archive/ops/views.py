"""Pages about the archive as a whole: setting it up, what it says of itself, and what it says when something is wrong."""

from __future__ import annotations

import sys
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import Error, InterfaceError, OperationalError, connection
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from archive.charter.models import Charter
from archive.errors import status_of
from archive.ops import describing, founding
from archive.ops.answers import TRY_AGAIN_SECONDS
from archive.ops.forms import MachinesForm, SettingsForm, SetupForm
from archive.people import registering
from archive.people.giving_back import given_back
from archive.people.requests import SignedInRequest, signed_in
from archive.transfer.answering import problems

# The link in the address is a key, so no other page may learn it. With "no-referrer" browsers would send the form
# with "Origin: null", which the form protection has to refuse; this one tells the host and never the path.
NO_PATH_TO_ANYBODY = "strict-origin"


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Found the archive, with the link that was printed when it first started."""
    try:
        founding.check(token)
    except (founding.WrongLink, founding.AlreadyFounded) as refusal:
        raise Http404 from refusal
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return welcome(request, form, token)
        except (registering.NameTaken, registering.AddressTaken) as refusal:
            form.refuse(refusal)
    response = render(request, "ops/setup.html", {"form": form}, status=status_of(form))
    response["Referrer-Policy"] = NO_PATH_TO_ANYBODY
    return response


def welcome(request: HttpRequest, form: SetupForm, token: str) -> HttpResponse:
    """Found the archive, log its administrator in and say what can be done next."""
    try:
        administrator = form.save(token=token)
    except founding.WrongLink as refusal:
        raise Http404 from refusal
    except founding.AlreadyFounded:
        # The form was sent twice at once: the other one has done it.
        messages.success(request, _("The archive is set up. You can log in now."))
        return redirect("account_login")
    get_adapter(request).login(request, administrator)
    sentence = _(
        "{name} stands, and it is yours. What next? <a href='{post}'>Post a first work</a>, "
        "<a href='{invitations}'>invite somebody</a>, or <a href='{settings}'>look over the settings</a>."
    )
    addresses = {"post": reverse("work_new"), "settings": reverse("settings_edit"), "invitations": reverse("invitations")}
    messages.success(request, format_html(sentence, name=form.cleaned_data["name"], **addresses))
    return redirect("home")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings_edit(request: SignedInRequest) -> HttpResponse:
    """What the archive is and takes, for those who run it."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = SettingsForm(request.POST or None, charter=Charter.objects.current())
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Kept. It holds from now on, everywhere in the archive."))
        return redirect("settings_edit")
    return render(request, "ops/settings_edit.html", {"form": form}, status=status_of(form))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def machines_edit(request: SignedInRequest) -> HttpResponse:
    """What is asked of search engines and crawlers, for those who run the archive."""
    if not request.user.is_superuser:
        raise PermissionDenied
    kept = model_to_dict(Charter.objects.current(), MachinesForm.base_fields)
    form = MachinesForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Kept. Crawlers learn of it when they come by again."))
        return redirect("machines_edit")
    return render(request, "ops/machines_edit.html", {"form": form}, status=status_of(form))


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this archive is."""
    return render(request, "ops/about.html", {"description": describing.describe(viewer=request.user)})


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """What this archive asks of people."""
    return render(request, "ops/policy.html")


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """Say "ok" after a word with the database, for whoever watches over the archive; 503 where it does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database does not answer\n", status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 # Django's signature
    """Answer what could not be understood."""
    if problems.wants(request):
        return problems.answer(HTTPStatus.BAD_REQUEST, _("This request cannot be read."))
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 # Django's signature
    """Answer somebody at an area that is not theirs."""
    if problems.wants(request):
        return problems.answer(HTTPStatus.FORBIDDEN, _("This is for other people."))
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 # Django's signature
    """Answer alike for all that is not there for this viewer, whatever the reason."""
    if problems.wants(request):
        return problems.answer(HTTPStatus.NOT_FOUND, _("There is nothing here, or nothing that you may read."))
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the archive made a mistake, or cannot reach its database, without asking anything that may be what is broken.

    What was typed is given back either way.
    """
    is_away = isinstance(sys.exception(), (OperationalError, InterfaceError))
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    again = {"Retry-After": TRY_AGAIN_SECONDS} if is_away else {}
    if problems.wants(request):
        return problems.answer(status, _("The archive made a mistake, or cannot answer at the moment."), headers=again)
    page = render_to_string("500.html", {"is_away": is_away, "given": given_back(request)})
    return HttpResponse(page, status=status, headers=again)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 # Django's signature
    """Refuse a form that did not come from a page of ours, or from one too old, and give back what was written in it."""
    return render(request, "ops/form_refused.html", status=HTTPStatus.FORBIDDEN)
