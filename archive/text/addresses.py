"""Decides which addresses outside the archive a text may show or point at."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

# What a browser strips from an address before it reads it.
IGNORED = re.compile("[\x00-\x20]")
UNSEEN_IN_LINKS = re.compile("[\t\n\r]")
C0_AND_SPACE = "".join(map(chr, range(0x21)))
SCHEME = re.compile("([A-Za-z][A-Za-z0-9+.-]*):")
WEB = frozenset({"http", "https"})
LINKS = WEB | {"ftp", "mailto"}

# Where fan video and podfic live, and which paths there are players. Nothing else that asks to be
# embedded is believed; the text keeps a plain link to these, since our pages load nothing from others.
PLAYERS = {
    "4shared.com": "/web/embed/",
    "archive.org": "/embed/",
    "audio.com": "/embed/",
    "criticalcommons.org": "/embed/",
    "open.spotify.com": "/embed/",
    "player.bilibili.com": "/player.html",
    "player.vimeo.com": "/video/",
    "podfic.com": "/player/",
    "vidders.net": "/embed/",
    "viddertube.com": "/embed/",
    "w.soundcloud.com": "/player/",
    "youtube-nocookie.com": "/embed/",
    "youtube.com": "/embed/",
}
# A file to listen to or watch needs no player page, only a home that is known.
FILES = {
    "archive.org": "/download/",
    "podfic.com": "/",
    "vidders.net": "/",
    "viddertube.com": "/",
}


@lru_cache(maxsize=1024)  # a text shows one ornament many times over
def image_address(written: str, *, site: str) -> str | None:
    """The https address of an image, relative ones taken from `site`; None if it is no picture on the web."""
    if not written.strip():
        return None
    try:
        address = _split(urljoin(f"{site}/", IGNORED.sub("", written)))
    except ValueError:
        return None
    if address is None or address.scheme not in WEB:
        return None
    return _secure(address)


def link_address(written: str) -> str | None:
    """The address of a link without what browsers ignore in it; None if it would do anything but lead somewhere."""
    address = UNSEEN_IN_LINKS.sub("", written).strip(C0_AND_SPACE)
    scheme = SCHEME.match(address)
    return None if scheme and scheme[1].lower() not in LINKS else address


def player_address(written: str, *, is_file: bool) -> str | None:
    """The https address of a known player, or of a known audio or video file; None for all else."""
    address = _split(IGNORED.sub("", written))
    if address is None or address.scheme not in WEB | {""} or ".." in address.path:
        return None
    host = (address.hostname or "").removeprefix("www.")
    places = [PLAYERS.get(host), FILES.get(host) if is_file else None]
    if not any(place and address.path.startswith(place) for place in places):
        return None
    return _secure(address)


def _split(address: str) -> SplitResult | None:
    """The parts of an address, or None where it has no host or makes no sense."""
    try:
        parts = urlsplit(address)
        sound = bool(parts.hostname) and (parts.port or 0) >= 0 and "\\" not in address
    except ValueError:
        return None
    return parts if sound and "@" not in parts.netloc else None


def _secure(address: SplitResult) -> str:
    netloc = address.netloc.removesuffix(":80") if address.scheme == "http" else address.netloc
    return address._replace(scheme="https", netloc=netloc).geturl()
