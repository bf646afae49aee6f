"""A real browser for the journeys: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests.browser.watching import Watch
from tests.factories.people import UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from archive.people.models import User

NAMES = ("chromium", "chromium-browser")
NO_BROWSER = "There is no Chromium on this machine (on Debian: apt-get install chromium)."
ARGUMENTS = [
    "--no-sandbox",  # Chromium's own does not work for root, as whom CI runs
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",  # a container's /dev/shm may be 64 MB
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000  # milliseconds; two busy cores can hold a page up, a broken page never comes

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the browser's tests to the end: while Playwright runs, Django takes its loop for asynchronous code."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def chromium() -> str:
    """Answer the path of the system's Chromium; skip without one, but in CI fail."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path:
        return path
    if os.environ.get("CI"):
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests. Rows are asked for beside its loop, which Django would refuse unless told."""
    path = chromium()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield browser
            browser.close()


@pytest.fixture
def open_context(browser, live_server, tmp_path, request) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers that know nothing of each other; at the end of the test each must have been without fault."""
    cache.clear()  # how often an address signed up or logged in: kept beyond the rows of a test
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(**options: object) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": live_server.url, "viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(PATIENCE)
        context.watch = Watch(context, address=live_server.url)
        opened.append((context, context.watch))
        return context

    yield open_one
    faults = [fault for _, watch in opened for fault in watch.faults]
    failed = faults or getattr(request.node, "call_failed", False)
    for number, (context, _) in enumerate(opened):
        if failed:
            keep_pictures(context, tmp_path, number)
        context.set_offline(True)  # what a page keeps as it goes would come while the rows of the test are taken away
        context.close()
    assert faults == []


def keep_pictures(context: BrowserContext, folder: Path, number: int) -> None:
    """Keep what the pages of a failed test looked like, and say where."""
    for page_number, page in enumerate(context.pages):
        path = folder / f"browser-{number}-page-{page_number}.png"
        page.screenshot(path=path)
        print(f"{page.url} looked like {path}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Tell fixtures whether their test failed."""
    report = yield
    if report.when == "call":
        item.call_failed = report.failed
    return report


@pytest.fixture
def page(open_context) -> Page:
    """A guest's page on a desk."""
    return open_context().new_page()


@pytest.fixture
def log_in(live_server) -> Callable[[BrowserContext, User], None]:
    """Log a member in without the form, which has journeys of its own."""

    def log_in(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return log_in


@pytest.fixture
def author() -> User:
    """Somebody who has posted things."""
    return UserFactory(username="ines_calder")
