"""`manage.py up`: the whole archive with one command."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from archive.ops import starting


class Command(BaseCommand):
    """Start the database, the web server and the worker, and keep them running."""

    # The checks are for those who change the archive; here they would load every page once more than the web server does.
    requires_system_checks = ()
    help = "Bring up the archive: database, tables, static files, web server and worker. Stop it with Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the demonstration, and the address to listen at, which manage.py has read before the settings were."""
        parser.add_argument("--bind", metavar="HOST:PORT", help="where to listen (otherwise BIND, or 127.0.0.1:8000)")
        parser.add_argument("--demo", action="store_true", help="fill an empty archive with works that show what it can do")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Bring up the archive."""
        starting.up(is_demonstration=options["demo"])
