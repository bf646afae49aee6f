"""Files of works. The door, the advisory, and only then a file, made or found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from archive.reading import pages
from archive.reading.views import answer_advisory, find_work
from archive.transfer.taking import books, formats, names, shelf
from archive.warnings import opening, readers
from archive.warnings.advisories import Advisory
from archive.warnings.headers import NAMING
from archive.works.models import Chapter

if TYPE_CHECKING:
    from archive.transfer.taking.books import Book
    from archive.transfer.taking.formats import Format


@require_safe
def work_download(request: HttpRequest, pk: int, file_name: str, extension: str) -> HttpResponseBase:  # noqa: ARG001 - for people
    """A work as a file, or the advisory that comes first. A draft is in no file, nor is one of a posted work's chapters."""
    form = formats.named(extension)
    work = find_work(request, pk)
    if isinstance(work, HttpResponseRedirect):
        return work
    if form is None or work.is_draft:
        raise Http404
    chapters = list(Chapter.objects.visible_to(request.user).filter(work=work).posted().in_order())
    for chapter in chapters:
        chapter.work = work
    passed = opening.pass_advisory(work, chapters, reader=readers.reader_of(request), naming=NAMING in request.GET)
    if isinstance(passed, Advisory):
        return answer_advisory(request, passed, pages.navigation_of(work, chapters, None))
    return answer_file(request, books.book_of(passed), form)


def answer_file(request: HttpRequest, book: Book, form: Format) -> HttpResponseBase:
    """Answer a file of a work that may be opened: as it was made before, or made now."""
    name = f"{book.digest()}-{form.edition}.{form.extension}"
    try:
        file = shelf.find(book.work.pk, name) or shelf.keep(book.work.pk, name, partial(form.write, book))
    except opening.ChangedMeanwhile:
        return HttpResponseRedirect(request.get_full_path())  # through the door again
    if form.is_packed:
        request.META.pop("HTTP_ACCEPT_ENCODING", None)  # or it would be compressed a second time, for nothing
    response = FileResponse(
        file, as_attachment=True, filename=f"{names.of_work(book.work)}.{form.extension}", content_type=form.content_type
    )
    made_at = shelf.made_at(file)
    response.headers["ETag"] = quote_etag(name)
    response.headers["Last-Modified"] = http_date(made_at)
    response.headers["Cache-Control"] = "private, no-cache"  # whoever keeps it asks at the door whether it still may be had
    response.headers["X-Robots-Tag"] = "noindex"
    unchanged = get_conditional_response(request, quote_etag(name), int(made_at))
    if unchanged is not None:
        file.close()
        return unchanged
    return response
