"""Files of works. The door, the advisory, and only then a file, made or found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import IO, TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from archive.community.own import bookmarked_by
from archive.people import passing
from archive.people.models import Scope
from archive.people.requests import open_to_tools
from archive.reading import marks, pages
from archive.reading.requests import find_work, naming_url, with_query
from archive.reading.views import answer_advisory
from archive.search import browsing
from archive.transfer import freshness, introducing
from archive.transfer.plainly import refuse
from archive.transfer.taking import books, formats, making, names, shelf, together
from archive.warnings import leaving_out, opening, readers
from archive.warnings.advisories import Advisory
from archive.warnings.headers import NAMING
from archive.works import finding
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.people.models import User
    from archive.transfer.taking.books import Book
    from archive.transfer.taking.formats import Format
    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet

SECONDS_BETWEEN_LOOKS = 3
WITHOUT = "without"  # the works of a series whose advisories were not met


@require_safe
@passing.with_pass(Scope.READ)
def work_download(request: HttpRequest, pk: int, file_name: str, extension: str) -> HttpResponseBase:  # noqa: ARG001 - for people
    """A work as a file, or the advisory that comes first. A draft is in no file, nor is one of a posted work's chapters."""
    form = formats.named(extension)
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return passing.asked_of_tools(request) or work
    if form is None or work.is_draft or not form.is_for(work):
        raise Http404
    chapters = finding.posted_chapters(work)
    reader = readers.reader_of(request)
    passed = opening.pass_advisory(work, chapters, reader=reader, naming=NAMING in request.GET)
    if isinstance(passed, Advisory):
        return told_to_tools(request, [passed], reader=reader) or answer_advisory(
            request, passed, pages.navigation_of(work, chapters, None)
        )
    book = books.book_of(passed)
    kept = shelf.find(work.pk, books.file_key(book, form))
    if kept is None and form.is_slow:
        hides_which = reader.hides_which and NAMING not in request.GET
        state = making.order(book, form, viewer=request.user, hides_which=hides_which)
        kept = shelf.find(work.pk, books.file_key(book, form))  # where tasks are done at once, it is there now
        if kept is None:
            return answer_progress(request, book, form, state)
    return answer_file(request, book, form, kept)


def told_to_tools(request: HttpRequest, advisories: Sequence[Advisory], *, reader: Reader) -> HttpResponse | None:
    """Answer a program what comes before some works, and how it says yes; nothing for people, who are shown a page."""
    if not passing.is_tool(request):
        return None
    said = [_("To have it all the same, ask again with %(yes)s in the address.") % {"yes": f"{readers.ONCE}=true"}]
    for advisory in advisories:
        said += ["", str(advisory.work), *introducing.introduction_of(advisory.work, reader=reader).advisory()]
    return refuse("\n".join(said), HTTPStatus.FORBIDDEN)


class DownloadElsewhere(RedirectView):
    """The way from an address that a tool has put together wrongly; sessions of tools may open it, as all that is ours."""

    pattern_name = "work_download"
    query_string = True
    http_method_names = ("get", "head", "options")


def answer_progress(request: HttpRequest, book: Book, form: Format, state: making.State) -> HttpResponse:
    """Answer how far a file is that takes a while; the page looks again by itself until it is there.

    A program would keep the page as the file. Those that wait where a server is busy, and ask again, have the file in the end.
    """
    wait = making.SECONDS_OF_FAILURE if state is making.State.FAILED else SECONDS_BETWEEN_LOOKS
    if passing.is_tool(request):
        busy = refuse(_("The file is being made. Please ask again in a while."), HTTPStatus.SERVICE_UNAVAILABLE)
        busy.headers["Retry-After"] = str(wait)
        return busy
    context = {
        "work": book.work,
        "form": form,
        "has_failed": state is making.State.FAILED,
        "has_begun": state is making.State.BEGUN,
    }
    response = render(request, "transfer/file_progress.html", context, status=HTTPStatus.ACCEPTED)
    if state is not making.State.FAILED:
        response.headers["Refresh"] = response.headers["Retry-After"] = str(wait)
    return response


