"""Sessions of download tools that logged in with an app password: they read, and change nothing.

Tools that know only the log-in of people send an app password where the password is asked for. Such a session is marked, and
from then on no request of it is let through that could change anything, nor to a page about the member.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.backends import ModelBackend
from django.shortcuts import render
from django.urls import reverse

from archive.people import passes
from archive.people.models import AppPassword, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from archive.people.models import User

KEY = "app_password"  # in the session: the number of the app password that it began with
SAFE = {"GET", "HEAD", "OPTIONS"}
# Leaving, and logging in again, which answers whoever is in already that they are.
ALWAYS = {"account_logout", "account_login"}


class AppPasswordBackend(ModelBackend):
    """Knows accounts by an app password, at the log-in page alone: nowhere else does one stand for the password."""

    def authenticate(  # type: ignore[override] # of what is sent, these two
        self, request: HttpRequest | None, username: str = "", password: str = "", **_others: Any
    ) -> User | None:
        """Answer the account, and note in the request what it was known by."""
        if request is None or request.path != reverse("account_login"):
            return None
        found = passes.find(password, login=username)
        # Whoever's address is not confirmed is kept waiting by allauth, and would come in later without the mark.
        if found is None or Scope.READ not in found.scopes or not _is_confirmed(found.user):
            return None
        request.app_password = found  # type: ignore[attr-defined] # for `begin`, later in the same request
        return found.user


def begin(request: HttpRequest) -> None:
    """Mark the session that has just begun, if it did so with an app password."""
    found = getattr(request, "app_password", None)
    if found is None:
        request.session.pop(KEY, None)
        return
    request.session[KEY] = found.pk
    passes.note_use(found)


class ToolSessions:
    """Holds sessions of tools to reading, and ends them with their app password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on; as a guest's, where its app password is valid no longer."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and KEY in request.session:
            found = AppPassword.objects.valid().select_related("user").filter(pk=request.session[KEY], user=request.user.pk).first()
            if found is None:
                logout(request)
            else:
                passes.note_use(found)
                request.app_password = found  # type: ignore[attr-defined] # for `process_view`
                request.user = found.owner
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse what a tool may not do."""
        found: AppPassword | None = getattr(request, "app_password", None)
        if found is None or may(found, request, view):
            return None
        return render(request, "people/reading_only.html", status=HTTPStatus.FORBIDDEN)


def may(app_password: AppPassword, request: HttpRequest, view: Callable[..., HttpResponseBase]) -> bool:
    """Whether a session that began with this app password may open this view."""
    match = request.resolver_match
    if match and match.view_name in ALWAYS:
        return True
    if request.method not in SAFE or not view.__module__.startswith("archive."):  # allauth's and Django's own are personal
        return False
    if hasattr(view, "opened_by"):
        return view.opened_by in app_password.scopes
    return not hasattr(view, "is_personal")


def _is_confirmed(user: User) -> bool:
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())
