"""`manage.py work`: a worker. `up` starts one; more may run on any machine that reaches the database."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.ops import working


class Command(BaseCommand):
    """Run tasks and duties until asked to stop."""

    requires_system_checks = ()  # as for `up`
    help = "Run tasks and duties until SIGTERM or Ctrl-C; the task in hand is finished first."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Work."""
        working.work()
