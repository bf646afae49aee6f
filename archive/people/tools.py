"""How download tools log in: they ask for a token first, and send it with name and password from no page of ours.

Neither Django's own token nor a Referer comes with that. The token is held against a signed cookie that the same tool was
given, so that no other site's form can log anybody in.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from archive.people import passing
from archive.people.views import LoginView

if TYPE_CHECKING:
    from django.http import HttpResponseBase

FIELD = "authenticity_token"
COOKIE = "tool"
SALT = "archive.people.tools"
SECONDS = 600
PATH = "/users/login"


@require_safe
@never_cache
def token_dispenser(_request: HttpRequest) -> HttpResponse:
    """A token for one log-in, as tools ask for it."""
    token = secrets.token_urlsafe(32)
    response = JsonResponse({"token": token})
    response.set_signed_cookie(
        COOKIE, token, salt=SALT, max_age=SECONDS, path=PATH, secure=settings.IS_HTTPS, httponly=True, samesite="Strict"
    )
    return response


@csrf_exempt  # whoever has no token of ours goes through Django's own check below
def log_in(request: HttpRequest) -> HttpResponseBase:
    """The log-in page, for people and for tools. A password in its address is refused: one tool would send it there."""
    if passing.has_secret_in_address(request):
        return passing.in_words(request, passing.SecretInAddress())
    page = LoginView.as_view()
    answer: HttpResponseBase = (page if has_token(request) else csrf_protect(page))(request)
    return answer


def has_token(request: HttpRequest) -> bool:
    """Whether a request brings a token together with the cookie that was given with it."""
    sent = request.POST.get(FIELD, "")
    given = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS) or ""
    return bool(given) and constant_time_compare(sent, given)
