"""Keeping the archive's processes alive: start them, start them again when they die, end them all in good time.

They are forked from `up`, which has loaded the archive: so they start in a moment and share its memory.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess

from django.utils.translation import gettext as _

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_FINISH = 10.0  # what a page or a task in progress is given at the end; 15 s must suffice for everything
LONGEST_PAUSE = 30.0
SECONDS_OF_HEALTH = 60.0  # who has lived so long starts again without a pause

STOPPING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]

# Numbers of linux/prctl.h.
SET_PARENT_DEATH_SIGNAL, SET_NAME = 1, 15


class Stopped(BaseException):
    """Somebody asked the archive to stop, by Ctrl-C or a signal. Not an error, so nothing that catches errors sees it."""


@dataclass
class Child:
    """A process of the archive: what it is called, what it does, and how often it has died in a row."""

    name: str
    short_name: str
    deed: Callable[[], object]
    descriptors: list[int] = field(default_factory=list)
    process: ForkProcess | None = None
    deaths: int = 0
    began: float = 0.0
    starts_again: float = 0.0

    def start(self) -> None:
        """Fork the process."""
        self.began = time.monotonic()
        gc.freeze()  # what is loaded by now is never collected, and so its memory stays shared
        parent = os.getpid()
        self.process = multiprocessing.get_context("fork").Process(target=lambda: self._live(parent))
        # A request to stop waits until the fork is over: half-way through, Python would lose it.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)

    def is_dead(self) -> bool:
        """Say whether the process has ended."""
        return self.process is None or not self.process.is_alive()

    def note_death(self, now: float) -> float:
        """Note that the process has died and answer after how many seconds it is to start again: 1, 2, 4 … 30."""
        if now - self.began > SECONDS_OF_HEALTH:
            self.deaths = 0
        pause = min(2.0**self.deaths, LONGEST_PAUSE)
        self.deaths += 1
        self.starts_again = now + pause
        self.process = None
        return pause

    def _live(self, parent: int) -> None:
        """Become a process of its own, without the locks and handlers of `up`, and do the deed."""
        os.setsid()  # a Ctrl-C in the terminal reaches `up`, which ends everybody in order
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        _close_all_but(self.descriptors)
        _die_with(parent, self.short_name)
        self.deed()


def _close_all_but(descriptors: list[int]) -> None:
    """Close what was inherited, but for the three standard streams and these descriptors."""
    first = 3
    for kept in [*sorted(descriptors), os.sysconf("SC_OPEN_MAX")]:
        os.closerange(first, kept)
        first = kept + 1


def _die_with(parent: int, name: str) -> None:
    """Ask the kernel to end this process when its parent ends, even by kill -9, and to call it by this name."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    library.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    library.prctl(SET_NAME, name.encode(), 0, 0, 0)
    if os.getppid() != parent:  # it was already too late to ask
        os._exit(1)


class Signals:
    """Turns the first request to stop into `Stopped`, and counts the later ones as haste."""

    def __init__(self) -> None:
        """Listen from now on."""
        self.has_been_asked = self.is_in_haste = False
        for number in STOPPING:
            signal.signal(number, self._ask)

    def _ask(self, *_arguments: object) -> None:
        if self.has_been_asked:
            self.is_in_haste = True
            return
        self.has_been_asked = True
        raise Stopped

    def check(self) -> None:
        """Raise `Stopped` if the request was lost, as it is when it comes while Python runs a callback of its own."""
        if self.has_been_asked:
            raise Stopped


def watch(children: list[Child], signals: Signals, *, say: Callable[[str], object], also: Callable[[], object]) -> None:
    """Start again what dies, for ever; ends only by `Stopped`. Calls `also` at every look."""
    while True:
        signals.check()
        also()
        now = time.monotonic()
        for child in children:
            if child.process is not None and child.is_dead():
                code = child.process.exitcode
                pause = child.note_death(now)
                say(
                    _("%(name)s ended (%(code)d); starting again in %(seconds)d s.")
                    % {"name": child.name, "code": code, "seconds": pause}
                )
            elif child.process is None and now >= child.starts_again:
                child.start()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def stop(children: list[Child], signals: Signals) -> None:
    """Ask every child to finish, and end those that do not within their time, or at once when asked a second time."""
    living = [child.process for child in children if child.process is not None and not child.is_dead()]
    for process in living:
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_FINISH
    while any(process.is_alive() for process in living) and time.monotonic() < deadline and not signals.is_in_haste:
        time.sleep(0.05)
    for process in living:
        if process.is_alive() and process.pid:
            # The whole session: a web server that hangs has children of its own.
            os.killpg(process.pid, signal.SIGKILL)
            process.join()
