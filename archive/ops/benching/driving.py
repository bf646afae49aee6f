"""Asks the WSGI application for pages, in this process and through all its middleware, as a web server would."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable

OK = 200
TOKEN = "b" * 32  # of the form protection, which only asks that a form's and the cookie's are the same


class PageFailed(ArchiveError):
    """A page that was to be measured answers with something other than a page."""


class BenchRequest(WSGIRequest):
    """A request that finds the bare page beside the archive's own."""

    urlconf = "archive.ops.benching.urls"


class BenchHandler(WSGIHandler):
    """The application that web servers run, with one address more."""

    request_class = BenchRequest


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request, and after how many seconds its last byte did."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Driver:
    """Asks for pages, one after the other."""

    def __init__(self) -> None:
        """Load the application and its middleware."""
        self.application = BenchHandler()
        self.site = urlsplit(settings.SITE_ADDRESS)

    def get(self, address: str, *, cookie: str = "", takes_gzip: bool = False) -> Answer:
        """Answer a page. Raises `PageFailed` for anything but a 200."""
        return self._ask(address, self._environ(address, cookie, takes_gzip=takes_gzip), expects=OK)

    def post(self, address: str, typed: dict[str, str], *, cookie: str, expects: int = OK) -> Answer:
        """Send a form. Raises `PageFailed` for anything but the answer that is expected."""
        body = urlencode(typed | {"csrfmiddlewaretoken": TOKEN}).encode()
        environ = self._environ(address, f"{cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}", takes_gzip=False)
        environ |= {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
        }
        return self._ask(address, environ, expects=expects)

    def _ask(self, address: str, environ: dict[str, object], *, expects: int) -> Answer:
        """Have the application answer."""
        begun: dict[str, object] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: object = None, /) -> Callable[[bytes], object]:
            begun.update(status=int(status.partition(" ")[0]), headers=dict(headers))
            return io.BytesIO().write  # for applications older than WSGI itself

        start = perf_counter()
        response = self.application(environ, start_response)
        body = b"".join(response)
        response.close()
        seconds = perf_counter() - start
        answer = Answer(begun["status"], begun["headers"], body, seconds)  # type: ignore[arg-type] # as PEP 3333 has it
        if answer.status != expects:
            raise PageFailed(_("%(address)s answers %(status)d.") % {"address": address, "status": answer.status})
        return answer

    def _environ(self, address: str, cookie: str, *, takes_gzip: bool) -> dict[str, object]:
        """Answer what a web server says of a request for this address."""
        path, _mark, query = address.partition("?")
        environ: dict[str, object] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.site.hostname,
            "SERVER_PORT": str(self.site.port or (443 if self.site.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.site.netloc,
            "HTTP_USER_AGENT": "bench",
            "HTTP_ACCEPT": "text/html",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if cookie:
            environ["HTTP_COOKIE"] = cookie
        if takes_gzip:
            environ["HTTP_ACCEPT_ENCODING"] = "gzip"
        return environ
