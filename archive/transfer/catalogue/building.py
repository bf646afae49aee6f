"""Puts the pages of the catalogue together: the ways into it, and any listing of works."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import paging
from archive.charter.context import charter_of_late
from archive.search import browsing, listings, parameters
from archive.search.blurbs import blurbs_of
from archive.search.forms import SORTS
from archive.search.listings import Manner
from archive.search.selections import Column
from archive.transfer import introducing
from archive.transfer.catalogue.pages import CHOICES_ON_A_PAGE, CataloguePage, Facet, FacetGroup, Way
from archive.warnings import leaving_out
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import _StrPromise

    from archive.search.blurbs import Blurb
    from archive.search.facets import Group
    from archive.search.listings import Listing
    from archive.search.parameters import Pairs
    from archive.tags.models import Tag
    from archive.warnings.readers import Reader
    from archive.works.models import WorkQuerySet

NEWEST_FIRST = Manner(sort=Column.ARRIVED)
IN_THEIR_ORDER = Manner()  # a series
SORT = parameters.field_name("sort_column")
OFFERED = (Column.UPDATED, Column.KUDOS, Column.WORDS, Column.TITLE)
NEW, POPULAR = "http://opds-spec.org/sort/new", "http://opds-spec.org/sort/popular"


def at(path: str) -> str:
    """Answer the address that a listing has in the catalogue."""
    return f"{reverse('opds')}{path}"


def beginning() -> CataloguePage:
    """Answer the first page."""
    popular = parameters.written([(SORT, Column.KUDOS.value)])
    ways = [
        Way(title=_("New works"), path=at("/works"), rel=NEW, about=_("What came last, first.")),
        Way(title=_("Popular works"), path=f"{at('/works')}?{popular}", rel=POPULAR, about=_("With most kudos.")),
        Way(title=_("Fandoms"), path=reverse("opds_fandoms"), leads_to_works=False, about=_("The largest first.")),
        Way(
            title=_("Fandoms by kind"), path=reverse("opds_media"), leads_to_works=False, about=_("Books, films, games and so on.")
        ),
        Way(title=_("Series"), path=reverse("opds_series"), leads_to_works=False, about=_("The newest first.")),
        Way(title=_("Languages"), path=reverse("opds_languages"), leads_to_works=False, about=_("That there are works in.")),
    ]
    asks = _("Asks for your user name and an app password that may read my lists.")
    ways += [Way(title=str(own.title), path=reverse(own.name), about=asks) for own in (MARKED, FOLLOWED, BOOKMARKED)]
    archive = charter_of_late()
    return CataloguePage(archive=archive, title=archive.name, path=reverse("opds"), ways=ways, page="/")


def fandoms(number: int, *, reader: Reader) -> CataloguePage:
    """Answer the fandoms, the largest first."""
    counts = browsing.counts_of_fandoms(viewer=reader.user)
    page = paging.page_of(Paginator(list(counts), CHOICES_ON_A_PAGE), number)
    ways = [_of_tag(one.row, one.works) for one in browsing.with_their_counts(list(page.object_list), counts, viewer=reader.user)]
    return _ways(_("Fandoms"), reverse("opds_fandoms"), ways, page)


def media(*, reader: Reader) -> CataloguePage:
    """Answer the kinds of media, each with the number of its fandoms."""
    found = browsing.media_with_fandoms(viewer=reader.user)
    ways = [
        Way(
            title=one.tag.name,
            path=reverse("opds_medium", args=[one.tag.path_name]),
            count=one.count,
            leads_to_works=False,
            name=_medium_named(one.tag.pk),
        )
        for one in found
    ]
    return _ways(_("Fandoms by kind"), reverse("opds_media"), ways)


def medium(tag: Tag, number: int, *, reader: Reader) -> CataloguePage:
    """Answer the fandoms of a kind of media, by name."""
    letters = browsing.fandoms_by_letter(tag, viewer=reader.user)
    counted = [one for letter in letters for one in letter.fandoms]
    page = paging.page_of(Paginator(counted, CHOICES_ON_A_PAGE), number)
    ways = [_of_tag(one.row, one.works) for one in page.object_list]
    found = _ways(tag.name, reverse("opds_medium", args=[tag.path_name]), ways, page)
    return replace(found, up=reverse("opds_media"), name=_medium_named(tag.pk))


def series(number: int, *, reader: Reader) -> CataloguePage:
    """Answer the series that this reader finds, the newest first."""
    found = Series.objects.visible_to(reader.user).order_by("-created_at", "-pk")
    page = paging.page_of(Paginator(found, CHOICES_ON_A_PAGE), number)
    ways = [Way(title=one.title, path=at(one.get_absolute_url()), name=f"series:{one.pk}") for one in page.object_list]
    return _ways(_("Series"), reverse("opds_series"), ways, page)


def languages(*, reader: Reader) -> CataloguePage:
    """Answer the languages."""
    ways = [
        Way(
            title=one.row.name,
            path=at(reverse("language_works", args=[one.row.code])),
            count=one.works,
            name=f"language:{one.row.pk}",
        )
        for one in browsing.languages_with_counts(viewer=reader.user)
    ]
    return _ways(_("Languages"), reverse("opds_languages"), ways)


def _of_tag(tag: Tag, works: int) -> Way:
    return Way(title=tag.name, path=at(tag.get_absolute_url()), count=works, name=f"tag:{tag.pk}")


def _medium_named(pk: int) -> str:
    return f"medium:{pk}"


def _ways[Row](title: str, path: str, ways: Sequence[Way], page: Page[Row] | None = None) -> CataloguePage:
    """Answer a page of ways on."""
    number, last, total = (page.number, page.paginator.num_pages, page.paginator.count) if page else (1, 1, len(ways))
    return CataloguePage(
        archive=charter_of_late(), title=title, path=path, number=number, last=last, total=total, up=reverse("opds"), ways=ways
    )


def of_listing(listing: Listing, page: Page[Blurb]) -> CataloguePage:
    """Answer a page of a listing, at its own address in the catalogue."""
    path, paginator = at(listing.place.path), page.paginator
    return CataloguePage(
        archive=charter_of_late(), title=listing.place.title, path=path, name=listing.place.name, query=listing.asked.kept(),
        number=page.number,
        last=paginator.num_pages, total=paginator.count, size=paginator.per_page, up=reverse("opds"),
        page=listing.address_for_people, works=introducing.introduced(page.object_list), groups=list(_groups(listing, path)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own:
    """A list of works that is a member's own: what it is called, and the name of its address."""

    title: _StrPromise
    name: str


