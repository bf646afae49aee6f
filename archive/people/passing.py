"""Who a program is that shows an app password with its request, over HTTP Basic or as a Bearer token.

Views of downloads, of the catalogue and of the API are `with_pass`; nothing else looks at what a request shows. A session that
comes along counts for less than what is shown, and no such request is ever given a cookie.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import update_wrapper
from http import HTTPStatus
from typing import TYPE_CHECKING, Concatenate

from allauth.core.internal import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseNotFound
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people import passes

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase
    from django.utils.functional import _StrPromise

    from archive.people.models import AppPassword, Scope, Viewer

REALM = "App password"
BASIC = f'Basic realm="{REALM}", charset="UTF-8"'
BEARER = f'Bearer realm="{REALM}"'
# Wrong ones alone are counted: a right one is never kept waiting by what others try from the same network.
WRONG_TRIES = {"app_password": "20/5m/ip"}
TRY_AGAIN_SECONDS = 300
PLAIN = "text/plain; charset=utf-8"
SECRETS_IN_QUERY = ("password", "user[password]", "access_token", "app_password")


class Refused(ArchiveError):
    """What a request shows does not let it in. Carries the status and the headers of the answer."""

    status = HTTPStatus.UNAUTHORIZED
    sentence_of: _StrPromise | str = ""

    def __init__(self) -> None:
        super().__init__(self.sentence_of)
        self.headers: dict[str, str] = {}


class NeedsPass(Refused):
    """What is asked for is for members, and the request shows nothing."""

    sentence_of = _("This is for members. Log in with your user name and an app password.")


class WrongPass(Refused):
    """What is shown is no app password that is valid; one sentence, whatever is wrong with it."""

    sentence_of = _("User name and app password do not belong together, or the app password was revoked.")


class TooManyTries(Refused):
    """Too many wrong ones came from this network."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence_of = _("That was too many tries. Please wait five minutes.")

    def __init__(self) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(TRY_AGAIN_SECONDS)}


class NotItsScope(Refused):
    """The app password is valid, and was made for something else."""

    status = HTTPStatus.FORBIDDEN
    sentence_of = _("This app password does not open this. Make one that does, on the page of your app passwords.")


class SecretInAddress(Refused):
    """A password stands in the address, where logs and histories keep it."""

    status = HTTPStatus.BAD_REQUEST
    sentence_of = _("A password must not stand in an address: addresses are kept in logs. Send it in the request's header or body.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows: an app password, and over Basic whose it is to be."""

    secret: str
    login: str | None = None


def shown_in(request: HttpRequest) -> Shown | None:
    """Answer what a request shows; nothing where it shows nothing. What cannot be read is an app password that nobody has."""
    header = request.headers.get("Authorization", "")
    scheme, _space, value = header.partition(" ")
    if not header:
        return None
    if scheme.lower() == "bearer":
        return Shown(value.strip())
    if scheme.lower() != "basic":
        return Shown("")
    try:
        login, _colon, secret = base64.b64decode(value.strip(), validate=True).decode("utf-8", "replace").partition(":")
    except (binascii.Error, ValueError):
        return Shown("")
    return Shown(secret, login)


def has_secret_in_address(request: HttpRequest) -> bool:
    """Whether a password stands in the query of a request."""
    return any(name in request.GET for name in SECRETS_IN_QUERY)


@dataclass(frozen=True, slots=True)
class Entered:
    """Who asks, and by which app password."""

    user: Viewer
    app_password: AppPassword | None = None


def user_of(request: HttpRequest, *scopes: Scope) -> Viewer:
    """Answer the owner of the app password that a request shows, or, where it shows none, whoever's session it is.

    Raises a `Refused`.
    """
    return enter(request, *scopes).user


def enter(request: HttpRequest, *scopes: Scope, sessions: bool = True) -> Entered:
    """Answer as `user_of`, with the app password, which has to have all these scopes.

    Without `sessions` whoever shows nothing is a guest.
    """
    if has_secret_in_address(request):
        raise SecretInAddress
    shown = shown_in(request)
    if shown is None:
        return Entered(request.user if sessions else AnonymousUser())
    found = passes.find(shown.secret, login=shown.login)
    if found is None:
        raise TooManyTries if has_tried_too_often(request) else WrongPass
    if not {*scopes} <= {*found.scopes}:
        raise NotItsScope
    passes.note_use(found)
    return Entered(found.owner, found)


def has_tried_too_often(request: HttpRequest) -> bool:
    """Count a wrong app password, and answer whether there were too many from where it came."""
    return not ratelimit.consume(request, app="archive", action="app_password", config=WRONG_TRIES, limit_get=True)


def nothing_in_words() -> HttpResponse:
    """Answer as plain text that there is nothing: a page would be of no use to a program, and has forms, which bring a cookie."""
    return HttpResponseNotFound(_("There is nothing here.") + "\n", content_type=PLAIN)


def in_words(_request: HttpRequest, refusal: Refused) -> HttpResponseBase:
    """Answer a refusal as plain text."""
    response = HttpResponse(f"{refusal}\n", status=refusal.status, content_type=PLAIN)
    if refusal.status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = BASIC
    return response


def is_tool(request: HttpRequest) -> bool:
    """Whether a program asks, which would keep any page under the name of a book. Every browser says that it takes HTML."""
    return "text/html" not in request.headers.get("Accept", "")


def asked_of_tools(request: HttpRequest) -> HttpResponseBase | None:
    """Answer a program that came to something for members without a word of who it is; nothing for people, who can log in."""
    return in_words(request, NeedsPass()) if is_tool(request) else None


def with_pass[**Arguments](
    *scopes: Scope, refuse: Callable[[HttpRequest, Refused], HttpResponseBase] = in_words
) -> Callable[
    [Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase],
]:
    """Let programs into a view with an app password of these scopes: its owner is the view's user. Guests and sessions as ever."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
        def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
            try:
                request.user = user_of(request, *scopes)
            except Refused as refusal:
                return marked(request, refuse(request, refusal), refusal)
            try:
                return marked(request, view(request, *args, **kwargs))
            except Http404:
                if shown_in(request) is None:
                    raise
                return marked(request, nothing_in_words())

        update_wrapper(guarded, view)
        return guarded

    return decorate


def marked(request: HttpRequest, response: HttpResponseBase, refusal: Refused | None = None) -> HttpResponseBase:
    """Answer an answer with what every one to a program says: it is for whoever showed this, and it sets no cookie."""
    patch_vary_headers(response, ["Authorization"])
    if refusal is not None:
        for name, value in refusal.headers.items():
            response[name] = value
        response["Cache-Control"] = "no-store"
    if "Authorization" in request.headers:
        response.cookies.clear()
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)  # a form in the page is for people, and asks for a cookie
        response.setdefault("Cache-Control", "private, no-store")
    return response
