"""Which skins a page wears: a reader's own choice for the archive's pages, and an author's for the text of a work."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.reading.choices import choices_of
from archive.works.skins import Skin, layers_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.works.models import Work

STYLE = "style"  # of one page, as AO3 names it: creator, disable or light
WORN, TAKEN_OFF = "creator", "disable"
# A number, for one page. Looked for as it was sent: pages that refuse a request for its parameters wear skins, too.
TRIED = re.compile(r"(?:^|&)site_skin=(\d{1,10})(?=&|$)", re.ASCII)
# Where skins are chosen, changed and taken off: legible whatever the skin that is worn does.
UNDRESSED = {"skins_index", "skins_offered", "own_skins", "skin_new", "skin_show", "skin_edit", "skin_delete"}


@dataclass(frozen=True, slots=True)
class Dress:
    """What the text of a work wears for one reader, and the way to see it otherwise. Without a skin there is neither."""

    stylesheet_urls: tuple[str, ...] = ()
    other_url: str = ""

    @property
    def is_worn(self) -> bool:
        """Whether the author's skin is on."""
        return bool(self.stylesheet_urls)


def dress_of(work: Work, request: HttpRequest) -> Dress:
    """Answer how the text of a work is dressed on this page."""
    layers = layers_of(work.skin_id) if work.skin_id else []
    if not layers:
        return Dress()
    style = request.GET.get(STYLE)
    is_worn = style == WORN or (not style and not choices_of(request).wants_plain)
    query = request.GET.copy()
    query[STYLE] = TAKEN_OFF if is_worn else WORN
    return Dress(tuple(layer.stylesheet_url for layer in layers) if is_worn else (), f"{request.path}?{query.urlencode()}")


def site_skin(request: HttpRequest) -> Skin | None:
    """Answer the skin that the archive's pages wear for this reader: one that they try, or the one that they chose."""
    tried = TRIED.search(request.META.get("QUERY_STRING", ""))
    wanted = int(tried[1]) if tried else choices_of(request).skin
    user = getattr(request, "user", None)  # there is none where a page is refused before sessions are read
    if wanted is None or user is None or (not tried and is_undressed(request)):
        return None
    return Skin.objects.visible_to(user).for_the_site().filter(pk=wanted).with_parents().without_css().first()


def is_undressed(request: HttpRequest) -> bool:
    """Whether a page wears no skin but one that is tried on it."""
    match = request.resolver_match  # there is none where no page was found
    return match is not None and match.url_name in UNDRESSED
