"""The pages that search: for works, tags and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.search import listings, parameters, places
from archive.search.forms import WorkSearch
from archive.search.listings import BESIDE, Listing
from archive.search.parameters import Asked
from archive.search.people_search import PeopleSearch
from archive.search.tag_search import TagSearch
from archive.search.views import answer, with_query
from archive.warnings.readers import reader_of

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

# The fields of the page, by its parts; the tags stand between the first and the second.
PARTS = {
    "words": ("query", "title", "creators"),
    "state": ("revised_at", "word_count", "language_id", "complete", "crossover", "single_chapter"),
    "numbers": ("hits", "kudos_count", "comments_count", "bookmarks_count"),
    "order": ("sort_column", "sort_direction"),
}
ON_THE_PAGE = {name for names in PARTS.values() for name in names}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The short address of the search for works."""
    return redirect(with_query(reverse("works_search"), request.GET))


@require_safe
def works_search(request: HttpRequest) -> HttpResponse:
    """The search for works: what was found where anything is asked for, or the page on which to ask."""
    asked = Asked.of(request.GET)
    # As on AO3, whoever presses the button without having asked for anything is shown everything.
    is_sent = asked.asks_for_something or parameters.COMMIT in request.GET
    if not is_sent or parameters.EDIT in request.GET:
        return answer_form(request, WorkSearch(asked))
    reader = reader_of(request)
    listing = listings.listing_of(request, places.search(reader=reader), reader=reader)
    # What the column beside the list has no field for is set right where its field is.
    if listing.page is None and (not listing.form.errors or set(listing.form.errors) - set(BESIDE)):
        return answer_form(request, listing.form, listing)
    edit_url = f"{request.path}?{parameters.written([*asked.kept(), (parameters.EDIT, 'true')])}"
    return answer(request, listing, "search/works_search_results.html", {"edit_url": edit_url})


def answer_form(request: HttpRequest, form: WorkSearch, listing: Listing | None = None) -> HttpResponse:
    """Answer the page on which to ask, with what was asked; `listing` says why nothing was found."""
    kinds = form.add_kinds()
    parts: dict[str, list[forms.BoundField]] = {part: [form[name] for name in names] for part, names in PARTS.items()}
    context = {
        "form": form,
        "parts": parts,
        "kinds": kinds,
        "sent_along": form.sent_along(*ON_THE_PAGE, *(kind.name for kind in kinds)),
        "refusal": listing.refusal if listing else "",
    }
    if listing is None:
        return render(request, "search/works_search.html", context)
    return listings.tell_machines(render(request, "search/works_search.html", context, status=listing.status), listing)


@require_safe
def tags_search(request: HttpRequest) -> HttpResponse:
    """The search for tags."""
    search = TagSearch(request.GET, viewer=request.user)
    page = search.page_of(request) if search.asks_for_something else None
    context = {"form": search, "page": page, "querystring_base": listings.query_without_page(request)}
    return render(request, "search/tags_search.html", context)


@require_safe
def people_search(request: HttpRequest) -> HttpResponse:
    """The search for people, by the names that they write under."""
    search = PeopleSearch(request.GET, viewer=request.user)
    page = search.page_of(request) if search.asks_for_something else None
    context = {"form": search, "page": page, "querystring_base": listings.query_without_page(request)}
    return render(request, "search/people_search.html", context)
