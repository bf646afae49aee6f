"""Marks that stand by the hundred on a page, where a loop in a template would be most of the page's time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _

from archive.addresses import address
from archive.drawing import draw, fill
from archive.reading import choices
from archive.text.comparing import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.reading.desks import Desk
    from archive.reading.pages import Associations
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
def masthead(context: Context) -> SafeString:
    """The head of every page."""
    charter, user, path = context["charter"], context.get("user"), context["request"].path
    shown = {"name": charter.name, "takes_sign_ups": charter.takes_sign_ups}
    said: dict[str, Any] = {
        "theme": context["theme"],
        "path": path if path in {address("media_index"), address("works_index")} else "",
    }
    if user is None or not user.is_authenticated:
        return draw("components/masthead.html", {"charter": shown, **said}, of=(*shown.values(), *said.values()))
    counts = context["menu_counts"]
    said |= {"waiting": counts["requests"], "news": counts["news"]}
    of = (*shown.values(), *said.values(), user.username, user.can_wrangle, user.is_superuser)
    gaps = {"csrf_token": context["csrf_token"]}
    return fill("components/masthead.html", {"charter": shown, "user": user, **said}, of=of, gaps=gaps)


@register.simple_tag(takes_context=True)
def waiting_words(context: Context) -> SafeString:
    """Where a member's writing is told of that had to wait in the browser: `components/waiting_words.html`."""
    return fill("components/waiting_words.html", {}, gaps={"author": context["user"].pk, "csrf_token": context["csrf_token"]})


@register.simple_tag
def page_feed(title: object, url: str, *, is_in_head: bool = False) -> SafeString:
    """The way to a feed: `components/page_feed.html`."""
    context = {"is_in_head": is_in_head}
    return fill("components/page_feed.html", context, of=(is_in_head,), gaps={"title": title, "url": url})


@register.simple_tag(takes_context=True)
def reading_tools(context: Context) -> SafeString:
    """The ways to have texts set, in a menu where works are read."""
    said = context["reading"]
    # Templates call what can be called, once the piece has to be drawn.
    return draw("components/reading_tools.html", {"groups": lambda: choices.groups_of(said, choices.TEXT)}, of=(str(said),))


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
def preface(work: Work, associations: Associations | None = None, is_later_chapter: object = None) -> SafeString:
    """The head of a work's text: `components/preface.html`."""
    context = {"work": work, "associations": associations, "is_later_chapter": bool(is_later_chapter)}
    named = (tuple(associations.sources), tuple(associations.translations)) if associations else ()
    return draw("components/preface.html", context, of=(bool(is_later_chapter), *named, work.notes, *work.shown_of_it))


@register.simple_tag(takes_context=True)
def reading_place(context: Context, desk: Desk) -> SafeString:
    """Where a reader stopped in a work: `components/reading_place.html`."""
    template, shown = "components/reading_place.html", {"desk": desk}
    gaps = {"work": desk.work.pk, "reader": context["user"].pk, "address": desk.address}
    if desk.stop:
        return render_to_string(template, {**shown, **gaps})
    return fill(template, shown, of=(desk.is_chaptered, desk.is_members), gaps=gaps)


@register.simple_tag
def further_ways(work: Work, is_end: bool) -> SafeString:
    """The ways on below a work: `components/further_ways.html`."""
    shown = {"has_alike": is_end and not work.is_draft, "has_feed": not work.is_draft and not work.is_restricted}
    gaps = {"alike_url": address("work_alike", work.pk), "feed_url": address("work_feed", work.pk)}
    return fill("components/further_ways.html", shown, of=tuple(shown.values()), gaps=gaps)


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
