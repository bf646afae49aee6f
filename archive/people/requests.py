"""Who may enter a view, and what such a view then knows about the person."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import TYPE_CHECKING, Concatenate, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.csrf import csrf_exempt

from archive.people.giving_back import given_back

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from archive.people.models import Scope, User


CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS"}
PRESSED = "pressed"  # said to the log-in page: a button led there, and what it does is not done
FROM_HERE = {"same-origin", "none"}  # "none" is a page that its reader loads anew


class SignedInRequest(HttpRequest):
    """A request behind log-in: its user is an account."""

    user: User


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page. Whoever sent a text, after their session ended, gets it back first."""
    given = given_back(request)
    if not given and request.method in CHANGES_NOTHING:
        return redirect_to_login(request.get_full_path())
    if not given:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': way_back(request), PRESSED: 'true'})}")
    way = f"{reverse('account_login')}?{urlencode({'next': given.place or way_back(request)})}"
    return render(request, "people/session_ended.html", {"given": given, "way": way}, status=HTTPStatus.UNAUTHORIZED)


def way_back(request: HttpRequest) -> str:
    """Answer the page to come back to after the log-in when a button was pressed: the one that it stands on.

    Many addresses of buttons show nothing by themselves: who came back to one would get a 405.
    """
    return referrer_of(request) or request.get_full_path()


def referrer_of(request: HttpRequest) -> str:
    """Answer the page of this archive that led here; nothing where it was another site's, or is not told."""
    referrer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure())
    return referrer if is_ours else ""


def signed_in[**Arguments](
    view: Callable[Concatenate[SignedInRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let members into a view and send everybody else to the log-in page, which brings them back."""

    def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_log_in(request)
        return view(cast("SignedInRequest", request), *args, **kwargs)

    update_wrapper(guarded, view)
    return personal(guarded)


def is_sent_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this archive, as browsers say by themselves; no page can have them say otherwise.

    `Sec-Fetch-Site` is not sent where there is no https, and then `Origin` tells.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in FROM_HERE
    return request.headers.get("Origin") in {f"{request.scheme}://{request.get_host()}", settings.SITE_ADDRESS}


def without_token[**Arguments](
    view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Have a view take forms without a token, if they are sent from here, and answer all others with a 403.

    A token would put a cookie on every page that has the form, or may be one of a session that has ended.
    """

    def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if request.method not in CHANGES_NOTHING and not is_sent_from_here(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    update_wrapper(guarded, view)
    return csrf_exempt(guarded)


def own_page(request: SignedInRequest, username: str) -> None:
    """Let nobody but the owner at a page of their own; for others there is no such page."""
    if username.lower() != request.user.username.lower():
        raise Http404


def personal[View: Callable[..., HttpResponse]](view: View) -> View:
    """Mark a page that is about the member who opens it: programs with an app password cannot open it, see `tool_sessions`."""
    view.is_personal = True  # type: ignore[attr-defined] # a mark on a function
    return view


def is_personal(path: str) -> bool:
    """Whether the page at this path is about the member who opens it."""
    try:
        return hasattr(resolve(path).func, "is_personal")
    except Resolver404:
        return False


def open_to_tools[View: Callable[..., HttpResponseBase]](scope: Scope) -> Callable[[View], View]:
    """Mark a page behind log-in that programs may read after all, where their app password has this scope. The outermost mark."""

    def mark(view: View) -> View:
        view.opened_by = scope  # type: ignore[attr-defined] # a mark on a function
        return view

    return mark


def admitted[**Arguments](
    view: Callable[Concatenate[SignedInRequest, Arguments], HttpResponse], may_enter: Callable[[User], bool]
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let those members into a view who may enter it; others get a 403, guests the log-in page."""

    def guarded(request: SignedInRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if not may_enter(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    update_wrapper(guarded, view)
    return signed_in(guarded)


def administrators_only[**Arguments](
    view: Callable[Concatenate[SignedInRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let administrators into a view."""
    return admitted(view, lambda user: user.is_staff)


def wranglers_only[**Arguments](
    view: Callable[Concatenate[SignedInRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let tag wranglers and administrators into a view."""
    return admitted(view, lambda user: user.can_wrangle)


def operators_only[**Arguments](
    view: Callable[Concatenate[SignedInRequest, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponse]:
    """Let those who run the archive, and may do everything, into a view."""
    return admitted(view, lambda user: user.is_superuser)
