"""The web server: gunicorn, run in a process of `up` that has the whole archive loaded already."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 # gunicorn's sign of life, a file without a name


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn brings no types
    """Gunicorn with the archive's options, at a socket that is bound already."""

    def __init__(self, descriptor: int) -> None:
        """Serve at the socket of this descriptor."""
        self.options: dict[str, Any] = {
            "bind": f"fd://{descriptor}",
            "worker_class": "gthread",
            "workers": settings.WEB_WORKERS,
            "threads": settings.WEB_THREADS,
            "preload_app": True,
            "timeout": 60,
            "limit_request_line": 8190,  # as much as it takes: a search in Chinese has nine bytes a sign
            "graceful_timeout": 8,  # less than what `up` gives everybody to finish
            "forwarded_allow_ips": "*" if settings.TRUSTED_PROXIES else "",
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        if os.access(SHARED_MEMORY, os.W_OK):
            self.options["worker_tmp_dir"] = str(SHARED_MEMORY)
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn the options; no file or command line has a say."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Answer the application, loaded to the last page, so that all web processes share what is loaded."""
        from archive.wsgi import application  # noqa: PLC0415 # it is made here, in the web server's own process

        _ = get_resolver().url_patterns
        return application


def serve(descriptor: int) -> None:
    """Serve pages at the socket of this descriptor until SIGTERM."""
    WebServer(descriptor).run()
