"""What a process remembers: what hardly ever changes and stands on every page, and pieces that were made of late."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class Lately[Value]:
    """An answer as it was at most `SECONDS_REMEMBERED` ago. For pages; deeds ask the database."""

    def __init__(self, ask: Callable[[], Value]) -> None:
        """Remember what this function answers."""
        self.ask = ask
        self.kept: tuple[float, Value] | None = None

    @property
    def last(self) -> Value | None:
        """What was answered last, however long ago, without asking; None where nobody has asked yet."""
        return self.kept[1] if self.kept else None

    def __call__(self) -> Value:
        """Answer it, of late."""
        now = time.monotonic()
        if self.kept is None or now - self.kept[0] >= settings.SECONDS_REMEMBERED:
            self.kept = (now, self.ask())
        return self.kept[1]


class Memory[Piece]:
    """Pieces, each under everything that it was made from, and so many at most. What nobody asks for any more falls out first."""

    def __init__(self, most: int) -> None:
        """Remember no more than this."""
        self.most = most
        self.young: dict[tuple[Hashable, ...], Piece] = {}
        self.old: dict[tuple[Hashable, ...], Piece] = {}

    def piece(self, key: tuple[Hashable, ...], make: Callable[[], Piece]) -> Piece:
        """Answer the piece of this key, made where it is not remembered. Two threads may make the same one: it is the same."""
        piece = self.recalled(key)
        return self.keep(key, make()) if piece is None else piece

    def recalled(self, key: tuple[Hashable, ...]) -> Piece | None:
        """Answer the piece of this key, if it is remembered."""
        piece = self.young.get(key)
        if piece is None and (piece := self.old.get(key)) is not None:
            self.keep(key, piece)
        return piece

    def keep(self, key: tuple[Hashable, ...], piece: Piece) -> Piece:
        """Remember a piece, and answer it."""
        if len(self.young) >= self.most // 2:
            self.old, self.young = self.young, {}
        self.young[key] = piece
        return piece