MARKED = Own(gettext_lazy("Marked for later"), "opds_marked")
FOLLOWED = Own(gettext_lazy("What I follow"), "opds_followed")
BOOKMARKED = Own(gettext_lazy("My bookmarks"), "opds_bookmarks")


def of_works(works: WorkQuerySet, number: int, own: Own, *, reader: Reader) -> CataloguePage:
    """Answer a page of works that are a member's own business, in their order."""
    shown = leaving_out.leave_out(works, reader=reader)
    page = paging.page_of(Paginator(shown.for_pages(), listings.WORKS_ON_A_PAGE), number)
    return CataloguePage(
        archive=charter_of_late(), title=str(own.title), path=reverse(own.name), name=f"{own.name}:{reader.user.pk}",
        number=number, last=page.paginator.num_pages,
        total=page.paginator.count, size=page.paginator.per_page, up=reverse("opds"),
        works=introducing.introduced(blurbs_of(page.object_list, reader=reader)),
    )  # fmt: skip


def _groups(listing: Listing, path: str) -> Iterable[FacetGroup]:
    """Give the facets of a listing: its order, then its tags kind by kind."""
    yield _sorts(listing, path)
    for group in listing.facets.groups:
        found = _tags(group, listing, path)
        if len(found.facets) > 1:
            yield found


def _sorts(listing: Listing, path: str) -> FacetGroup:
    """Answer the orders; the first of them, or a series' own, is at work where nobody says otherwise."""
    pairs = listing.asked.without("sort_column", "sort_direction")
    labels = {column.value: str(label) for column, label in SORTS.items()}
    said = listing.asked.said.get("sort_column", "")
    first = _("In its order") if listing.place.order else _("Newest first")
    offered = dict.fromkeys([*(column.value for column in OFFERED), *([said] if said in labels else [])])
    facets = [Facet(first, _with(path, pairs), is_active=said not in labels)]
    facets += [Facet(labels[name], _with(path, [*pairs, (SORT, name)]), is_active=said == name) for name in offered]
    return FacetGroup(_("Order"), facets)


def _tags(group: Group, listing: Listing, path: str) -> FacetGroup:
    """Answer the tags of a kind. Those that are asked for together are one facet, since only one of a group may be active."""
    asked, key = listing.asked, f"include_work_search[{group.parameter}_ids][]"
    ids = {str(option.pk) for option in group.options}
    chosen = [option for option in group.options if option.is_in]
    without = [(name, value) for name, value in asked.kept() if not (value in ids and name.startswith("include_"))]
    facets = [Facet(_("All"), _with(path, without), is_active=not chosen)]
    if chosen:
        facets.append(Facet(", ".join(option.name for option in chosen), _with(path, asked.kept()), is_active=True))
    base = without if group.kind.is_single else asked.kept()
    facets += [
        Facet(option.name, _with(path, [*base, (key, str(option.pk))]), option.works)
        for option in group.options
        if not option.is_in and not option.is_out and option.works != 0
    ]
    return FacetGroup(group.kind.name_plural, facets)


def _with(path: str, pairs: Pairs) -> str:
    return f"{path}?{parameters.written(pairs)}" if pairs else path
