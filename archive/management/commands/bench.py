"""`manage.py bench`: how long the archive's pages take, how much memory it needs, how long it takes to start."""

import gc
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from archive.ops import starting
from archive.ops.benching import (
    bringing,
    choosing,
    driving,
    files,
    indexing,
    measuring,
    processes,
    searching,
    starts,
    tables,
    writing,
)
from archive.search.index import building, following, shelf
from archive.search.index.documents import Told
from archive.works.models import Work

REPEAT = 200
BROUGHT = ((100, 1_800), (100, 5_000))  # works, and words of each
WIDTH = 120  # of a table that is written into a file


class Command(BaseCommand):
    """Measure pages beside a bare one; or memory, or starts."""

    help = (
        "Measure the archive's pages beside a bare page of the same project, in this process. "
        "Changes nothing but a session of its own; with --writing a draft of its own, too, which is gone in the end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how often, where to, and what else can be measured."""
        parser.add_argument("--repeat", type=int, default=REPEAT, metavar="N", help=f"how often each page is asked for ({REPEAT})")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the results of the pages to this file too")
        parser.add_argument(
            "--memory",
            type=int,
            nargs="?",
            const=0,
            metavar="PID",
            help="measure a running `up` instead (the one on this data folder)",
        )
        parser.add_argument("--search", action="store_true", help="measure filters, facets and words, beside PostgreSQL alone")
        parser.add_argument("--index", action="store_true", help="measure how the search index is made and followed")
        parser.add_argument(
            "--import", action="store_true", dest="bringing", help="measure how fast files become drafts; undone at the end"
        )
        parser.add_argument("--files", action="store_true", help="measure e-books and PDFs of works")
        parser.add_argument(
            "--writing", action="store_true", help="measure typing, saving and comparing; writes, and takes it away again"
        )
        parser.add_argument("--starts", action="store_true", help="measure starts in a data folder of their own instead")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Measure what was asked for and print it."""
        self.console = Console(highlight=False, width=None if self.stdout.isatty() else WIDTH)
        if options["starts"]:
            self.console.print(tables.starts_table(*starts.first_and_later()))
        elif options["writing"]:
            starting.collect_static_files()
            with self.console.status("Writing"), writing.writer() as writer:
                table = tables.writing_table(list(writing.costs(driving.Driver(), writer)))
            self.console.print(table)
        elif options["memory"] is not None:
            self.console.print(tables.memory_table(processes.archive_processes(settings.DATA, options["memory"] or None)))
        elif options["bringing"]:
            with self.console.status("AO3's downloads, read as the worker reads them"):
                table = tables.bringing_table([bringing.brought(works, words=words) for works, words in BROUGHT])
            self.console.print(table)
        elif options["files"]:
            with self.console.status("Files of works"):
                table = tables.files_table(files.measured(driving.Driver(), max(2, options["repeat"])))
            self.console.print(table)
        elif options["search"]:
            self.make_index_if_needed()
            asked = searching.questions()
            pages = [question.page for question in asked]
            self.measure_pages(lambda _cookie: pages, max(2, options["repeat"]), options["json"], prepare=shelf.SHELF.count_anew)
            with self.console.status("PostgreSQL alone"):
                table = tables.arrays_table(searching.arrays_beside(asked))
            self.console.print(table)
        elif options["index"]:
            with self.console.status("The index of all works, without their texts, and without any words"):
                bare, worded = (indexing.made(told) for told in (Told.NO_WORDS, Told.ALL_BUT_TEXTS))
            self.make_index_if_needed()
            with self.console.status("A change, until it is found"):
                found = indexing.seconds_until_found()
            self.console.print(tables.index_table(bare, worded, *found))
        else:
            self.measure_pages(lambda cookie: choosing.pages(member=cookie), max(2, options["repeat"]), options["json"])

    def make_index_if_needed(self) -> None:
        """Make the search index where there is none that can be used."""
        if following.usable() is None:
            with self.console.status("The search index"):
                building.build()

    def measure_pages(
        self,
        chosen: Callable[[str], list[choosing.Page]],
        repeat: int,
        file: Path | None,
        *,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Measure the pages, print the table, and write the file where one is wanted. `prepare` comes before each page."""
        starting.collect_static_files()  # pages name the hashed files, as `up` makes them
        with choosing.member_session() as cookie, Progress(console=self.console, transient=True) as progress:
            pages = chosen(cookie)
            bar = progress.add_task("Rounds", total=repeat)
            results = measuring.measure(
                driving.Driver(),
                pages,
                bare=choosing.bare_address(),
                repeat=repeat,
                tell=lambda rounds: progress.update(bar, completed=rounds),
                prepare=prepare,
            )
        self.console.print(tables.pages_table(results))
        self.console.print(
            f"{Work.objects.published().count():,} works; {repeat} rounds after {measuring.WARM_UP} to warm up; "
            f"DEBUG {settings.DEBUG}; garbage collector on, thresholds {gc.get_threshold()}, "
            "what was loaded before frozen; times in milliseconds, without compression."
        )
        if (memory := indexing.resident()) is not None:
            self.console.print(
                "This process, which served them, holds {:.0f} MB, {:.0f} MB of them pages of files.".format(
                    *(size / 1e6 for size in memory)
                )
            )
        if file is not None:
            file.write_text(tables.as_json(results))
