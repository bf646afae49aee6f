"""Makes text of a file's bytes: as the file says, if it does, and otherwise as it looks."""

from __future__ import annotations

import codecs
import re

from archive.errors import ArchiveError
from archive.text import decoding

DECLARED_WITHIN = 4_096  # bytes, as browsers look for it
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*(?P<name>[A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# What is declared for what browsers take it for; what is not here is not believed, UTF-7 above all.
MEANT = {
    "ascii": "cp1252", "big5": "big5", "cp1250": "cp1250", "cp1251": "cp1251", "cp1252": "cp1252", "cp932": "cp932",
    "cp949": "cp949", "euc_jp": "euc_jp", "euc_kr": "cp949", "gb18030": "gb18030", "gb2312": "gb18030", "gbk": "gb18030",
    "iso8859-1": "cp1252", "iso8859-15": "cp1252", "koi8-r": "koi8_r", "mac-roman": "mac_roman", "shift_jis": "cp932",
}  # fmt: skip


def of_text(content: bytes, encoding: str = "") -> decoding.Decoded:
    """The text of a plain file."""
    return decoding.decode(content, encoding)


def of_markup(content: bytes, encoding: str = "") -> decoding.Decoded:
    """The text of a file that may say in its head how it is written."""
    if not encoding and not _is_utf_8(content) and (said := _declared(content)):
        try:
            return decoding.decode(content, said)
        except ArchiveError:
            pass  # it is not what it says
    return decoding.decode(content, encoding)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _declared(content: bytes) -> str:
    found = DECLARED.search(content[:DECLARED_WITHIN])
    if found is None:
        return ""
    try:
        return MEANT.get(codecs.lookup(found["name"].decode()).name, "")
    except LookupError:
        return ""


def worth_telling(decoded: decoding.Decoded) -> decoding.Decoded | None:
    """How the letters were written, where somebody could doubt it."""
    return None if decoded.encoding == "utf-8" else decoded
