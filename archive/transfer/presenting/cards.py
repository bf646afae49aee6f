"""Cards: what other sites show where somebody puts a link to a page of the archive. The advisory, the author's summary, no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.reading.pages import FULL
from archive.text.plain import plain_text
from archive.transfer import linking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.search.listings import Listing
    from archive.warnings.headers import Header
    from archive.works.chapters import Chapter
    from archive.works.models import Work
    from archive.works.series import Series

LONGEST = 280  # characters of a summary; what shows cards cuts them at some 300
SHORTEST_CUT = 0.6  # of the longest: a text without spaces is cut anywhere rather than away


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is said of a page elsewhere. All addresses are whole ones."""

    title: str
    description: str
    url: str  # where a link to it leads
    canonical: str  # the one of its addresses that search engines are to keep
    kind: str = "website"
    locale: str = ""
    authors: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    published_at: str = ""
    revised_at: str = ""
    oembed: str = ""


def is_shown(work: Work, chapter: Chapter | None = None) -> bool:
    """Whether anything at all may be said of a work to those who have no account."""
    return not (work.is_draft or work.is_restricted or (chapter and chapter.is_draft))


def of_work(work: Work, header: Header, *, chapter: Chapter | None = None, number: int | None = None) -> Card:
    """Answer the card of a posted work, or of one of its chapters, that `is_shown`. `header` holds what may be named."""
    is_part = chapter is not None and work.is_chaptered
    url = linking.whole(chapter.get_absolute_url() if chapter and is_part else work.get_absolute_url())
    is_full = not is_part and work.chapter_count > 1
    title = f"{work} - {_('Chapter {number}').format(number=number)}" if is_part else str(work)
    return Card(
        title=title,
        description=description_of(work, header),
        url=url,
        canonical=f"{url}?{FULL}=true" if is_full else url,
        kind="article",
        locale=work.language.code.replace("-", "_") if work.language else "",
        authors=tuple(linking.whole(maker.get_absolute_url) for maker in work.makers),
        fandoms=tuple(tag.name for tag in header.fandoms),
        published_at=work.published_at.isoformat() if work.published_at else "",
        revised_at=work.revised_at.isoformat() if work.revised_at else "",
        oembed=linking.whole(f"{reverse('oembed')}?{urlencode({'url': url, 'format': 'json'})}"),
    )


def of_series(series: Series, listing: Listing) -> Card:
    """Answer the card of a series: what its works on this page are rated and warn of, then its description."""
    url = linking.whole(series.get_absolute_url())
    headers = [blurb.header for blurb in listing.page.object_list] if listing.page else []
    return Card(
        title=str(series),
        description=joined([advice_of(headers), cut(series.summary)]),
        url=url,
        canonical=canonical_of(listing),
        authors=tuple(linking.whole(pseud.get_absolute_url()) for pseud in series.pseuds.all()),
    )


def of_listing(listing: Listing, title: str) -> Card:
    """Answer the card of a list of works: its name, and how many there are."""
    place = linking.whole(listing.place.path)
    count = listing.page.paginator.count if listing.page else 0
    works = _("1 work") if count == 1 else _("{count} works").format(count=f"{count:,}")
    return Card(title=title, description=works, url=place, canonical=canonical_of(listing))


def canonical_of(listing: Listing) -> str:
    """Answer the address of a page of a list as search engines are to keep it; nothing for one that they are not to keep."""
    if listing.is_filtered or listing.page is None:
        return ""
    number = listing.page.number
    return linking.whole(f"{listing.place.path}?page={number}" if number > 1 else listing.place.path)


def description_of(work: Work, header: Header) -> str:
    """Answer what a work is rated and warns of, then the beginning of its summary; nothing of its text or its content notes."""
    return joined([advice_of([header]), cut(work.summary)])


def advice_of(headers: Iterable[Header]) -> str:
    """Answer the ratings and warnings of works in a line, each once. What may not be named is said to be there."""
    found = list(headers)
    ratings = dict.fromkeys(header.rating.name for header in found if header.rating)
    warnings = dict.fromkeys(tag.name for header in found for tag in header.warnings)
    if any(header.has_unnamed_warnings for header in found):
        warnings[_("This work has warnings") if len(found) == 1 else _("Some works have warnings")] = None
    return " · ".join(part for part in (", ".join(ratings), ", ".join(warnings)) if part)


def joined(parts: Iterable[str]) -> str:
    """Answer the parts of a description, those that there are."""
    return " — ".join(part for part in parts if part)


def cut(html: str) -> str:
    """Answer the words of clean HTML in one line, cut at a word's end where they are too long."""
    text = " ".join(plain_text(html).split())
    if len(text) <= LONGEST:
        return text
    beginning = text[:LONGEST]
    end = beginning.rfind(" ")
    return f"{beginning[: end if end > LONGEST * SHORTEST_CUT else LONGEST].rstrip()}…"
