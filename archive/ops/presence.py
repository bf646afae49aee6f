"""Which workers are alive, and what becomes of the tasks of those that are not.

A worker that is killed leaves its task marked as running, and nobody would ever run it again. So each worker holds an
advisory lock in PostgreSQL, which ends with its connection: a running task whose worker's lock is free is abandoned.
"""

import hashlib
from types import TracebackType
from typing import Self

import psycopg
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

MOST_ATTEMPTS = 3  # a task that took its worker down with it so often is the reason


class Lost(Exception):
    """The connection that stands for the worker's life has ended."""


class Abandoned(Exception):
    """Every worker that ran the task died while it did."""


class Presence:
    """A worker's sign of life, for the length of a `with` block."""

    def __init__(self, worker_id: str) -> None:
        """Give the worker of this name its sign."""
        self.worker_id = worker_id

    def __enter__(self) -> Self:
        """Take the lock on a connection of its own: those of the pool pass from hand to hand."""
        parameters = connection.get_connection_params()
        chosen = {name: value for name, value in parameters.items() if name not in {"pool", "cursor_factory", "context"}}
        try:
            self.connection = psycopg.connect(**chosen, autocommit=True)
            self._ask("SELECT pg_advisory_lock(%s)", self.worker_id)
        except psycopg.Error as mistake:
            raise Lost(mistake) from mistake
        return self

    def __exit__(self, kind: type[BaseException] | None, mistake: BaseException | None, trace: TracebackType | None) -> None:
        """Give the sign up."""
        self.connection.close()

    def recover_abandoned(self) -> int:
        """Put the running tasks of dead workers back into the queue, or give them up; answers how many there were."""
        abandoned = [result for result in DBTaskResult.objects.running() if self._is_dead(result)]
        for result in abandoned:
            with transaction.atomic():
                again = DBTaskResult.objects.running().filter(pk=result.pk, worker_ids=result.worker_ids)
                locked = again.select_for_update(skip_locked=True).first()
                if locked is None:
                    continue
                if len(locked.worker_ids) >= MOST_ATTEMPTS:
                    locked.set_failed(Abandoned(f"Given up after {MOST_ATTEMPTS} workers died with it."))
                else:
                    locked.status = "READY"
                    locked.save(update_fields=["status"])
        return len(abandoned)

    def _is_dead(self, result: "DBTaskResult[..., object]") -> bool:
        worker_id = result.worker_ids[-1] if result.worker_ids else ""
        if worker_id == self.worker_id:
            return False
        try:
            is_free = self._ask("SELECT pg_try_advisory_lock(%s)", worker_id)
            if is_free:
                self._ask("SELECT pg_advisory_unlock(%s)", worker_id)
        except psycopg.Error as mistake:
            raise Lost(mistake) from mistake
        return is_free

    def _ask(self, question: str, worker_id: str) -> bool:
        number = int.from_bytes(hashlib.sha256(worker_id.encode()).digest()[:8], signed=True)
        row = self.connection.execute(question.encode(), [number]).fetchone()
        return bool(row and row[0])
