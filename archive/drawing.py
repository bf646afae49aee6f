"""Drawn pieces of pages that a process remembers.

A piece is remembered under everything that it was drawn from, so a remembered one cannot be of yesterday: where anything
in it has changed, it is another one. Nothing is kept that could not be drawn again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import get_language

from archive.remembering import Memory
from archive.text.gaps import Gapped, gaps_named

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from django.utils.safestring import SafeString

REMEMBERED = 1_000  # pieces a process keeps, each some eight kilobytes with what it was drawn from

_drawn: Memory[SafeString] = Memory(REMEMBERED)
_gapped: Memory[Gapped] = Memory(REMEMBERED)
_written: Memory[bytes] = Memory(REMEMBERED)


def draw(template: str, context: Mapping[str, object], *, of: tuple[Hashable, ...]) -> SafeString:
    """Answer a component drawn with a context. `of` is everything in the context that the component shows."""
    return _drawn.piece((template, get_language(), *of), lambda: render_to_string(template, dict(context)))


def fill(template: str, context: Mapping[str, object], *, of: tuple[Hashable, ...] = (), gaps: Mapping[str, object]) -> SafeString:
    """As `draw`, with gaps in the piece: what differs from page to page and is only put where it belongs, as a form's token is."""
    key = (template, get_language(), *of)
    piece = _gapped.piece(key, lambda: Gapped.of(render_to_string(template, {**context, **gaps_named(gaps)})))
    return piece.filled(gaps)


def write(piece: Callable[[], bytes], *, of: tuple[Hashable, ...]) -> bytes:
    """Answer a piece of what a tool is sent, in whatever language that is. `of` is what it is, and everything that it shows."""
    return _written.piece((get_language(), *of), piece)
