"""Images where none can be shown: words in their place that say what they show, and how the image is found again."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

DESCRIBED = "as-img"  # the class of what stands for an image
DATA = "data-"
SHOWING = frozenset(["loading", "referrerpolicy"])  # what the cleaner asks of browsers, and an image is not told by


def words_for(image: Mapping[str, str]) -> str:
    """Answer what stands for an image of these attributes."""
    described = image.get("alt", "").strip()
    return _("[Image: %(description)s]") % {"description": described} if described else _("[Image]")


def marks_of(image: Mapping[str, str]) -> dict[str, str]:
    """Answer attributes for what stands for an image, by which it can be made again. No text of an author can hold them."""
    return {"class": DESCRIBED, **{f"{DATA}{name}": value for name, value in image.items() if name not in SHOWING}}


def again(marks: Mapping[str, str | None]) -> str:
    """Answer the image that bore these marks, in HTML that is still to be cleaned."""
    given = {name.removeprefix(DATA): value or "" for name, value in marks.items() if name.startswith(DATA)}
    return f"<img {' '.join(f'{name}="{escape(value)}"' for name, value in given.items())}>"
