"""Data that stands in a page for machines: a script element that no browser runs, whatever anybody has written in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

# No "<" begins or ends an element, no "&" an entity, and the two ends of lines are none in older scripts.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def linked_data(value: Mapping[str, object]) -> SafeString:
    """Answer JSON-LD as an element for a page's head."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')
