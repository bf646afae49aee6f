"""`manage.py reindex`: makes the search index anew beside the old one, and swaps it in."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from archive.search.index import building
from archive.works.models import Work


class Command(BaseCommand):
    """Make the search index anew. Readers use the old one until the new one is whole."""

    help = "Make the search index anew from the database, beside the old one, and swap it in. Safe while the archive is up."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Build with a progress bar, and say how long it took."""
        console = Console(highlight=False)
        began = time.monotonic()
        try:
            with Progress(console=console) as progress:
                bar = progress.add_task("Works", total=Work.objects.published().count())
                building.build(tell=lambda done: progress.update(bar, completed=done))
        except building.BeingBuilt as refusal:
            raise CommandError(refusal.sentence) from refusal
        works, seconds = Work.objects.published().count(), time.monotonic() - began
        console.print(f"{works:,} works in {seconds:.1f} s: {works / seconds:,.0f} a second.")
