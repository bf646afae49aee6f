"""Pages that readers keep on their own devices. They are for everybody alike: no name, no menu and no form's token is in them."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from archive.charter.context import charter_of_late
from archive.reading import pages
from archive.reading.requests import find_work
from archive.reading.views import answer_advisory
from archive.text.leaving import with_images_described
from archive.transfer import freshness
from archive.transfer.keeping import kept, worker
from archive.warnings import opening
from archive.warnings.advisories import Advisory
from archive.warnings.headers import NAMING
from archive.warnings.readers import reader_of

if TYPE_CHECKING:
    from archive.transfer.taking.books import Book

VERSION = "Kept-Version"  # an answer without it is not kept: a log-in page, an advisory, a mistake
NEVER_BY_ITSELF = "private, no-store"  # by its reader's wish alone, in a store of its own
PAPER = "#faf7f1"


def find_book(request: HttpRequest, pk: int) -> Book | HttpResponseRedirect:
    """Answer a posted work that this viewer may open, as its offline pages tell of it; a draft is not kept anywhere."""
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    if work.is_draft:
        raise Http404
    return kept.book_of(work, reader=reader_of(request), naming=NAMING in request.GET)


@require_safe
def work_offline(request: HttpRequest, pk: int) -> HttpResponse:
    """The advisory of a work as it is kept: it comes first where there is no network, too. No word of the text is in it."""
    book = find_book(request, pk)
    if isinstance(book, HttpResponseRedirect):
        return book
    context = {"book": book, "work": book.work, "naming_url": naming_url_of(book)}
    return keepable(render(request, "transfer/offline_advisory.html", context), book)


@require_safe
@opening.through_the_door_again
def work_offline_text(request: HttpRequest, pk: int) -> HttpResponse:
    """A whole work as it is kept, or the advisory that comes first; that one is an ordinary page, and not kept."""
    book = find_book(request, pk)
    if isinstance(book, HttpResponseRedirect):
        return book
    work, chapters, naming = book.work, book.advisory.chapters, NAMING in request.GET
    opened = opening.open_chapters(work, chapters, reader=reader_of(request), naming=naming)
    navigation = pages.navigation_of(work, chapters, None)
    if isinstance(opened, Advisory):
        return answer_advisory(request, opened, navigation)
    shown = pages.opened_chapters(opened, navigation.numbers)
    context = {
        "work": work,
        "advisory": opened.advisory,
        "header": opened.advisory.header,
        "chapters": [replace(one, html=with_images_described(one.html)) for one in shown],
        "places": work.places_among(request.user),
        "is_chaptered": book.is_chaptered,
        "naming_url": naming_url_of(book),
    }
    return keepable(render(request, "transfer/offline_text.html", context), book)


@require_safe
def work_offline_about(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list of kept works says of one, by which it also learns whether the work is still there and still the same."""
    book = find_book(request, pk)
    if isinstance(book, HttpResponseRedirect):
        return book
    return keepable(JsonResponse(asdict(kept.about(book))), book)


def naming_url_of(book: Book) -> str:
    """Answer where the archive itself names the warnings of a kept work."""
    return f"{book.work.get_absolute_url()}?{NAMING}=true"


def keepable(response: HttpResponse, book: Book) -> HttpResponse:
    """Mark an answer as one that a device may keep: by its reader's wish, not by its own."""
    response.headers[VERSION] = book.digest()
    response.headers["Cache-Control"] = NEVER_BY_ITSELF
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The list of what this device keeps, which only the device itself knows; what comes instead of a page that is not kept."""
    response = render(request, "transfer/offline.html")
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = NEVER_BY_ITSELF
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """The script that answers where there is no network. It lies at the top, since it may answer for what lies below it alone."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(worker.script(), content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 # a view's signature
    """What a device shows of the archive where somebody puts it among their apps."""
    name = charter_of_late().name
    icons = [
        {"src": static("img/lamp.svg"), "type": "image/svg+xml", "sizes": "any"},
        {"src": static("img/lamp-192.png"), "type": "image/png", "sizes": "192x192", "purpose": "any maskable"},
        {"src": static("img/lamp-512.png"), "type": "image/png", "sizes": "512x512", "purpose": "any maskable"},
    ]
    said = {"id": "/", "name": name, "short_name": name, "start_url": "/", "scope": "/", "display": "minimal-ui"}
    colours = {"background_color": PAPER, "theme_color": PAPER}
    headers = {"Cache-Control": freshness.FOR_AN_HOUR}
    return JsonResponse({**said, **colours, "icons": icons}, content_type="application/manifest+json", headers=headers)
