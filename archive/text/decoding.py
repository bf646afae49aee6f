"""Makes text of a file that does not say how its letters are written. The guess is told, for the author to judge."""

import codecs
import re
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import characters

# The ways that old files are written in, by the names that Python knows them by, with those that people know.
ENCODINGS = {
    "utf-8": "UTF-8 (Unicode)",
    "utf-16": "UTF-16 (Unicode)",
    "cp1252": "Windows-1252 (Western)",
    "mac_roman": "Mac Roman",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp932": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp949": "EUC-KR (Korean)",
}
# A file in UTF-16 begins with one of these; without it nothing tells UTF-16 from a picture.
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BINARY = re.compile(f"[{characters.C0_CONTROLS}]")
ALLOWED_CONTROLS = "\x0c\x1a"  # old systems ended a page with the one and a file with the other
KANA = re.compile("[\u3041-\u30ff]")
ABOVE_ASCII = re.compile(r"[^\x00-\x7f]")
LEAST_KANA = 0.2  # of all that is not ASCII; Western letters read as Shift-JIS are rare signs without any


class NotText(ArchiveError):
    """The file holds something else than text."""

    def __init__(self) -> None:
        super().__init__(_("This is no plain text. Save it as a text file (.txt), or paste the text itself."))


class NotDecoded(ArchiveError):
    """The file is not written as was said, or in no way that we know."""

    def __init__(self, encoding: str = "") -> None:
        if encoding:
            super().__init__(
                format_lazy(_("The file is not written in {name}. Choose another encoding."), name=ENCODINGS[encoding])
            )
        else:
            super().__init__(_("We cannot tell how the letters of this file are written. Choose its encoding."))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, how it was written, and whether that is a guess."""

    text: str
    encoding: str
    is_guess: bool

    @property
    def encoding_name(self) -> str:
        """The name that people know the encoding by."""
        return ENCODINGS[self.encoding]


def decode(raw: bytes, encoding: str = "") -> Decoded:
    """The text of a file, written in `encoding` or in what it looks like. Raises NotText and NotDecoded."""
    chosen = encoding or next((name for mark, name in MARKS.items() if raw.startswith(mark)), "")
    if chosen:
        if (text := _decoded(raw, chosen)) is None:
            raise NotDecoded(chosen)
        return Decoded(_readable(text), chosen, is_guess=False)
    if b"\x00" in raw:
        raise NotText
    for name in ("utf-8", "cp932", "cp1252"):
        text = _decoded(raw, name)
        if text is not None and (name != "cp932" or _is_japanese(text)):
            return Decoded(_readable(text), name, is_guess=name != "utf-8")
    raise NotDecoded


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def _is_japanese(text: str) -> bool:
    above = len(ABOVE_ASCII.findall(text))
    return above > 0 and len(KANA.findall(text)) >= LEAST_KANA * above


def _readable(text: str) -> str:
    """The text, without what old systems ended pages and files with."""
    for control in ALLOWED_CONTROLS:
        text = text.replace(control, "")
    if BINARY.search(text):
        raise NotText
    return text
