"""The address that a work comes from, written in one way, so that the same work is known again."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

LONGEST = 500
WORK = re.compile(r"(?:.*/)?(?P<work>works/\d{1,18})(?:/.*)?")
# What a site's tools add to an address and what says nothing of which work it is.
IDLE = frozenset(
    ["view_adult", "view_full_work", "style", "page", "show_comments", "updated_at", "textsize", "ageconsent", "warning"]
)


def known_by(written: str) -> str:
    """The address without what differs between two ways to the same work; nothing where it is none of the web."""
    try:
        parts = urlsplit(written.strip())
        host = _host(parts)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    path = parts.path.rstrip("/")
    if found := WORK.fullmatch(path):
        return f"https://{host}/{found['work']}"
    asked = [(name, value) for name, value in parse_qsl(parts.query, max_num_fields=20) if name not in IDLE]
    address = f"https://{host}{path}" + (f"?{urlencode(asked)}" if asked else "")
    return address if len(address) <= LONGEST and address.isprintable() and (path or asked) else ""


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port}" if parts.port not in {None, 80, 443} else host


def number_here(address: str, *, site: str) -> int | None:
    """The number of the work, where an address is one of this archive's own."""
    base = known_by(f"{site}/works/0").removesuffix("0")
    number = address.removeprefix(base) if base and address.startswith(base) else ""
    return int(number) if number.isdecimal() and len(number) < len(str(2**63)) else None
