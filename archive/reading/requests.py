"""What a request says of reading: which work is asked for, where its reader comes from, and the ways on from here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse

from archive.people.requests import referrer_of
from archive.warnings.headers import NAMING
from archive.works import finding

if TYPE_CHECKING:
    from archive.works.models import Work


def find_work(request: HttpRequest, pk: int) -> Work | HttpResponseRedirect:
    """Answer a work that this viewer may open; a guest at a restricted one is sent to log in. Anything else is a 404."""
    work = finding.find(pk, viewer=request.user)
    if work is not None:
        return work
    if finding.is_for_members(pk, viewer=request.user):
        return redirect_to_login(request.get_full_path())
    raise Http404


def with_query(request: HttpRequest, name: str, value: str) -> str:
    """Answer the query of this request with one value set."""
    query = request.GET.copy()
    query[name] = value
    return query.urlencode()


def naming_url(request: HttpRequest) -> str:
    """Answer the address of this page with its warnings named."""
    return f"{request.path}?{with_query(request, NAMING, 'true')}"


def back_url(request: HttpRequest) -> str:
    """Answer where the reader came from, if that is a page of this archive other than this one, or else its works."""
    referrer = referrer_of(request)
    return referrer if referrer and request.path not in referrer else reverse("works_index")


def list_left(request: HttpRequest) -> str:
    """Answer the page of a list on which a row was just taken out; nothing where that is not told.

    The form of the only row of a page says which page is left then: its own is none any more.
    """
    came_from, page = referrer_of(request), request.POST.get("page", "")
    if not came_from or not page:
        return came_from
    parts = urlsplit(came_from)
    query = QueryDict(parts.query, mutable=True)
    query["page"] = page
    return parts._replace(query=query.urlencode()).geturl()
