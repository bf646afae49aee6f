"""Addresses as they have to be where no page stands around them."""

from django.conf import settings


def whole(path: str) -> str:
    """Answer an address of the archive with the archive's own before it."""
    return f"{settings.SITE_ADDRESS}{path}"
