"""The worker: runs tasks as they come and duties as they fall due, and sleeps lightly in between."""

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from archive.ops import duties, presence
from archive.search.index import following

logger = logging.getLogger(__name__)

# A confirmation mail should be on its way at once; an archive where nothing happens is asked less often.
SECONDS_WHEN_BUSY, SECONDS_WHEN_IDLE = 0.5, 2.0
SECONDS_UNTIL_IDLE = 60.0
SECONDS_BETWEEN_ROUNDS = 60.0  # looking for duties and for tasks whose worker has died
SECONDS_WITHOUT_DATABASE = 2.0
SECONDS_TO_FINISH = 5.0  # for the follower; what it has not written it writes the next time


class Worker(db_worker.Worker):
    """Runs tasks until it is asked to stop, and then finishes the one in hand."""

    def __init__(self) -> None:
        """Take a name that no other worker has had."""
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:24]}-{os.getpid()}-{get_random_string(16)}",
            excluded_queue_names=[],
        )
        self.is_asleep = False
        self.next_round = 0.0
        self.last_task = time.monotonic()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 # a signal handler's signature
        """Stop after what is in hand, or at once when asleep."""
        self.running = False
        if self.is_asleep:
            sys.exit(0)

    def sleep(self, seconds: float) -> None:
        """Do nothing for some time, unless the worker has been asked to stop."""
        self.is_asleep = True
        if self.running:
            time.sleep(seconds)
        self.is_asleep = False

    def work(self) -> None:
        """Run tasks and duties; while the database is away, wait for it."""
        with contextlib.ExitStack() as stack:
            present: presence.Presence | None = None
            while self.running:
                try:
                    if present is None:
                        present = stack.enter_context(presence.Presence(self.worker_id))
                    self._work_once(present)
                except (OperationalError, InterfaceError, presence.Lost) as mistake:
                    logger.warning("The worker waits for the database: %s", str(mistake).strip())
                    close_old_connections()
                    stack.close()
                    present = None
                    self.sleep(SECONDS_WITHOUT_DATABASE)

    def _work_once(self, present: presence.Presence) -> None:
        now = time.monotonic()
        if now >= self.next_round:
            present.recover_abandoned()
            duties.enqueue_due()
            self.next_round = now + SECONDS_BETWEEN_ROUNDS
        before = self._run_tasks
        self.run()  # until the queue is empty
        if self._run_tasks > before:
            self.last_task = time.monotonic()
        is_idle = time.monotonic() - self.last_task > SECONDS_UNTIL_IDLE
        self.sleep(SECONDS_WHEN_IDLE if is_idle else SECONDS_WHEN_BUSY)


def work() -> None:
    """Work until SIGTERM or Ctrl-C, with the search index following in a thread beside."""
    worker = Worker()
    for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, worker.shutdown)
    stop = threading.Event()
    follower = threading.Thread(target=following.follow, args=[stop], name="follower", daemon=True)
    follower.start()
    try:
        worker.work()
    finally:
        stop.set()
        follower.join(SECONDS_TO_FINISH)
