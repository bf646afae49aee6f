"""Tells what a file is, by what is in it and not by its name, and has the reader of that kind read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.text import decoding
from archive.transfer.bringing.brought import TooMuch, Unreadable
from archive.transfer.bringing.formats import ao3
from archive.transfer.bringing.markup import Markup

if TYPE_CHECKING:
    from archive.transfer.bringing.brought import Brought

LONGEST_TEXT = 12_000_000  # bytes of a file that is all text
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read(content: bytes, *, name: str, encoding: str = "") -> Brought:  # noqa: ARG001 # for kinds that only their names part
    """What a file claims. Raises `Unreadable` and other refusals, each with a sentence."""
    if len(content) > LONGEST_TEXT:
        raise TooMuch
    decoded = decoding.decode(content, encoding)
    document = Markup(decoded.text)
    if ao3.is_one(document):
        return ao3.read(document)
    raise Unreadable(_("We do not know what kind of file this is."))
