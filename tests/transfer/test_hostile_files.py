"""Files that mean harm are refused within two seconds and 200 MB; each is read in a process of its own, which is measured."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.transfer.packing import CONTAINER, zipped

SECONDS, MEGABYTES = 2.0, 200
ROOT = Path(__file__).parents[2]
# Reads every file that it is told and says what came of it, how long it took, and how much memory the process held at most.
READER = r"""
import json, pathlib, re, sys, time
import django
django.setup()
from archive.errors import ArchiveError
from archive.text import cleaning
from archive.transfer.bringing import recognising
from archive.transfer.bringing.brought import Wishes
for path in sys.argv[1:]:
    content = open(path, "rb").read()
    began = time.process_time()
    try:
        brought = recognising.read(content, name=path, wishes=Wishes())
        for chapter in brought.chapters:
            cleaning.clean(chapter.text, profile=cleaning.Profile.CHAPTER, site="https://lamps.example")
        said = "read " + brought.format
    except ArchiveError as refusal:
        said = str(refusal)
    taken = time.process_time() - began
    # Of this program alone: ru_maxrss remembers what the process was before it, and that is all of pytest.
    memory = int(re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
    print(json.dumps({"said": said, "seconds": taken, "megabytes": memory}))
"""
OPF = "c.opf"
MIME = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER.format(OPF)}


def long_member(name: str, megabytes: int) -> bytes:
    """Answer a ZIP with one member of nothing but zeros."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for member, content in MIME.items():
            file.writestr(member, content)
        with file.open(name, "w", force_zip64=True) as opened:
            for _ in range(megabytes):
                opened.write(b"\0" * 1_048_576)
    return packed.getvalue()


def lying(megabytes: int) -> bytes:
    """Answer a ZIP whose package says of itself that it is ten bytes long."""
    content = bytearray(long_member(OPF, megabytes))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(content)


def many_members(count: int) -> bytes:
    """Answer a ZIP of this many empty members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        for number in range(count):
            file.writestr(f"f{number}", "")
    return packed.getvalue()


def laughs() -> str:
    """Answer a document whose entities grow tenfold ten times."""
    entities = "".join(f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">{entities}]><package>&j;</package>'


def word(document: str) -> bytes:
    """Answer a Word file with this document."""
    return zipped({"word/document.xml": document})


def encrypted() -> bytes:
    """Answer an EPUB that says that it is locked."""
    content = bytearray(zipped(MIME | {OPF: "<package/>"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + place] |= 1
            start += 4
    return bytes(content)


def symlink() -> bytes:
    """Answer an EPUB whose package is a link to a file of the system."""
    packed = io.BytesIO(zipped(MIME))
    link = zipfile.ZipInfo(OPF)
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packed, "a") as file:
        file.writestr(link, "/etc/passwd")
    return packed.getvalue()


HOSTILE = {
    "a member of a gigabyte": lambda: long_member(OPF, 1024),
    "a size that is a lie": lambda: lying(64),
    "seventy thousand members": lambda: many_members(70_000),
    "a ZIP in a ZIP in a Word file": lambda: zipped(
        {"word/document.xml": "<x/>", "a.zip": zipped({"b.zip": long_member("c", 64)})}
    ),
    "names that climb": lambda: zipped({"mimetype": MIME["mimetype"], "../../../../pwned": "x", "/etc/x": "x", "C:\\x": "x"}),
    "a link for a package": symlink,
    "a cut end": lambda: zipped(MIME)[:-10],
    "a lock": encrypted,
    "a billion laughs": lambda: zipped(MIME | {OPF: laughs()}),
    "a quadratic bomb": lambda: zipped(MIME | {OPF: f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 50_000}</x>'}),
    "an entity that reads a file": lambda: word('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    "a DOCTYPE from elsewhere": lambda: zipped(MIME | {OPF: '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>'}),
    "a DOCTYPE in sixteen bits": lambda: zipped(
        MIME | {OPF: ('<?xml version="1.0" encoding="utf-16"?>' + laughs()[21:]).encode("utf-16")}
    ),
    "depth in XML": lambda: word("<w>" * 200_000),
    "attributes in XML": lambda: word("<w " + " ".join(f'a{number}="1"' for number in range(200_000)) + "/>"),
    "elements in XML": lambda: word("<w>" + "<a/>" * 2_000_000 + "</w>"),
    "depth in HTML": lambda: b"<html><body>" + b"<div>" * 100_000,
    "lists in HTML": lambda: b"<html><body>" + b"<ul><li>" * 20_000,
    "quotations in HTML": lambda: b"<html><body>" + b"<blockquote>" * 42_000,
    "attributes in HTML": lambda: b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(50_000)) + b">x",
    "tags without number": lambda: b"<html><body>" + b"<b>x</b>" * 1_400_000,
    "a page too long": lambda: b"<html><body>" + b"x" * 12_100_000,
}
# What is read and cleaned in time, or refused.
HARMLESS = {
    "formatting that is never closed.html": lambda: b"<html><body>" + b"<b><i><u><p>" * 42_500,
    "links in one another.html": lambda: b"<html><body>" + b"<a><p>" * 85_000,
    "brackets without number.html": lambda: b"<html><body>" + b"<" * 510_000,
    "stars in Markdown.md": lambda: b"**a " * 40_000,
    "a long line.txt": lambda: b"W" * 500_000,
    "lines without words.txt": lambda: b"\n" * 500_000,
    "breaks.html": lambda: b"<html><body>" + b"<br>" * 127_500,
    "paragraphs without words.html": lambda: b"<html><body>x" + b"<p></p>" * 72_000,
    "a comment without end.html": lambda: b"<html><body>x<!-- x",
    "two of one name.epub": lambda: zipped(MIME),
    "a script for a text.txt": lambda: b"<script>alert(1)</script>",
}


def outcome_of(path: Path) -> dict[str, object]:
    """Answer what a process of its own says of a file."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)], capture_output=True, text=True, check=False, timeout=60, env=settings
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time_and_space(tmp_path, name):
    path = tmp_path / "file.bin"
    path.write_bytes(HOSTILE[name]())
    began = time.monotonic()

    outcome = outcome_of(path)

    assert not str(outcome["said"]).startswith("read"), f"{outcome} after {time.monotonic() - began:.1f} s"
    assert (outcome["seconds"] < SECONDS, outcome["megabytes"] < MEGABYTES) == (True, True), outcome


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_hostile_costs_no_more(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HARMLESS[name]())

    outcome = outcome_of(path)

    assert (outcome["seconds"] < SECONDS, outcome["megabytes"] < MEGABYTES) == (True, True), outcome
