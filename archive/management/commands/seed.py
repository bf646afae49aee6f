"""`manage.py seed`: a synthetic archive of any size, for measuring and for looking at plans."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.ops.seeding.sowing import Words, sow

MOST_WORKS = 10_000_000


def number_of_works(text: str) -> int:
    """Answer a number of works from 1 to ten million; raises ArgumentTypeError for anything else."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKS:
        raise ArgumentTypeError(f"{text} is no number of works: expected 1 to {MOST_WORKS}.")
    return int(text)


def day(text: str) -> datetime:
    """Answer the first moment, in UTC, of the day written as YYYY-MM-DD; raises ArgumentTypeError for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as mistake:
        raise ArgumentTypeError(f"{text} is no day: expected YYYY-MM-DD.") from mistake


class Command(BaseCommand):
    """Add synthetic works to the archive."""

    help = (
        "Add synthetic works, shaped like a large archive's; the same ones for the same --seed and --until. "
        "Not for an archive that people use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how many, which, and how much of their text."""
        text = parser.add_mutually_exclusive_group()
        parser.add_argument("--works", type=number_of_works, required=True, metavar="N", help="how many works")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which works: the same number gives the same ones (1)")
        parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="the day of the latest works (today)")
        text.add_argument("--words", type=Words, choices=list(Words), default=Words.REAL, help="how much text is stored (real)")
        text.add_argument("--no-text", action="store_const", const=Words.NONE, dest="words", help="the same as --words none")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Seed, and say how fast it was."""
        console = Console(highlight=False)
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        began = time.monotonic()
        columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
        with Progress(*columns, console=console) as progress:
            bar = progress.add_task("Works", total=options["works"])
            sow(
                options["works"],
                seed=options["seed"],
                words=options["words"],
                until=options["until"] or today,
                tell=lambda done: progress.update(bar, completed=done),
            )
        seconds = time.monotonic() - began
        console.print(f"{options['works']:,} works in {seconds:.1f} s: {options['works'] / seconds:,.0f} a second.")
