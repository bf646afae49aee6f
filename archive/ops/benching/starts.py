"""How long an archive takes from the command to its first page: in an empty data folder, and the next time."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

LONGEST_START = 120.0  # seconds
SECONDS_FOR_A_STOP = 30.0
SECONDS_BETWEEN_LOOKS = 0.02
OK = 200


class DidNotStart(ArchiveError):
    """The archive did not serve a page in time."""


def first_and_later() -> tuple[float, float]:
    """Answer the seconds to the first page of a first start and of a later one. Raises `DidNotStart`."""
    with tempfile.TemporaryDirectory(prefix="lamplight-start-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 # PostgreSQL may run as another user, who has to pass
        data = Path(folder) / "data"
        return start(data), start(data)


def start(data: Path) -> float:
    """Bring up an archive on this data folder, answer the seconds until its home page was there, and stop it."""
    port = free_port()
    outside = {name: value for name, value in os.environ.items() if name not in {"SITE_ADDRESS", "DATABASE_URL", "ALLOWED_HOSTS"}}
    environment = {**outside, "ARCHIVE_DATA": str(data), "BIND": f"127.0.0.1:{port}"}
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 # this very program
        [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "up"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while not serves(port):
            if process.poll() is not None or time.monotonic() - began > LONGEST_START:
                raise DidNotStart(_("The archive did not serve a page within %(seconds)d s.") % {"seconds": LONGEST_START})
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return time.monotonic() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS_FOR_A_STOP)


def free_port() -> int:
    """Answer a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def serves(port: int) -> bool:
    """Whether the home page is there."""
    visit = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        visit.request("GET", "/")
        return visit.getresponse().status == OK
    except OSError:
        return False
    finally:
        visit.close()
