"""Who asks the API: whoever shows an app password, or a guest. Sessions and cookies count for nothing here."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from archive.people import passing
from archive.people.models import Scope
from archive.transfer.answering import limits, problems
from archive.warnings import readers
from archive.warnings.readers import Reader

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.people import models

SCHEME = {"type": "http", "scheme": "bearer", "description": "An app password of a member."}


class AppPassword:
    """Lets programs in with an app password of a scope, and guests where it is not needed; counts them."""

    openapi_security_schema = SCHEME

    def __init__(self, scope: Scope, *, is_needed: bool = False) -> None:
        self.scope, self.is_needed = scope, is_needed

    def __call__(self, request: HttpRequest) -> Any:
        """Answer who it is, or raise what refuses them. Whoever is refused has asked, too, as a guest of their network."""
        try:
            entered = passing.enter(request, self.scope, sessions=False)
        except passing.Refused:
            count(request, None)
            raise
        request.user = entered.user
        count(request, entered.app_password)
        if self.is_needed and entered.app_password is None:
            raise passing.NeedsPass
        return entered


def count(request: HttpRequest, app_password: models.AppPassword | None) -> None:
    """Count a request, and refuse it where there were too many."""
    rate = limits.count(request, app_password)
    request.rate = rate  # type: ignore[attr-defined] # told in the headers of the answer
    if rate.is_over:
        raise problems.Problem(HTTPStatus.TOO_MANY_REQUESTS, _("That was too much at once. Please wait a little."))


reading = AppPassword(Scope.READ)
marks = AppPassword(Scope.MARKS, is_needed=True)


def reader_of(request: HttpRequest, *, says_yes: bool = False) -> Reader:
    """Answer who reads: a member with all that they have said of warnings, or a guest who has said nothing.

    What members leave out is gone here, also for those whose pages show a line in its place.
    """
    if not request.user.is_authenticated:
        return Reader(user=request.user, says_yes=says_yes)
    return replace(readers.member(request.user, says_yes=says_yes), folds_left_out=False)
