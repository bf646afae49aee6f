"""What `up` tells the person who started it: one quiet line for each step, with the time it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text


class Report:
    """Writes to a terminal in colour, and to a file or a log as plain lines."""

    def __init__(self) -> None:
        """Write to standard output."""
        self.console = Console(highlight=False, soft_wrap=True)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Name a step and, when it is done, say how long it took."""
        began = time.monotonic()
        yield
        self.console.print(Text.assemble(("  ✓ ", "green"), f"{title:<24}", (f"{time.monotonic() - began:5.1f} s", "dim")))

    def say(self, sentence: str) -> None:
        """Say a sentence about something that is not as always."""
        self.console.print(Text.assemble(("  · ", "yellow"), sentence))

    def title(self, words: str) -> None:
        """Open the report."""
        self.console.print(Text(words, style="bold"))

    def ready(self, sentence: str) -> None:
        """Say what to do now; an address in it stays whole, so that it can be followed."""
        self.console.print(Text(sentence, style="bold"))
