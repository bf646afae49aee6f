"""Says what was measured: as a table beside the bars, and as JSON for comparing one day with another."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.ops.benching.bringing import Brought
    from archive.ops.benching.files import Measurement
    from archive.ops.benching.indexing import Made
    from archive.ops.benching.measuring import Measured
    from archive.ops.benching.processes import Process
    from archive.ops.benching.writing import Cost

FIRST_START, LATER_START = 30.0, 5.0  # seconds
MEMORY = 500 * 1024 * 1024
INDEXED_A_SECOND, BYTES_FOR_A_WORK, SECONDS_UNTIL_FOUND = 10_000, 200, 2.0
BROUGHT_A_SECOND = 20
NAME_LENGTH = 60


def pages_table(results: Sequence[Measured]) -> Table:
    """Answer the table of pages."""
    queries = {measured.page.name: measured.queries for measured in results}
    table = Table("page", *[_right(title) for title in ("p50", "p95", "× bare", "queries", "KB", "gzip")], "bar", box=SIMPLE)
    for measured in results:
        short = measured.falls_short(queries)
        has_bar = measured.page.bar is not None or measured.page.alike
        table.add_row(
            measured.page.name, f"{measured.p50:.2f}", f"{measured.p95:.2f}", f"{measured.ratio:.1f}", str(measured.queries),
            f"{measured.size / 1024:.1f}", f"{measured.compressed / 1024:.1f}",
            f"[red]{'; '.join(short)}[/]" if short else "[green]reached[/]" if has_bar else "",
        )  # fmt: skip
    bare = sorted(measured.bare_p50 for measured in results)
    table.add_row("bare page", f"{bare[len(bare) // 2]:.2f}", "", "1.0", "1", "", "", "", style="dim")
    return table


def _right(title: str) -> Column:
    """Answer a column of numbers."""
    return Column(title, justify="right", no_wrap=True)


def arrays_table(found: Iterable[tuple[str, int, float, float, float]]) -> Table:
    """Answer the table of what PostgreSQL alone takes."""
    table = Table(
        "with arrays and GIN alone", *[_right(title) for title in ("works", "count", "page", "facets", "in all")], box=SIMPLE
    )
    for name, works, count, page, facets in found:
        times = (count, page, facets, count + page + facets)
        table.add_row(name, f"{works:,}", *(f"{milliseconds:.1f}" for milliseconds in times))
    return table


def index_table(bare: Made, worded: Made, middle: float, longest: float) -> Table:
    """Answer the table of what the search index costs, without any words and with those of titles, summaries, notes and names."""
    table = Table("search index", _right("measured"), "bar", box=SIMPLE)

    def bar(wanted: str, *, is_reached: bool) -> str:
        return f"[{'green' if is_reached else 'red'}]{wanted}[/]"

    for name, made in ((f"{bare.works:,} works without words", bare), ("with words, but not those of texts", worded)):
        rate, size = made.works_a_second, made.bytes_for_a_work
        table.add_row(f"made: {name}", f"{rate:,.0f} a second", bar(f"{INDEXED_A_SECOND:,}", is_reached=rate >= INDEXED_A_SECOND))
        table.add_row(
            f"on disk: {name}", f"{size:.0f} bytes a work", bar(f"{BYTES_FOR_A_WORK}", is_reached=size <= BYTES_FOR_A_WORK)
        )
    table.add_row(
        "from a change to its being found",
        f"{middle:.2f} s, at most {longest:.2f} s",
        bar(f"{SECONDS_UNTIL_FOUND:g} s", is_reached=longest <= SECONDS_UNTIL_FOUND),
    )
    return table


def bringing_table(found: Sequence[Brought]) -> Table:
    """Answer the table of how fast AO3's downloads become drafts."""
    table = Table("AO3's downloads", _right("words each"), _right("works a second"), "bar", box=SIMPLE)
    for brought in found:
        colour = "green" if brought.works_a_second >= BROUGHT_A_SECOND else "red"
        rate = f"{brought.works_a_second:.1f}"
        table.add_row(f"{brought.works:,}", f"{brought.words // brought.works:,}", rate, f"[{colour}]{BROUGHT_A_SECOND}[/]")
    return table


def files_table(found: Iterable[Measurement]) -> Table:
    """Answer the table of what files of works take."""
    table = Table("files of works", _right("measured"), "bar", box=SIMPLE)
    for one in found:
        table.add_row(one.name, one.measured, verdict(one.is_reached, one.bar))
    return table


def writing_table(found: Iterable[Cost]) -> Table:
    """Answer the table of what writing costs."""
    table = Table("writing", *[_right(title) for title in ("measured", "own time", "bar")], box=SIMPLE)
    for cost in found:
        own = "" if cost.own is None else f"{cost.own:.1f} ms"
        took = f"{cost.took:.1f}{'' if cost.own is None else ' ms'}"
        table.add_row(cost.name, took, own, verdict(cost.is_reached, f"{cost.bar:g}"))
    return table


def memory_table(found: Sequence[Process]) -> Table:
    """Answer the table of processes and their memory."""
    table = Table("process", _right("MB"), "bar", box=SIMPLE)
    for process in sorted(found, key=lambda process: -process.memory):
        table.add_row(process.name[:NAME_LENGTH], f"{process.memory / 1024**2:.1f}", "")
    total = sum(process.memory for process in found)
    table.add_section()
    table.add_row("in all", f"{total / 1024**2:.0f}", verdict(total <= MEMORY, f"{MEMORY // 1024**2} MB"))
    return table


def starts_table(first: float, later: float) -> Table:
    """Answer the table of starts."""
    table = Table("start", _right("s"), "bar", box=SIMPLE)
    table.add_row("in an empty data folder", f"{first:.1f}", verdict(first <= FIRST_START, f"{FIRST_START:g} s"))
    table.add_row("later", f"{later:.1f}", verdict(later <= LATER_START, f"{LATER_START:g} s"))
    return table


def verdict(is_reached: bool, bar: str) -> str:
    """Answer whether a bar is reached, in colour."""
    return "[green]reached[/]" if is_reached else f"[red]over {bar}[/]"


def as_json(results: Sequence[Measured]) -> str:
    """Answer the results as JSON, one object a page."""
    return json.dumps([asdict(measured) | {"ratio": measured.ratio} for measured in results], indent=2, ensure_ascii=False) + "\n"
