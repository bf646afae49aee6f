"""oEmbed: what another site shows of an address of the archive, which it names to us in full."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from archive.search import browsing
from archive.search.listings import through_the_door
from archive.transfer import linking
from archive.transfer.presenting import cards
from archive.warnings.headers import header_of
from archive.warnings.readers import GUEST
from archive.works import finding
from archive.works.series import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import Pseud
    from archive.transfer.presenting.cards import Card
    from archive.works.gathering import Maker

type Answer = dict[str, str]

VERSION = "1.0"
WORKS_TOLD_OF = 20  # of a series, as its first page shows
LONGEST = 2_000  # characters of an address


def embed(url: str, *, archive: str) -> Answer | None:
    """Answer what a guest may be told of the page at an address; None where that is nothing."""
    try:
        match = resolve(path_of(url))
    except (Resolver404, ValueError):
        return None
    match match.url_name, match.kwargs:
        case "work_show", {"pk": int(pk)}:
            return of_work(pk, archive=archive)
        case "chapter_show", {"work_pk": int(pk), "pk": int(chapter)}:
            return of_work(pk, chapter_pk=chapter, archive=archive)
        case "series_show", {"pk": int(pk)}:
            return of_series(pk, archive=archive)
    return None


def path_of(url: str) -> str:
    """Answer the path of an address of this archive. Raises `ValueError` for any other."""
    parts = urlsplit(url)
    site = urlsplit(settings.SITE_ADDRESS)
    if len(url) > LONGEST or parts.scheme not in {"http", "https"} or parts.netloc.lower() != site.netloc.lower():
        raise ValueError(url)
    return parts.path


def of_work(pk: int, *, archive: str, chapter_pk: int | None = None) -> Answer | None:
    """Answer what a guest may be told of a work or of a posted chapter of it."""
    work = finding.find(pk, viewer=GUEST.user)
    if work is None:
        return None
    numbered = {one.pk: (number, one) for number, one in enumerate(finding.posted_chapters(work), 1)} if chapter_pk else {}
    if chapter_pk and chapter_pk not in numbered:
        return None
    number, chapter = numbered.get(chapter_pk or 0, (None, None))
    card = cards.of_work(work, header_of(work, reader=GUEST), chapter=chapter, number=number)
    return answer(card, work.makers, archive=archive)


def of_series(pk: int, *, archive: str) -> Answer | None:
    """Answer what a guest may be told of a series: its name and its makers, and what its first works are rated and warn of."""
    series = Series.objects.visible_to(GUEST.user).with_makers().filter(pk=pk).first()
    if series is None:
        return None
    url = linking.whole(series.get_absolute_url())
    authors = tuple(linking.whole(pseud.get_absolute_url()) for pseud in series.pseuds.all())
    order, _totals = browsing.in_order(series, reader=GUEST)
    headers = [header_of(work, reader=GUEST) for work in through_the_door(order[:WORKS_TOLD_OF], reader=GUEST)]
    said = cards.joined([cards.advice_of(headers), cards.cut(series.summary)])
    card = cards.Card(title=str(series), description=said, url=url, canonical=url, authors=authors)
    return answer(card, list(series.pseuds.all()), archive=archive)


def answer(card: Card, makers: Sequence[Maker] | Sequence[Pseud], *, archive: str) -> Answer:
    """Answer a card in the words of oEmbed."""
    return {
        "version": VERSION,
        "type": "link",
        "title": card.title,
        "description": card.description,
        "author_name": ", ".join(maker.byline for maker in makers),
        "author_url": card.authors[0] if card.authors else "",
        "provider_name": archive,
        "provider_url": linking.whole("/"),
    }
