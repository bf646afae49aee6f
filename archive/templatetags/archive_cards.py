"""What stands in the head of pages for other sites and search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from archive.drawing import draw
from archive.text.data_blocks import linked_data
from archive.transfer import linking
from archive.transfer.presenting import cards, describing, sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.people.models import User
    from archive.search.listings import Listing
    from archive.transfer.presenting.cards import Card
    from archive.warnings.headers import Header
    from archive.works.chapters import Chapter
    from archive.works.models import Work
    from archive.works.series import Series

register = template.Library()


@register.simple_tag(takes_context=True)
def archive_card(context: Context) -> SafeString:
    """The card of a page that is about the archive itself, or that nobody without an account may be told of."""
    return _draw(context)


@register.simple_tag(takes_context=True)
def work_card(
    context: Context, work: Work, header: Header, chapter: Chapter | None = None, number: int | None = None
) -> SafeString:
    """The card of a work or of one of its chapters, with its description; a locked one or a draft has the archive's alone."""
    if not cards.is_shown(work, chapter):
        return _draw(context)

    def card() -> Card:
        return cards.of_work(work, header, chapter=chapter, number=number)

    def data() -> SafeString:
        return linked_data(describing.of_work(work, header, card(), chapter=chapter, number=number))

    # Put together only where it is not remembered: it would be a tenth of the page's time.
    named = (header.has_unnamed_warnings, *(tag.pk for tag in header.warnings))
    return _draw(context, card, data, of=(*work.shown_of_it, *named, chapter and chapter.pk, number))


@register.simple_tag(takes_context=True)
def series_card(context: Context, series: Series, listing: Listing) -> SafeString:
    """The card of a series."""
    card = cards.of_series(series, listing)
    return _draw(context, lambda: card, lambda: linked_data(describing.of_series(series, card)), of=(card,))


@register.simple_tag(takes_context=True)
def listing_card(context: Context, listing: Listing, title: str) -> SafeString:
    """The card of a list of works."""
    card = cards.of_listing(listing, title)
    return _draw(context, lambda: card, of=(card,))


@register.simple_tag(takes_context=True)
def person_card(context: Context, person: User) -> SafeString:
    """The card of a profile."""
    url = linking.whole(person.get_absolute_url())
    card = cards.Card(title=person.username, description="", url=url, canonical=url, kind="profile")
    return _draw(context, lambda: card, lambda: linked_data(describing.of_person(person)), of=(card,))


@register.simple_tag
def share_address(work: Work) -> str:
    """Where the text for sharing a work is; nothing where there is none."""
    return sharing.share_address(work)


def _draw(
    context: Context,
    card: Callable[[], Card | None] = lambda: None,
    data: Callable[[], SafeString | str] = lambda: "",
    *,
    of: tuple[Hashable, ...] = (),
) -> SafeString:
    """A card as it stands in a page's head, with its linked data. `of` is all that the two are made from."""
    name, site = context["charter"].name, linking.whole("")
    # Templates call what can be called, once the piece has to be drawn.
    return draw("components/card.html", {"make_card": card, "make_data": data, "name": name, "site": site}, of=(*of, name, site))
