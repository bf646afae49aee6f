"""Tells what a file is, by what is in it and hardly by its name, and has the reader of that kind read it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from archive.transfer.bringing import letters
from archive.transfer.bringing.brought import TooMuch, Unreadable, Wishes
from archive.transfer.bringing.containers import Container
from archive.transfer.bringing.formats import ao3, docx, epub, fanficfare, html, markdown, odt, own, own_typed, plain
from archive.transfer.bringing.markup import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.text.decoding import Decoded
    from archive.transfer.bringing.brought import Brought

LONGEST_TEXT = 12_000_000  # bytes of a file that is all text
LONGEST_MARKDOWN = 4_000_000
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
RTF = b"{\\rtf"
PDF = b"%PDF-"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDLE = b"BOOKMOBI"
KINDLE_AT = 60
LOOKED_AT = 4_096  # bytes at the beginning in which a tag makes HTML of a file
HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|p|div|h[1-6]|br|i|em|b|strong|center|blockquote|hr)\b[^<>]*>", re.IGNORECASE
)
HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
TEXT_NAME = re.compile(r"\.te?xt$", re.IGNORECASE)
CONTAINER_NAME = re.compile(r"\.(?:docx|odt|epub|zip)$", re.IGNORECASE)
MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)


class NotThatKind(Unreadable):
    """A file of a kind that is known and not read, with a way to bring its work along nevertheless."""


def read(content: bytes, *, name: str, wishes: Wishes | None = None) -> Brought:
    """What a file claims. Raises `Unreadable` and other refusals, each with a sentence."""
    wishes = wishes or Wishes()
    if content.startswith((ZIP, EMPTY_ZIP)):
        return _read_zip(content)
    _refuse_known(content)
    if len(content) > LONGEST_TEXT:
        raise TooMuch
    if not content.strip():
        raise Unreadable(_("There is nothing in this file."))
    if CONTAINER_NAME.search(name):
        raise Unreadable(
            _("This file is damaged, or is not what the end of its name says. Please save it or download it again, and bring that.")
        )
    if TEXT_NAME.search(name):  # whatever is in it: an author may write about tags
        decoded = letters.of_text(content, wishes.encoding)
        return _read_own(decoded, wishes) or plain.read(decoded, wishes)
    decoded = letters.of_markup(content, wishes.encoding)
    if brought := _read_own(decoded, wishes):
        return brought
    if MARKDOWN_NAME.search(name):
        if len(content) > LONGEST_MARKDOWN:
            raise TooMuch
        return markdown.read(decoded, wishes)
    if HTML_NAME.search(name) or HTML.search(decoded.text[:LOOKED_AT]):
        return replace(_read_html(Markup(decoded.text)), decoded=letters.worth_telling(decoded))
    return plain.read(decoded, wishes)


def _read_own(decoded: Decoded, wishes: Wishes) -> Brought | None:
    """What a text file of ours says, unless its author wants all of it for text."""
    return own_typed.read(decoded) if wishes.takes_header else None


def _read_html(document: Markup) -> Brought:
    if ao3.is_one(document) and own.is_one(document):
        return own.read(document)
    if ao3.is_one(document):
        return ao3.read(document)
    return fanficfare.read(document) if fanficfare.is_one(document) else html.read(document)


def _read_zip(content: bytes) -> Brought:
    with Container(io.BytesIO(content)) as container:
        kind = kind_of(container)
    if kind is None:
        raise Unreadable(_("A ZIP inside a ZIP is not opened. Please bring it along by itself."))
    return kind(io.BytesIO(content))


def kind_of(container: Container) -> Callable[[IO[bytes]], Brought] | None:
    """The reader of a ZIP that is one work, or None of a ZIP of files."""
    if docx.is_one(container):
        return docx.read
    if odt.is_one(container):
        return odt.read
    return epub.read if epub.is_one(container) else None


def _refuse_known(content: bytes) -> None:
    """Raise `NotThatKind` for what we know and do not read, and say what to do instead."""
    if content.startswith(RTF):
        raise NotThatKind(
            _("RTF is not read here: italics would be lost. Open it in a word processor, save it as .docx or .odt, and bring that.")
        )
    if content.startswith(PDF):
        raise NotThatKind(
            _("PDF holds pages and no text that could be read again. Please bring HTML, EPUB or the document that it was made of.")
        )
    if content.startswith(OLD_WORD):
        raise NotThatKind(
            _("This is an old Word file (.doc). Open it in a word processor, save it as .docx or .odt, and bring that.")
        )
    if content[KINDLE_AT : KINDLE_AT + len(KINDLE)] == KINDLE:
        raise NotThatKind(
            _("AZW3 and MOBI are not read here. Download the same work as HTML or EPUB, or convert the file to EPUB with calibre.")
        )
