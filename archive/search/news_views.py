"""What a member follows, and what is new in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.people.models import Scope
from archive.people.requests import SignedInRequest, open_to_tools, own_page, signed_in
from archive.reading import follow_views, following
from archive.reading.models import Subscription
from archive.reading.subscriptions import new_by_subscription
from archive.search import news as newspaper
from archive.search.listings import WORKS_ON_A_PAGE, page_asked_for, query_without_page
from archive.warnings.readers import reader_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from archive.search.news import Item

FOLLOWED_ON_A_PAGE = 50


@open_to_tools(Scope.MARKS)
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def subscriptions(request: SignedInRequest, username: str) -> HttpResponse:
    """What a member follows, with how much is new in each; a form follows something more."""
    own_page(request, username)
    if request.method == "POST":
        return follow_views.follow(request)
    rows = Subscription.objects.of(request.user).latest_first()
    page = page_asked_for(Paginator(rows, FOLLOWED_ON_A_PAGE), request)
    context = {
        "page": page,
        "followed": newspaper.followed_of(list(page.object_list), reader=reader_of(request)),
        "querystring_base": query_without_page(request),
    }
    return render(request, "search/subscriptions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def news(request: SignedInRequest, username: str) -> HttpResponse:
    """What is new in all that a member follows; a form says that all of it was seen."""
    own_page(request, username)
    if request.method == "POST":
        following.look(Subscription.objects.all(), by=request.user)
        messages.success(request, _("All of that counts as seen."))
        return redirect("subscriptions", request.user.username)
    reader = reader_of(request)
    told = new_by_subscription(request.user)
    page = page_asked_for(Paginator(newspaper.new_works(reader, told), WORKS_ON_A_PAGE), request)
    items: Page[Item] = Page(newspaper.items_of(page.object_list, told, reader=reader), page.number, page.paginator)  # type: ignore[arg-type] # its paginator only counts
    return render(request, "search/news.html", {"page": items, "querystring_base": query_without_page(request)})
