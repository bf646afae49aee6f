"""Takes the times of pages: each next to the bare page in every round, so that a noisy moment falls on both."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.ops.benching.choosing import Page
    from archive.ops.benching.driving import Driver

WARM_UP = 5  # rounds: templates are compiled, plans and connections are there


@dataclass(frozen=True, slots=True)
class Measured:
    """What a page took. Times are milliseconds; `ratio` is its middle time over that of the bare page beside it."""

    page: Page
    p50: float
    p95: float
    bare_p50: float
    queries: int
    size: int
    compressed: int

    @property
    def ratio(self) -> float:
        """How many times the bare page's time it takes."""
        return self.p50 / self.bare_p50

    def falls_short(self, queries_of: dict[str, int]) -> list[str]:
        """Answer what of its bar the page does not reach, each in a few words."""
        short = []
        if (bar := self.page.bar) is not None:
            if bar.ratio is not None and self.ratio > bar.ratio:
                short.append(f"over {bar.ratio:g} times bare")
            if bar.milliseconds is not None and self.p50 > bar.milliseconds:
                short.append(f"over {bar.milliseconds:g} ms")
            if self.queries > bar.queries:
                short.append(f"over {bar.queries} queries")
            if bar.compressed is not None and self.compressed > bar.compressed:
                short.append(f"over {bar.compressed // 1024} KB")
        if self.page.alike and self.queries != queries_of[self.page.alike]:
            short.append(f"{self.queries} queries, not {queries_of[self.page.alike]}")
        return short


def percentile(seconds: Sequence[float], hundredth: int) -> float:
    """Answer a percentile of some times, in milliseconds."""
    return quantiles(seconds, n=100, method="inclusive")[hundredth - 1] * 1_000


def measure(
    driver: Driver,
    pages: Sequence[Page],
    *,
    bare: str,
    repeat: int,
    tell: Callable[[int], object] = lambda _rounds: None,
    prepare: Callable[[], object] = lambda: None,
) -> list[Measured]:
    """Answer what each page takes over so many rounds. `tell` is called with the number of each round that is over.

    `prepare` is called before each page, beside the times.

    The collector of cyclic garbage stays on, as it is under a web server; what the warm-up made is put out of its sight,
    as the web server does with what was loaded before it forked.
    """
    for _ in range(WARM_UP):
        for address, cookie in [(bare, ""), *((page.address, page.cookie) for page in pages)]:
            driver.get(address, cookie=cookie)
    facts = [_facts(driver, page) for page in pages]
    gc.collect()
    gc.freeze()
    times: list[list[float]] = [[] for _ in pages]
    bare_times: list[list[float]] = [[] for _ in pages]
    for done in range(1, repeat + 1):
        for page, own, beside in zip(pages, times, bare_times, strict=True):
            beside.append(driver.get(bare).seconds)
            prepare()
            own.append(driver.get(page.address, cookie=page.cookie).seconds)
        tell(done)
    gc.unfreeze()
    return [
        Measured(page, percentile(own, 50), percentile(own, 95), percentile(beside, 50), *fact)
        for page, own, beside, fact in zip(pages, times, bare_times, facts, strict=True)
    ]


def _facts(driver: Driver, page: Page) -> tuple[int, int, int]:
    """Answer the queries of a page, its bytes, and its bytes compressed: apart from the times, which this would spoil."""
    with CaptureQueriesContext(connection) as queries:
        plain = driver.get(page.address, cookie=page.cookie)
    count = len(queries)  # asked now: the next request empties the log
    compressed = driver.get(page.address, cookie=page.cookie, takes_gzip=True)
    return count, len(plain.body), len(compressed.body)
