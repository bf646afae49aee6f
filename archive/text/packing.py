"""Packs a text into few bytes: whole, or as what changed from another text that is known when it is unpacked."""

import json
import zlib
from itertools import pairwise

from archive.text import comparing
from archive.text.comparing import Budget, Change

QUICKEST = 1  # zlib's lowest level: a tenth of the highest one's time, and half as much again in bytes
BEST = 9  # zlib's highest level: a text of 500,000 characters takes it some 70 ms

# Of what is looked at for the changes of a save, which somebody waits for: with more of them the whole text is shorter anyway.
MOST_PAIRS, MOST_STEPS = 150_000, 150_000


def pack(text: str) -> bytes:
    """Answer a text, packed whole."""
    return zlib.compress(text.encode(), BEST)


def pack_quickly(text: str) -> bytes:
    """Answer a text, packed whole, where that is done every few seconds."""
    return zlib.compress(text.encode(), QUICKEST)


def unpack(packed: bytes) -> str:
    """Answer the text that was packed whole."""
    return zlib.decompress(packed).decode()


def pack_changes(text: str, *, base: str) -> bytes:
    """Answer what has to be done to the base to get the text, packed: what is taken over, and what stands between.

    A list of numbers and strings in turn: skip so many characters of the base, take over so many, then write this.
    """
    edges = [
        Change(0, 0, 0, 0),
        *comparing.spans(base, text, Budget(pairs=MOST_PAIRS, steps=MOST_STEPS)),
        Change(len(base), len(base), len(text), len(text)),
    ]
    steps: list[int | str] = []
    for before, change in pairwise(edges):
        skipped, taken = before.old_end - before.old_start, change.old_start - before.old_end
        steps += [skipped, taken, text[change.new_start : change.new_end]]
    return zlib.compress(json.dumps(steps, ensure_ascii=False, separators=(",", ":")).encode(), BEST)


def unpack_changes(packed: bytes, *, base: str) -> str:
    """Answer the text, given the same base."""
    steps = json.loads(zlib.decompress(packed))
    written, place = [], 0
    for skipped, taken, added in zip(steps[::3], steps[1::3], steps[2::3], strict=True):
        place += skipped
        written += [base[place : place + taken], added]
        place += taken
    return "".join(written)
