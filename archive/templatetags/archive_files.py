"""Marks about the files that leave the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from archive.drawing import fill
from archive.transfer.taking import formats, names
from archive.warnings.readers import ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.transfer.taking.formats import Format
    from archive.works.models import Work
    from archive.works.series import Series

register = template.Library()

EXTENSION = "extension"  # where it stands in an address of several files


@register.simple_tag(takes_context=True)
def download_menu(context: Context, work: Work) -> SafeString | str:
    """The files in which a posted work can be taken along. Whoever has agreed for this once has agreed for them, too."""
    if work.is_draft or work.revised_at is None:
        return ""
    agreed = f"{ONCE}=true&" if ONCE in context["request"].GET else ""
    query = f"{agreed}updated_at={int(work.revised_at.timestamp())}"
    return _menu(formats.available(work), names.download_address(work, ""), f"?{query}")


@register.simple_tag(takes_context=True)
def keep_offline(context: Context, work: Work) -> SafeString | str:
    """Keeps a posted work on the reader's device; whoever has agreed for this once asks so for it, too."""
    if work.is_draft:
        return ""
    query = f"?{ONCE}=true" if ONCE in context["request"].GET else ""
    return fill("components/keep_offline.html", {"query": query}, of=(query,), gaps={"work": work.pk})


@register.simple_tag
def series_download_menu(series: Series) -> SafeString:
    """The formats in which the works of a series can be taken along."""
    return _together(names.series_address(series, EXTENSION))


@register.simple_tag
def marked_download_menu() -> SafeString:
    """The formats in which a member can take along what they mark for later."""
    return _together(names.marked_address(EXTENSION))


@register.simple_tag
def bookmarked_download_menu() -> SafeString:
    """The formats in which a member can take along the works that they bookmark."""
    return _together(names.bookmarked_address(EXTENSION))


def _together(address: str) -> SafeString:
    place, _extension, end = address.rpartition(EXTENSION)
    return _menu([one for one in formats.ALL.values() if not one.is_slow], place, end)


def _menu(offered: Sequence[Format], place: str, query: str) -> SafeString:
    """Files that lie in one place, as far as their extension."""
    of = tuple(one.extension for one in offered)
    return fill("components/download_menu.html", {"formats": offered}, of=of, gaps={"place": place, "query": query})
