"""Who looks through the catalogue: whoever shows an app password, or a guest who has said nothing, whatever cookie comes along."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.charter.context import charter_of_late
from archive.people import passing
from archive.people.models import Scope
from archive.transfer.linking import whole
from archive.warnings import readers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from archive.warnings.readers import Reader

TYPE = "application/opds-authentication+json"
BASIC = "http://opds-spec.org/auth/basic"


def open_to_readers[**Arguments](
    view: Callable[Concatenate[HttpRequest, Reader, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Give a view whoever reads. A wrong app password is refused, and taken for nobody's."""
    return _known(view, Scope.READ)


def open_to_members[**Arguments](
    view: Callable[Concatenate[HttpRequest, Reader, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Give a view the member whose own lists it shows; whoever shows nothing is asked."""
    return _known(view, Scope.MARKS)


def _known[**Arguments](
    view: Callable[Concatenate[HttpRequest, Reader, Arguments], HttpResponseBase], scope: Scope
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    def guarded(request: HttpRequest, /, *args: Arguments.args, **named: Arguments.kwargs) -> HttpResponseBase:
        try:
            response = view(request, _reader_of(request, scope), *args, **named)
        except passing.Refused as refusal:
            return passing.marked(request, asking(request, refusal), refusal)
        return passing.marked(request, response)

    update_wrapper(guarded, view)
    return guarded


def _reader_of(request: HttpRequest, scope: Scope) -> Reader:
    viewer = passing.enter(request, scope, sessions=False).user
    if viewer.is_authenticated:
        return readers.member(viewer)
    if scope is Scope.MARKS:
        raise passing.NeedsPass
    return readers.GUEST


def asking(request: HttpRequest, refusal: passing.Refused) -> HttpResponseBase:
    """Answer a refusal; where a name and an app password would help, as catalogues ask for them."""
    response = passing.in_words(request, refusal)
    if "WWW-Authenticate" not in response:
        return response
    asked = HttpResponse(document(), status=refusal.status, content_type=TYPE)
    asked["WWW-Authenticate"] = response["WWW-Authenticate"]
    return asked


def document() -> bytes:
    """Answer what says how a member is known here."""
    labels = {"login": _("User name"), "password": _("App password")}
    return orjson.dumps(
        {
            "id": whole(reverse("opds_authentication")),
            "title": charter_of_late().name,
            "description": _("Make an app password on your page of preferences, and give it here with your user name."),
            "links": [
                {"rel": "start", "href": whole(reverse("opds")), "type": "application/opds+json"},
                {"rel": "help", "href": whole(reverse("preferences")), "type": "text/html"},
            ],
            "authentication": [{"type": BASIC, "labels": labels}],
        }
    )
