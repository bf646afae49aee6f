"""Drawn pieces of pages that a process remembers.

A piece is remembered under everything that it was drawn from, so a remembered one cannot be of yesterday: where anything
in it has changed, it is another one. Nothing is kept that could not be drawn again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from django.utils.safestring import SafeString

REMEMBERED = 1_000  # pieces a process keeps, each some eight kilobytes with what it was drawn from

_drawn: dict[tuple[Hashable, ...], SafeString] = {}
_written: dict[tuple[Hashable, ...], bytes] = {}


def draw(template: str, context: Mapping[str, object], *, of: tuple[Hashable, ...]) -> SafeString:
    """Answer a component drawn with a context. `of` is everything in the context that the component shows."""
    key = (template, get_language(), *of)
    piece = _drawn.get(key)
    if piece is None:
        piece = render_to_string(template, dict(context))
        if len(_drawn) >= REMEMBERED:
            _drawn.clear()  # perhaps under the hands of another thread, which has its own piece already
        _drawn[key] = piece
    return piece


def write(piece: Callable[[], bytes], *, of: tuple[Hashable, ...]) -> bytes:
    """Answer a piece of what a tool is sent, in whatever language that is. `of` is what it is, and everything that it shows."""
    key = (get_language(), *of)
    written = _written.get(key)
    if written is None:
        written = piece()
        if len(_written) >= REMEMBERED:
            _written.clear()  # likewise
        _written[key] = written
    return written
