"""Works and their chapters. Words of a text come from `warnings.opening` alone, after their advisory."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from ninja import Query, Router

from archive.people import passing
from archive.search.selections import Selection
from archive.transfer.answering import asked, drawing, listing, problems, shapes
from archive.transfer.answering.entering import reader_of
from archive.transfer.linking import whole
from archive.warnings import opening
from archive.warnings.advisories import Advisory, advisory_of
from archive.warnings.headers import NAMING
from archive.warnings.readers import ONCE
from archive.works import finding
from archive.works.chapters import Chapter

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.warnings.readers import Reader
    from archive.works.models import Work

router = Router(tags=["Works"])


def find_work(request: HttpRequest, pk: int) -> Work:
    """Answer a work that may be opened; at one for members guests are asked who they are. Anything else is not there."""
    work = finding.find(pk, viewer=request.user)
    if work is not None:
        return work
    if finding.is_for_members(pk, viewer=request.user):
        raise passing.NeedsPass
    raise problems.not_there()


@router.get("/works", response=shapes.WorkPage, url_name="works", summary="Find works")
def works(
    request: HttpRequest,
    filters: Query[asked.Filters],  # noqa: ARG001 # for the document: they are read as the site's lists read them
    part: Query[asked.Part],
) -> drawing.Json:
    """All works that whoever asks may find, the latest first, or those that the filters ask for.

    What the owner of the app password leaves out is left out.
    """
    reader = reader_of(request)
    return listing.page_of(request, Selection(), part, reader=reader)


@router.get("/works/{int:pk}", response=shapes.WorkDetail, url_name="work", summary="A work")
def work(request: HttpRequest, pk: int, view_adult: asked.Consent = False, show_warnings: asked.Naming = False) -> drawing.Json:
    """A work with its advisory, and without its text."""
    found = find_work(request, pk)
    advisory = advisory_of(found, finding.posted_chapters(found), reader=reader_of(request), naming=show_warnings)
    return drawing.work_detail(advisory, is_open=view_adult or not advisory.is_needed)


@router.get("/works/{int:pk}/chapters", response=shapes.ChapterList, url_name="chapters", summary="The chapters of a work")
def chapters(request: HttpRequest, pk: int, show_warnings: asked.Naming = False) -> drawing.Json:
    """The posted chapters of a work, in order, without their texts."""
    found = find_work(request, pk)
    reader = reader_of(request)
    hides = reader.hides_which_of(found, naming=show_warnings)
    items = [drawing.chapter(one, number, work=found, hides=hides) for number, one in numbered(found, reader)]
    return {"work": found.pk, "items": items}


@router.get(
    "/works/{int:work_pk}/chapters/{int:pk}", response=shapes.OpenedText, url_name="chapter", summary="A chapter with its text"
)
def chapter(
    request: HttpRequest, work_pk: int, pk: int, view_adult: asked.Consent = False, show_warnings: asked.Naming = False
) -> drawing.Json:
    """A chapter with its text. Where its advisory asks for consent, a 403 with the advisory comes first.

    `view_adult=true` says yes to what it says.
    """
    found = find_work(request, work_pk)
    reader = reader_of(request, says_yes=view_adult)
    number, one = next(((number, one) for number, one in numbered(found, reader) if one.pk == pk), (0, None))
    if one is None:
        raise problems.not_there()
    naming_url = f"{whole(one.get_absolute_url())}?{NAMING}=true"
    opened = opening.open_chapters(found, [one], reader=reader, naming=show_warnings, naming_url=naming_url)
    if isinstance(opened, Advisory):
        raise problems.Problem(
            HTTPStatus.FORBIDDEN, _("This text has an advisory that has to be met first."),
            advisory=drawing.advisory(opened), consent=f"{whole(request.path)}?{with_yes(request)}",
        )  # fmt: skip
    if not opened.chapters:
        raise problems.not_there()
    hides = reader.hides_which_of(found, naming=show_warnings)
    makers = found.chapter_makers.get(one.pk, [])
    return {
        **drawing.chapter(one, number, work=found, hides=hides),
        "work": found.pk,
        "advisory": drawing.advisory(opened.advisory),
        "authors": [drawing.author(maker) for maker in makers],
        "summary": str(one.summary),
        "notes": str(one.notes),
        "text": opened.chapters[0].html,
        "endnotes": str(one.endnotes),
        "language": drawing.language(found.language),
    }


def numbered(work: Work, reader: Reader) -> list[tuple[int, Chapter]]:
    """Answer the posted chapters of a work with their numbers."""
    found = list(Chapter.objects.readable_in(work, reader.user).posted().in_order())
    for one in found:
        one.work = work
    return list(enumerate(found, start=1))


def with_yes(request: HttpRequest) -> str:
    """Answer the query of a request, with yes said in it."""
    query = request.GET.copy()
    query[ONCE] = "true"
    return query.urlencode()
