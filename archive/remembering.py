"""What hardly ever changes and stands on every page: asked for once a second, not once a page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable


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
