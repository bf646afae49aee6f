"""Listings of works: the same on every page that has one, with the same filters beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import paging
from archive.search import chips, facets, finding, keepers, parameters, selecting
from archive.search.blurbs import Blurb, blurbs_of
from archive.search.forms import WorkSearch
from archive.search.parameters import Asked
from archive.search.query.mistakes import TooWild
from archive.search.selections import Column, Found, NotNow, Selection
from archive.warnings import leaving_out
from archive.works.models import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from archive.people.models import Pseud, User
    from archive.search.browsing import Totals
    from archive.search.chips import Chip
    from archive.search.facets import Facets
    from archive.search.keepers import KeptFilter
    from archive.tags.models import Tag
    from archive.warnings.readers import Reader
    from archive.works.languages import Language
    from archive.works.series import Series

WORKS_ON_A_PAGE = 20
LAST_PAGE = 5_000  # as far as anybody pages; beyond it a database would count rows for minutes
TRY_AGAIN = 60  # seconds
OF_SERIES = gettext_lazy("Order of the series")
# What stands beside a listing; what else the search knows goes along hidden.
BESIDE = (
    "sort_column", "other_tag_names", "excluded_tag_names", "crossover", "complete", "words_from", "words_to",
    "date_from", "date_to", "query", "language_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a listing stands: its address, what all its works are, and how that is said in its heading."""

    path: str
    title: str = ""
    words: str = ""
    base: Selection = field(default_factory=Selection)
    tag: Tag | None = None
    subject: User | Pseud | Series | Language | None = None  # what it is the listing of, where that is no tag
    totals: Totals | None = None  # of a series
    is_followed: bool | None = None  # by the reader; None where that was not asked
    is_elsewhere: bool = False  # than at the name that was asked for, which is another's
    order: tuple[int, ...] = ()  # ids of its works where they have an order of their own, as in a series
    finds_all: bool = False  # whether its reader finds all of these, so that the index need not put a page of them in order
    order_name: str | _StrPromise = OF_SERIES
    takes_filters: bool = True  # that readers keep
    is_private: bool = False  # one member's alone: it has no feed at its own address
    fields: tuple[str, ...] = BESIDE

    @property
    def name(self) -> str:
        """What it is known by to programs for ever, whatever becomes of the name of a tag or a person, and so of its address."""
        subject = self.tag or self.subject
        return f"{type(subject).__name__.lower()}:{subject.pk}" if subject else self.path

    @property
    def feed(self) -> str:
        """The address of its feed, to which the same query belongs; nothing where there is none."""
        return "" if self.is_private else f"{self.path}/feed.atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a listing is shown: how many works on a page, by what they are sorted where nobody says, whether tags stand beside it."""

    size: int = WORKS_ON_A_PAGE
    sort: Column | None = None
    has_facets: bool = True


ON_PAGES = Manner()


