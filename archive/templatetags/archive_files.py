"""Marks about the files that leave the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from archive.drawing import draw
from archive.transfer.taking import formats, names
from archive.warnings.readers import ONCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.template import Context
    from django.utils.safestring import SafeString

    from archive.works.models import Work
    from archive.works.series import Series

register = template.Library()


@register.simple_tag(takes_context=True)
def download_menu(context: Context, work: Work) -> SafeString | str:
    """The files in which a posted work can be taken along. Whoever has agreed for this once has agreed for them, too."""
    if work.is_draft or work.revised_at is None:
        return ""
    agreed = f"{ONCE}=true&" if ONCE in context["request"].GET else ""
    query = f"{agreed}updated_at={int(work.revised_at.timestamp())}"
    files = [{"name": one.name, "url": f"{names.download_address(work, one.extension)}?{query}"} for one in formats.available(work)]
    return draw("components/download_menu.html", {"files": files}, of=tuple(file["url"] for file in files))


@register.simple_tag(takes_context=True)
def keeping(context: Context, work: Work) -> dict[str, str] | None:
    """How a posted work is asked for by the reader's device, to be kept; whoever has agreed for this once asks so for it, too."""
    if work.is_draft:
        return None
    return {"query": f"?{ONCE}=true" if ONCE in context["request"].GET else ""}


@register.simple_tag
def series_download_menu(series: Series) -> SafeString:
    """The formats in which the works of a series can be taken along."""
    return _together(lambda extension: names.series_address(series, extension))


@register.simple_tag
def marked_download_menu() -> SafeString:
    """The formats in which a member can take along what they mark for later."""
    return _together(names.marked_address)


@register.simple_tag
def bookmarked_download_menu() -> SafeString:
    """The formats in which a member can take along the works that they bookmark."""
    return _together(names.bookmarked_address)


def _together(address: Callable[[str], str]) -> SafeString:
    files = [{"name": one.name, "url": address(one.extension)} for one in formats.ALL.values() if not one.is_slow]
    return draw("components/download_menu.html", {"files": files}, of=tuple(file["url"] for file in files))
