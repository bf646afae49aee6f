"""Marks of the filters beside a listing: a hundred boxes on every page, too many for a loop in a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from archive.drawing import draw

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from archive.search.facets import Group
    from archive.search.listings import Listing

register = template.Library()

INCLUDE = (
    '<li><label for="include_work_search_{0}_ids_{1}"><input type="{2}" name="include_work_search[{0}_ids][]" value="{1}"'
    ' id="include_work_search_{0}_ids_{1}"{3}><span class="filter-name" dir="auto">{4}{5}</span></label></li>\n'
)
EXCLUDE = (
    '<li><label for="exclude_work_search_{0}_ids_{1}" title="{5}"><input type="checkbox" name="exclude_work_search[{0}_ids][]"'
    ' value="{1}" id="exclude_work_search_{0}_ids_{1}" aria-label="{5}"{2}><span class="landmark">{3}{4}</span></label></li>\n'
)


@register.simple_tag
def filter_group(group: Group) -> SafeString:
    """The tags of one kind that can be asked for or left out: `components/filter_group.html`."""
    return draw("components/filter_group.html", {"group": group}, of=(group,))


@register.simple_tag
def filter_order(listing: Listing) -> SafeString:
    """In which order a listing comes."""
    return _draw_fields("components/filter_order.html", listing)


@register.simple_tag
def filter_fields(listing: Listing) -> SafeString:
    """What a listing can be filtered by beside tags."""
    return _draw_fields("components/filter_fields.html", listing)


def _draw_fields(template: str, listing: Listing) -> SafeString:
    """A part of the filters that are no tags, remembered by what was typed and what is wrong with it."""
    form, fields = listing.form, listing.place.fields
    said = tuple((name, value) for name, value in form.asked.pairs if name in {form.add_prefix(field) for field in fields})
    of = (said, str(form.errors), fields, bool(listing.place.order), tuple(form.languages.items()))
    offered = tuple(form.fields["sort_column"].choices)  # type: ignore[attr-defined] # a choice
    return draw(template, {"form": form, "fields": fields}, of=(*of, str(offered)))


@register.simple_tag
def include_options(group: Group) -> SafeString:
    """The boxes that ask for tags."""
    kind, name = ("radio" if group.kind.is_single else "checkbox"), group.parameter
    rows = ((name, one.pk, kind, " checked" if one.is_in else "", one.name, counted(one.works)) for one in group.options)
    return format_html_join("", INCLUDE, rows)


@register.simple_tag
def exclude_options(group: Group) -> SafeString:
    """The boxes that leave tags out."""
    name, without = group.parameter, gettext("Without %(name)s")
    rows = (
        (name, one.pk, " checked" if one.is_out else "", one.name, counted(one.works), without % {"name": one.name})
        for one in group.options
    )
    return format_html_join("", EXCLUDE, rows)


def counted(works: int | None) -> str:
    """Answer how many works bear a tag, as it stands behind its name."""
    return "" if works is None else format_html(' <span class="count">({})</span>', intcomma(works))
