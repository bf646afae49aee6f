"""Marks that stand by the hundred on a page, where a loop in a template would be most of the page's time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _

from archive.drawing import draw
from archive.reading import choices
from archive.text.comparing import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.search.blurbs import Blurb
    from archive.tags.labels import Label
    from archive.text.cleaning import CleanHTML
    from archive.text.comparing import Piece
    from archive.warnings.headers import Header
    from archive.works.gathering import Maker, PlaceAmong
    from archive.works.models import Work

register = template.Library()

REMOVED = '<del><span class="landmark">{} </span>{}<span class="landmark"> {}</span></del>'
ADDED = '<ins><span class="landmark">{} </span>{}<span class="landmark"> {}</span></ins>'


@register.simple_tag
def blurb(blurb: Blurb) -> SafeString:
    """A work in a list of works: `components/blurb.html`, drawn once for as long as nothing in it changes."""
    return blurb.drawn()


@register.simple_tag(takes_context=True)
def guest_masthead(context: Context) -> SafeString:
    """The head of every page as guests see it."""
    charter, theme, path = context["charter"], context["theme"], context["request"].path
    shown = {"name": charter.name, "takes_sign_ups": charter.takes_sign_ups}
    here = path if path in {reverse("media_index"), reverse("works_index")} else ""
    return draw("components/masthead.html", {"charter": shown, "theme": theme, "path": here}, of=(*shown.values(), theme, here))


@register.simple_tag(takes_context=True)
def reading_tools(context: Context) -> SafeString:
    """The ways to have texts set, in a menu where works are read."""
    said = context["reading"]
    return draw("components/reading_tools.html", {"groups": choices.groups_of(said, choices.TEXT)}, of=(str(said),))


@register.simple_tag
def head_links() -> SafeString:
    """What every page loads."""
    return draw("components/head_links.html", {}, of=())


@register.simple_tag(takes_context=True)
def colophon(context: Context) -> SafeString:
    """The foot of every page."""
    charter = context["charter"]
    shown = {"name": charter.name, "contact": charter.contact}
    return draw("components/colophon.html", {"charter": shown}, of=tuple(shown.values()))


@register.simple_tag
def work_header(
    work: Work, header: Header, content_notes: list[CleanHTML], naming_url: str, places: Sequence[PlaceAmong]
) -> SafeString:
    """The header of a work: `components/work_meta.html`."""
    context = {"work": work, "header": header, "content_notes": content_notes, "naming_url": naming_url, "places": places}
    way = naming_url if header.has_unnamed_warnings else ""
    of = (way, tuple(content_notes), tuple(places), work.kinds_in_json, work.tally_in_json, *work.shown_of_it)
    return draw("components/work_meta.html", context, of=of)


@register.simple_tag
def byline(work: Work) -> SafeString:
    """Who made a work, as links with commas; the work is a gathered one."""
    return bylines(work.makers)


@register.simple_tag
def bylines(makers: Iterable[Maker]) -> SafeString:
    """Names under a work, as links with commas."""
    return format_html_join(", ", '<a rel="author" href="{}">{}</a>', ((maker.get_absolute_url, maker.byline) for maker in makers))


@register.simple_tag
def recipients(work: Work) -> SafeString:
    """For whom a work is, as links with commas; the work is a gathered one."""
    return format_html_join(", ", '<a href="{}">{}</a>', ((one.get_absolute_url, one.byline) for one in work.recipients))


@register.simple_tag
def tag_items(header: Header) -> SafeString:
    """The tags of a work in a list of works, as list items in the classes that tools and skins know."""
    return format_html_join(
        "\n", '<li class="{}">{}</li>', ((css, tag.link) for css, tags in header.listed().items() for tag in tags)
    )


@register.simple_tag
def tag_links(tags: list[Label]) -> SafeString:
    """Tags as links with commas."""
    return format_html_join(", ", "{}", ((tag.link,) for tag in tags))


@register.simple_tag
def compared(paragraphs: list[list[Piece]]) -> SafeString:
    """Paragraphs of two texts that are shown as one, with what was removed and what was added, to be seen and to be heard."""
    removed, added, end = _("[removed:]"), _("[added:]"), _("[end]")
    shown: dict[Kind, Callable[[str], SafeString]] = {
        Kind.KEPT: conditional_escape,
        Kind.REMOVED: lambda text: format_html(REMOVED, removed, text, end),
        Kind.ADDED: lambda text: format_html(ADDED, added, text, end),
    }
    drawn = (format_html_join("", "{}", ((shown[kind](text),) for kind, text in pieces)) for pieces in paragraphs)
    return format_html_join("\n", "<p>{}</p>", ((paragraph,) for paragraph in drawn))


@register.simple_tag
def marked(pieces: list[Piece]) -> SafeString:
    """One side of a passage that differs, with what the other side has not marked."""
    drawn = (conditional_escape(text) if kind is Kind.KEPT else format_html("<mark>{}</mark>", text) for kind, text in pieces)
    return format_html_join("", "{}", ((piece,) for piece in drawn))