@dataclass(frozen=True, slots=True)
class Kept:
    """The filters that a reader keeps for a place, and the one that is at work because nothing was asked."""

    filters: Sequence[KeptFilter] = ()
    default: KeptFilter | None = None
    is_at_work: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a listing with all that stands round it."""

    place: Place
    asked: Asked
    form: WorkSearch
    page: Page[Blurb] | None  # None where nothing could be looked for
    facets: Facets
    chips: Sequence[Chip]
    kept: Kept
    refusal: str = ""
    status: HTTPStatus = HTTPStatus.OK
    querystring_base: str = ""
    has_counts: bool = True
    has_index: bool = True  # else it comes from the database, and says so

    @property
    def is_filtered(self) -> bool:
        """Whether it is other than the bare listing, which alone search engines are shown."""
        return not self.asked.is_bare

    @property
    def sent_along(self) -> parameters.Pairs:
        """What the form beside the list sends along without showing it."""
        return self.form.sent_along(*self.place.fields, shown=self.facets.shown)

    @property
    def query_to_keep(self) -> str:
        """What a kept filter holds."""
        return parameters.written(self.asked.kept())

    @property
    def address_to_keep(self) -> str:
        """The address of the page on which a guest names what is asked, to keep it: a form here would give them a cookie."""
        said = {"query": self.query_to_keep, "path": self.place.path, "tag": self.place.tag.name if self.place.tag else ""}
        return f"{reverse('saved_filter_new')}?{urlencode({name: value for name, value in said.items() if value})}"

    @property
    def refusal_in_full(self) -> str:
        """Why nothing was looked for, with each mistake on a line of its own."""
        mistakes = [f"{field.label}: {error}" for field in self.form for error in field.errors]
        return "\n".join([self.refusal, *mistakes])

    @property
    def feed(self) -> str:
        """The address of the feed of what is asked; nothing where there is none."""
        return self._asked_at(self.place.feed) if self.place.feed else ""

    @property
    def address_for_people(self) -> str:
        """The address of the page of what is asked."""
        return self._asked_at(self.place.path)

    def _asked_at(self, path: str) -> str:
        return f"{path}?{self.query_to_keep}" if self.query_to_keep else path

    @property
    def unfiltered_address(self) -> str:
        """The address of everything in this place."""
        return f"{self.place.path}?default=off" if self.kept.default else self.place.path


def tell_machines(response: HttpResponse, listing: Listing) -> HttpResponse:
    """Answer a page of a listing with what machines are to know of it: when to try again."""
    if listing.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(TRY_AGAIN)
    return response


def listing_of(request: HttpRequest, place: Place, *, reader: Reader) -> Listing:
    """Answer the page of a listing that a request asks for; one that does not exist is a 404."""
    asked, kept = _asked_and_kept(request, place)
    base = query_without_page(request)
    return _listing(place, asked, kept, page_number(request), ON_PAGES, reader=reader, base=base)


def listing_for_tools(asked: Asked, number: int, place: Place, manner: Manner, *, reader: Reader) -> Listing:
    """As `listing_of`, in another manner: a tool has no filters that it keeps."""
    return _listing(place, asked, Kept(), number, manner, reader=reader)


def _listing(place: Place, asked: Asked, kept: Kept, number: int, manner: Manner, *, reader: Reader, base: str = "") -> Listing:
    form = WorkSearch(asked, own_order=place.order_name if place.order else "")
    named = selecting.named_tags(asked, viewer=reader.user)
    found, page, refusal, status = None, None, "", HTTPStatus.OK
    if not form.is_valid():
        refusal, status = _("Nothing was looked for, since not all of this can be read:"), HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        selection = selecting.selection_of(asked, form, named=named, base=place.base)
        try:
            order, is_whole = place.order, place.finds_all and asked.is_bare
            if selecting.has_sort(form):
                order = ()
            elif manner.sort is not None:
                selection, order = replace(selection, sort=manner.sort, is_ascending=False), ()
            found, page = _find(selection, number, manner, reader=reader, order=order, is_whole=is_whole)
        except TooWild as mistake:
            refusal, status = str(mistake), HTTPStatus.UNPROCESSABLE_ENTITY
        except NotNow as not_now:
            refusal, status = str(not_now), HTTPStatus.SERVICE_UNAVAILABLE
    elsewhere = {*place.base.include, *named.values()}
    beside = facets.facets_of(asked, found, elsewhere=elsewhere, reader=reader) if manner.has_facets else facets.NONE
    address = chips.address_without(place.path, has_default=kept.default is not None)
    return Listing(
        place=place,
        asked=asked,
        form=form,
        page=page,
        facets=beside,
        chips=chips.chips_of(asked, names=beside.names, languages=form.languages, address=address),
        kept=kept,
        refusal=refusal,
        status=status,
        querystring_base=base,
        has_counts=found is None or not found.count or bool(found.facets),
        has_index=found is None or found.is_from_index,
    )


def _asked_and_kept(request: HttpRequest, place: Place) -> tuple[Asked, Kept]:
    """Answer what is asked for, which a reader's default filter says where the address says nothing. A tool keeps no filters."""
    asked = Asked.of(request.GET)
    is_tools = request.user.is_authenticated and request.user.reads_only
    if not place.takes_filters or is_tools:
        return asked, Kept()
    filters = keepers.keeper_of(request).filters_beside(place.tag)
    default = next((kept for kept in filters if kept.is_default and kept.tag is not None), None)
    if default is None or not asked.is_bare:
        return asked, Kept(filters, default)
    return Asked.of(QueryDict(default.query)), Kept(filters, default, is_at_work=True)


def _find(
    selection: Selection,
    number: int,
    manner: Manner,
    *,
    reader: Reader,
    order: Sequence[int],
    is_whole: bool = False,
) -> tuple[Found, Page[Blurb]]:
    """Answer what is found and a page of it, in the order that a place has of its own if it has one.

    Where all of that is found (`is_whole`), the index is asked for the counts alone.

    The works of the page are got while the tags of all are still being counted.
    """
    first = (number - 1) * manner.size
    start, limit = (0, 0 if is_whole else len(order)) if order else (first, manner.size)
    pages: list[Page[Blurb]] = []

    def meanwhile(ids: list[int], count: int) -> None:
        if order:
            found_ids = set(ids)
            found = order if is_whole else [pk for pk in order if pk in found_ids]
            ids = list(found[first : first + manner.size])
        pages.append(_page(ids, count, number, manner, reader=reader))

    found = finding.find(selection, reader=reader, start=start, limit=limit, with_facets=manner.has_facets, meanwhile=meanwhile)
    return found, pages[-1]


def _page(ids: list[int], count: int, number: int, manner: Manner, *, reader: Reader) -> Page[Blurb]:
    """Answer the works with these ids, in their order, as a page. They are got through the door whatever an index says."""
    paginator = Paginator(range(count), manner.size)
    try:
        paginator.validate_number(number)
    except InvalidPage as nowhere:
        raise Http404 from nowhere
    blurbs = blurbs_of(through_the_door(ids, reader=reader), reader=reader)
    return Page(blurbs, number, paginator)  # type: ignore[arg-type] # its paginator only counts


def through_the_door(ids: Sequence[int], *, reader: Reader) -> list[Work]:
    """Answer the works with these ids that this reader finds, in their order, with all that pages show."""
    works = Work.objects.listed_to(reader.user).filter(pk__in=ids) if ids else Work.objects.none()
    by_id = {work.pk: work for work in leaving_out.leave_out(works, reader=reader).for_pages()}
    return [by_id[pk] for pk in ids if pk in by_id]


def page_number(request: HttpRequest) -> int:
    """Answer the number of the page that is asked for; what is none is a 404."""
    return paging.page_number(request.GET.get(parameters.PAGE, "").strip() or "1", last=LAST_PAGE)


def page_asked_for[Item](paginator: Paginator[Item], request: HttpRequest) -> Page[Item]:
    """Answer the page of this paginator that the request's `page` names, the first where it names none."""
    return paging.page_of(paginator, page_number(request))


def query_without_page(request: HttpRequest) -> str:
    """Answer the beginning of the address of another page of the same listing."""
    query = request.GET.copy()
    query.pop(parameters.PAGE, None)
    path = escape_uri_path(request.path)
    return f"{path}?{query.urlencode(safe='[]')}&" if query else f"{path}?"
