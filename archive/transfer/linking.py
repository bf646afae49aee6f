"""Addresses as they have to be where no page stands around them."""

from django.conf import settings

# People know the brackets of filters from AO3, and browsers take them; strict programs do not (RFC 3986, 3.4).
BRACKETS = str.maketrans({"[": "%5B", "]": "%5D"})


def strict(written: str) -> str:
    """Answer a path, or what else stands in an address, as the standard wants it to the letter."""
    return written.translate(BRACKETS)


def whole(path: str) -> str:
    """Answer an address of the archive with the archive's own before it."""
    return f"{settings.SITE_ADDRESS}{strict(path)}"
