"""Opens ZIP files that somebody else packed: EPUB, docx and odt are ZIPs, and so is a folder of stories.

Nothing is believed that the file says of itself. Members are counted before the list of them is read, read piece by piece up to a
limit, and never written anywhere; a ZIP within a ZIP is not opened.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Self

from django.utils.translation import gettext as _
from lxml import etree

from archive.transfer.bringing.brought import TooMuch, Unreadable

if TYPE_CHECKING:
    from types import TracebackType

MOST_MEMBERS = 3_000
LONGEST_LIST = 2_000_000  # bytes of the directory of members
MOST_BYTES = 30_000_000  # that are read out of one file, all members together
PIECE = 65_536
END = b"PK\x05\x06"
END_LENGTH = 22
LONGEST_COMMENT = 65_535
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1
LONGEST_TAG = 65_536  # of an XML document; a parser takes seconds for hundreds of thousands of attributes
TAG_END = re.compile(rb"[^>]++")
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError, OSError)


class Damaged(Unreadable):
    """A ZIP that cannot be read to its end."""

    def __init__(self) -> None:
        super().__init__(_("This file is damaged or locked with a password. Please download or save it once more."))


class HostileXML(Unreadable):
    """XML as no honest program writes it."""

    def __init__(self) -> None:
        super().__init__(_("This file holds instructions or structures that do not belong into a story, so it was not opened."))


class Container:
    """A ZIP file of which only so much is read."""

    def __init__(self, file: IO[bytes], *, most_bytes: int = MOST_BYTES) -> None:
        """Look into it. Raises `Damaged` and `TooMuch`."""
        refuse_too_many(file)
        self.left = most_bytes
        try:
            self.zip = zipfile.ZipFile(file)
        except DAMAGED as mistake:
            raise Damaged from mistake
        self.members: dict[str, zipfile.ZipInfo] = {}
        for member in self.zip.infolist():
            if not member.is_dir() and not stat.S_ISLNK(member.external_attr >> 16):
                self.members.setdefault(member.filename, member)  # of two with one name the first counts, for everybody

    def __enter__(self) -> Self:
        """Leave it open for a while."""
        return self

    def __exit__(self, kind: type[BaseException] | None, mistake: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        self.zip.close()

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self.members

    def read(self, name: str, *, longest: int = MOST_BYTES) -> bytes:
        """The bytes of a member; raises `TooMuch` as soon as they are too many, whatever was declared, and `Damaged`."""
        most = min(longest, self.left)
        member = self.members.get(name)
        if member is None or member.flag_bits & ENCRYPTED or member.compress_type not in METHODS:
            raise Damaged
        if member.file_size > most:
            raise TooMuch
        found = bytearray()
        try:
            with self.zip.open(member) as opened:
                while piece := opened.read(PIECE):
                    found += piece
                    if len(found) > most:
                        raise TooMuch
        except DAMAGED as mistake:
            raise Damaged from mistake
        self.left -= len(found)
        return bytes(found)


def refuse_too_many(file: IO[bytes]) -> None:
    """Raise where a ZIP holds more members than any honest one, before the list of them is read."""
    length = file.seek(0, 2)
    file.seek(max(0, length - LONGEST_COMMENT - END_LENGTH))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < END_LENGTH:
        raise Damaged
    _here, count, size = struct.unpack("<HHI", tail[place + 8 : place + 16])
    if count > MOST_MEMBERS or size > LONGEST_LIST:
        raise TooMuch


def xml_of(content: bytes) -> etree._Element:
    """The root of an XML document that brings no DOCTYPE, no entities, no endless tags and no abyss. Raises `HostileXML`."""
    if content.startswith(UTF_16):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError as mistake:
            raise HostileXML from mistake
    refuse_hostile(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(_without_declaration(content), parser)
    except (etree.XMLSyntaxError, ValueError) as mistake:
        raise HostileXML from mistake


def _without_declaration(content: bytes) -> bytes:
    """The document without its first line, where this names an encoding that it is no longer in."""
    return re.sub(rb"\A\s*<\?xml[^>]*?encoding=[\"']utf-16[^>]*\?>", b"", content, flags=re.IGNORECASE)


def refuse_hostile(content: bytes) -> None:
    """Raise `HostileXML` for what costs a parser time or makes it fetch something."""
    if any(one in content for one in FORBIDDEN):
        raise HostileXML
    for found in TAG_END.finditer(content):
        if found.end() - found.start() > LONGEST_TAG and len(found[0]) - found[0].rfind(b"<") > LONGEST_TAG:
            raise HostileXML
