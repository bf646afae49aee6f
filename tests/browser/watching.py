"""What no page of the archive may do in a browser: fail, complain, break the security policy, or call on somebody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

HERE = {"http", "https", "ws", "wss"}  # what is asked of a host; data: and blob: are not
FIRST_ERROR = 400
# Chromium says so itself of each answer that is an error; those are judged by their status, below.
ABOUT_A_STATUS = re.compile(r"Failed to load resource: the server responded with a status of \d+")


class Watch:
    """Writes down what goes wrong in the pages of one browser context.

    A test says beforehand which error statuses it is about, with `expect`.
    """

    def __init__(self, context: BrowserContext, *, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.expected: set[int] = set()
        self.faults: list[str] = []
        context.on("page", self.follow)
        context.on("request", self.hear_request)
        context.on("response", self.hear_response)
        context.on("console", self.hear_console)
        context.on("weberror", lambda fault: self.faults.append(f"script: {fault.error}"))

    def follow(self, page: Page) -> None:
        """Note when a page's process dies, which no other event tells."""
        page.on("crash", lambda crashed: self.faults.append(f"crashed: {crashed.url}"))

    def expect(self, *statuses: int) -> None:
        """Allow answers with these statuses."""
        self.expected |= set(statuses)

    def hear_request(self, request: Request) -> None:
        """Note a request to anybody but the archive."""
        parts = urlsplit(request.url)
        if parts.scheme in HERE and parts.netloc != self.host:
            self.faults.append(f"asked another host: {request.url}")

    def hear_response(self, response: Response) -> None:
        """Note an answer that is an error and that no test expects."""
        if response.status >= FIRST_ERROR and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")

    def hear_console(self, message: ConsoleMessage) -> None:
        """Note errors and warnings; what breaks the security policy is among them, also where scripts are off."""
        if message.type in {"error", "warning"} and not ABOUT_A_STATUS.match(message.text):
            self.faults.append(f"{message.type}: {message.text} ({message.location.get('url')})")
