"""What stands in the head of pages for other sites and search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from archive.drawing import draw
from archive.text.data_blocks import linked_data
from archive.transfer.presenting import cards, describing, linking, sharing

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.people.models import User
    from archive.search.listings import Listing
    from archive.transfer.presenting.cards import Card
    from archive.warnings.headers import Header
    from archive.works.models import Chapter, Series, Work

register = template.Library()


@register.simple_tag(takes_context=True)
def archive_card(context: Context) -> SafeString:
    """The card of a page that is about the archive itself, or that nobody without an account may be told of."""
    return _draw(context, None)


@register.simple_tag(takes_context=True)
def work_card(
    context: Context, work: Work, header: Header, chapter: Chapter | None = None, number: int | None = None
) -> SafeString:
    """The card of a work or of one of its chapters, with its description; a locked one or a draft has the archive's alone."""
    if not cards.is_shown(work, chapter):
        return _draw(context, None)
    card = cards.of_work(work, header, chapter=chapter, number=number)
    described = describing.of_work(work, header, card, chapter=chapter, number=number)
    return format_html("{}{}", _draw(context, card), linked_data(described))


@register.simple_tag(takes_context=True)
def series_card(context: Context, series: Series, listing: Listing) -> SafeString:
    """The card of a series."""
    card = cards.of_series(series, listing)
    return format_html("{}{}", _draw(context, card), linked_data(describing.of_series(series, card)))


@register.simple_tag(takes_context=True)
def listing_card(context: Context, listing: Listing, title: str) -> SafeString:
    """The card of a list of works."""
    return _draw(context, cards.of_listing(listing, title))


@register.simple_tag(takes_context=True)
def person_card(context: Context, person: User) -> SafeString:
    """The card of a profile."""
    url = linking.whole(person.get_absolute_url())
    card = cards.Card(title=person.username, description="", url=url, canonical=url, kind="profile")
    return format_html("{}{}", _draw(context, card), linked_data(describing.of_person(person)))


@register.simple_tag
def share_address(work: Work) -> str:
    """Where the text for sharing a work is; nothing where there is none."""
    return sharing.share_address(work)


def _draw(context: Context, card: Card | None) -> SafeString:
    """A card as it stands in a page's head."""
    name = context["charter"].name
    return draw("components/card.html", {"card": card, "name": name, "site": linking.whole("")}, of=(card, name))
