"""What is a member's own in the catalogue, for app passwords that open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.community.own import bookmarked_by
from archive.people.models import Scope
from archive.people.passing import NeedsPass, in_words, with_pass
from archive.search import listings
from archive.transfer.catalogue import building
from archive.transfer.catalogue.views import answer
from archive.transfer.plainly import plainly
from archive.warnings.readers import reader_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_safe
@plainly
@with_pass(Scope.MARKS)
def bookmarks(request: HttpRequest) -> HttpResponseBase:
    """The works that a member bookmarks, the most recently bookmarked first."""
    user = request.user
    if not user.is_authenticated:
        return in_words(request, NeedsPass())
    way = reverse("user_bookmarks", args=[user.username])
    page = building.of_works(
        bookmarked_by(user), listings.page_number(request), _("My bookmarks"),
        path=reverse("opds_bookmarks"), html_page=way, reader=reader_of(request),
    )  # fmt: skip
    return answer(request, page)
