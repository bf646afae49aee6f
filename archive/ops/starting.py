"""What `manage.py up` does, step by step: one machine, one command, the whole archive."""

import errno
import hashlib
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from archive.errors import ArchiveError
from archive.ops import founding, locking, postgres, serving, supervising, working
from archive.ops.reporting import Report

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

SECONDS_FOR_THE_WEB_SERVER = 60.0
MIGRATING = 0x4C616D70  # the number of the advisory lock: "Lamp"


class AlreadyUp(ArchiveError):
    """Another `up` serves the same data."""

    exit_code = 3


class CannotListen(ArchiveError):
    """The address to listen at is taken, not ours, or closed to us."""


class DatabaseUnreachable(ArchiveError):
    """The database that DATABASE_URL names does not answer."""


class WebServerSilent(ArchiveError):
    """The web server did not start to answer."""


def up(*, is_demonstration: bool) -> None:
    """Bring up the archive and keep it up until somebody asks it to stop."""
    report = Report()
    signals = supervising.Signals()
    children: list[supervising.Child] = []
    try:
        with only_one(settings.DATA), listening(settings.BIND) as listener, database(report):
            try:
                prepare(report, is_demonstration=is_demonstration)
                children.extend([web_server(listener), worker()])
                with report.step(_("Web server and worker")):
                    _start(children, signals)
                _say_where(report)
                supervising.watch(children, signals, say=report.say, also=lambda: _revive_database(report))
            finally:
                supervising.stop(children, signals)
    except supervising.Stopped:
        report.say(_("Stopped."))


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder for one `up`; a lock that a killed one left is no lock."""
    with postgres.plain_words(data):
        (data / "locks").mkdir(parents=True, exist_ok=True)
        lock = locking.Lock(data / "locks" / "up")
    try:
        if not lock.try_take():
            raise AlreadyUp(_("The archive of %(folder)s is already up.") % {"folder": data})
        yield
    finally:
        lock.close()


@contextmanager
def listening(bind: tuple[str, int]) -> Iterator[socket.socket]:
    """Give the socket of the address, ours from the first moment and through every restart of the web server."""
    host, port = bind
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=None)
    except OSError as mistake:
        raise CannotListen(_listening_refused(mistake, host, port)) from mistake
    with listener:
        yield listener


def _listening_refused(mistake: OSError, host: str, port: int) -> str:
    place = {"host": host, "port": port, "reason": mistake.strerror}
    if mistake.errno == errno.EADDRINUSE:
        return _("Port %(port)d of %(host)s is taken by another program. Choose another with --bind %(host)s:PORT.") % place
    if mistake.errno == errno.EACCES:
        return _("Only root may listen at port %(port)d. Choose one above 1023 with --bind %(host)s:PORT.") % place
    return _("The archive cannot listen at %(host)s:%(port)d: %(reason)s.") % place


def database(report: Report) -> AbstractContextManager[object]:
    """Give the embedded PostgreSQL while the archive is up, or nothing where DATABASE_URL names another."""
    report.title("Lamplight")
    return _embedded(report) if settings.IS_EMBEDDED else nullcontext()


@contextmanager
def _embedded(report: Report) -> Iterator[None]:
    running = postgres.running(settings.DATA, say=report.say, settings=settings.EMBEDDED_SETTINGS)
    with report.step("PostgreSQL"):
        running.__enter__()
    try:
        yield
    finally:
        leave_database()
        running.__exit__(None, None, None)


def prepare(report: Report, *, is_demonstration: bool) -> None:
    """Bring tables and static files to this version, and fill an empty archive where a demonstration is asked for."""
    with report.step(_("Tables")):
        migrate()
    with report.step(_("Static files")):
        collect_static_files()
    if is_demonstration:
        from archive.ops import demonstrating  # noqa: PLC0415 # it reads its works from files; only a demonstration needs that

        try:
            with report.step(_("Demonstration")):
                demonstrating.fill()
        except demonstrating.NotEmpty as refusal:
            report.say(str(refusal))
    leave_database()


def leave_database() -> None:
    """Close every connection, and the pool: it has threads, and a process that starts others is better without."""
    for wrapper in connections.all():
        wrapper.close()
        cast("DatabaseWrapper", wrapper).close_pool()


def migrate() -> None:
    """Bring the tables to this version; of several machines that start together one does it and the others wait."""
    try:
        connection.ensure_connection()
    except OperationalError as mistake:
        raise DatabaseUnreachable(_("The database does not answer: %(reason)s") % {"reason": str(mistake).strip()}) from mistake
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def collect_static_files() -> None:
    """Collect static files when any of them has changed since the last time."""
    folder = Path(settings.STATIC_ROOT)
    mark = folder / "collected"
    present = _fingerprint()
    if mark.exists() and mark.read_text() == present:
        return
    with postgres.plain_words(settings.DATA):
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(present)


def _fingerprint() -> str:
    """Answer a short text that changes with any static file: its name, size and time, and the code that treats it."""
    sources = [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
    lines = [str(settings.STORAGES["staticfiles"]["BACKEND"])]
    for source in [*sorted(sources), str(Path(__file__).with_name("static_files.py"))]:
        facts = Path(source).stat()
        lines.append(f"{source} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def web_server(listener: socket.socket) -> supervising.Child:
    """Answer the web server that serves at `listener`, not started yet."""
    descriptor = listener.fileno()
    return supervising.Child(_("The web server"), "lamplight-web", partial(serving.serve, descriptor), [descriptor])


def worker() -> supervising.Child:
    """Answer the worker, not started yet."""
    return supervising.Child(_("The worker"), "lamplight-work", _work)


def _work() -> None:
    """Work, and keep the embedded database until the last task is finished, even when `up` is gone."""
    with postgres.running(settings.DATA) if settings.IS_EMBEDDED else nullcontext():
        working.work()


def _start(children: list[supervising.Child], signals: supervising.Signals) -> None:
    """Start the web server, wait until it serves the first page, and start the others, which can wait."""
    web, *others = children
    web.start()
    deadline = time.monotonic() + SECONDS_FOR_THE_WEB_SERVER
    while not _answers(settings.BIND):
        signals.check()
        if web.is_dead() or time.monotonic() > deadline:
            raise WebServerSilent(_("The web server did not start; the reason stands above."))
        time.sleep(0.05)
    for child in others:
        child.start()


def _answers(bind: tuple[str, int]) -> bool:
    """Say whether the web server answers at the address, with whatever."""
    host, port = bind
    visit = http.client.HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=5)  # noqa: S104 # asks, does not bind
    try:
        visit.request("GET", "/health/", headers={"Host": "localhost"})
        visit.getresponse()
    except OSError:
        return False
    finally:
        visit.close()
    return True


def _say_where(report: Report) -> None:
    """Print the address and, as long as nobody has founded the archive, the link that does it."""
    report.ready(_("The archive is up at %(address)s") % {"address": settings.SITE_ADDRESS})
    link = founding.setup_link()
    leave_database()
    if link:
        report.ready(_("Set it up with this link, which works once: %(link)s") % {"link": link})


def _revive_database(report: Report) -> None:
    """Start the embedded PostgreSQL again if it died."""
    cluster = postgres.Cluster(settings.DATA, settings.EMBEDDED_SETTINGS)
    if settings.IS_EMBEDDED and not postgres.is_alive(cluster):
        report.say(_("PostgreSQL ended; starting it again."))
        postgres.ensure_running(cluster, say=report.say)