@opening.through_the_door_again
def answer_file(request: HttpRequest, book: Book, form: Format, kept: IO[bytes] | None) -> HttpResponseBase:
    """Answer a file of a work that may be opened: as it was made before, or made now."""
    key = books.file_key(book, form)
    file = kept or shelf.keep(book.work.pk, key, partial(form.write, book))
    if form.is_packed:
        request.META.pop("HTTP_ACCEPT_ENCODING", None)  # or it would be compressed a second time, for nothing
    name = f"{names.of_work(book.work)}.{form.extension}"
    return freshness.answer_file(request, key, file, content_type=form.content_type, called=name)


@require_safe
@passing.with_pass(Scope.READ)
def series_download(request: HttpRequest, pk: int, file_name: str, extension: str) -> HttpResponseBase:  # noqa: ARG001 - for people
    """The works of a series as files in one ZIP, or the advisories that come first."""
    form = formats.named(extension)
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    if form is None or form.is_slow:
        raise Http404
    reader = readers.reader_of(request)
    order, *_totals = browsing.in_order(series, reader=reader)
    taken = Taken(order, series.title, names.of_series(series), series.get_absolute_url())
    return answer_together(request, taken, form, reader=reader)


@open_to_tools(Scope.MARKS)
@require_safe
@passing.with_pass(Scope.READ, Scope.MARKS)
def marked_download(request: HttpRequest, file_name: str, extension: str) -> HttpResponseBase:  # noqa: ARG001 - for people
    """What a member marks for later as files in one ZIP, the latest first, or the advisories that come first."""
    return answer_own(request, extension, Own(marks.marked_by, _("what I marked for later"), names.MARKED, "marked"))


@open_to_tools(Scope.MARKS)
@require_safe
@passing.with_pass(Scope.READ, Scope.MARKS)
def bookmarked_download(request: HttpRequest, file_name: str, extension: str) -> HttpResponseBase:  # noqa: ARG001 - for people
    """The works that a member has bookmarked, private or not, as files in one ZIP, or the advisories that come first."""
    return answer_own(request, extension, Own(bookmarked_by, _("what I bookmarked"), names.BOOKMARKED, "user_bookmarks"))


@dataclass(frozen=True, slots=True)
class Own:
    """A list of works that is a member's own: which, how people call it, its file, and the name of its page's address."""

    works_of: Callable[[User], WorkQuerySet]
    title: str
    name: str
    page: str


def answer_own(request: HttpRequest, extension: str, own: Own) -> HttpResponseBase:
    """Answer a list of whoever asks as files in one ZIP; guests are asked to log in."""
    user, form = request.user, formats.named(extension)
    if not user.is_authenticated:
        return passing.asked_of_tools(request) or redirect_to_login(request.get_full_path())
    if form is None or form.is_slow:
        raise Http404
    reader = readers.reader_of(request)
    works = leaving_out.leave_out(own.works_of(user), reader=reader).values_list("pk", flat=True)[: together.MOST_WORKS]
    taken = Taken(list(works), own.title, own.name, reverse(own.page, args=[user.username]))
    return answer_together(request, taken, form, reader=reader)


@dataclass(frozen=True, slots=True)
class Taken:
    """Works that are taken along together: their ids in order, how people call them, their file, and where they stand."""

    works: Sequence[int]
    title: str
    name: str
    back_url: str


@opening.through_the_door_again
def answer_together(request: HttpRequest, taken: Taken, form: Format, *, reader: Reader) -> HttpResponseBase:
    """Answer works as files in one ZIP, or the advisories that come before some of them."""
    found = together.shelfful_of(taken.works, reader=reader, naming=NAMING in request.GET)
    if found.advisories and WITHOUT not in request.GET:
        return told_to_tools(request, found.advisories, reader=reader) or answer_advisories(request, taken, found)
    if not found.books:
        raise Http404
    file = together.packed(found.books, form)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # packed already
    name = f"{taken.name}.{form.extension}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = freshness.FOR_ONE
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def answer_advisories(request: HttpRequest, taken: Taken, found: together.Shelfful) -> HttpResponse:
    """Answer the advisories that come before works which are taken along together, with the ways on."""
    context = {
        "title": taken.title,
        "back_url": taken.back_url,
        "advisories": found.advisories,
        "can_go_without": bool(found.books),
        "all_url": f"?{with_query(request, readers.ONCE, 'true')}",
        "without_url": f"?{with_query(request, WITHOUT, 'true')}",
        "naming_url": naming_url(request),
    }
    return render(request, "transfer/together_advisories.html", context)
