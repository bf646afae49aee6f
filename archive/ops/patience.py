"""Waiting for PostgreSQL, and saying so when it takes long."""

import time
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

SECONDS_BETWEEN_WORDS = 3.0
SECONDS_BETWEEN_LOOKS = 0.02

Say = Callable[[str], object]


class Patience:
    """Waits a moment at a time, and says every few seconds that it still does."""

    def __init__(self, say: Say) -> None:
        """Count from now."""
        self.say = say
        self.began = self.said = time.monotonic()

    def wait(self) -> None:
        """Wait a moment."""
        now = time.monotonic()
        if now - self.said >= SECONDS_BETWEEN_WORDS:
            self.said = now
            self.say(
                _("PostgreSQL is getting ready; after a hard stop it recovers first (%(seconds)d s so far) …")
                % {"seconds": now - self.began}
            )
        time.sleep(SECONDS_BETWEEN_LOOKS)
