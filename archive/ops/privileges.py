"""Under which user PostgreSQL runs: it refuses to run as root, so root gives it a user of its own."""

import ctypes
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError

USER = "lamplight"

# Numbers of the Linux kernel (linux/prctl.h, linux/capability.h).
KEEP_CAPABILITIES = 8
AMBIENT, AMBIENT_RAISE = 47, 2
CAPABILITY_VERSION_3 = 0x20080522
# The right to pass closed folders: the narrow one, and the wider one that containers usually leave to root.
READ_AND_SEARCH, OVERRIDE = 2, 1


class NoUserForPostgres(ArchiveError):
    """Root cannot make, or cannot become, the user that PostgreSQL needs."""


@dataclass(frozen=True)
class Servant:
    """The user that PostgreSQL runs as, and whether folders on its way are closed to it."""

    uid: int
    gid: int
    must_pass_closed_folders: bool = False

    def become(self) -> None:
        """Turn the present process, a child about to be executed, into this user."""
        capability = _capability() if self.must_pass_closed_folders else None
        if capability is not None:
            _control(KEEP_CAPABILITIES, 1)
        os.setgroups([])
        os.setresgid(self.gid, self.gid, self.gid)
        os.setresuid(self.uid, self.uid, self.uid)
        if capability is not None:
            _keep_only(capability)


def servant(data: Path, *, paths: Iterable[Path]) -> Servant | None:
    """Answer the user that PostgreSQL must run as for the cluster at `data`, or None where it is ourselves.

    Data that already belong to an ordinary user are served by that user; else by a user made for the purpose.
    """
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid if data.exists() else 0
    if owner:
        entry = _known(owner)
        uid, gid = owner, entry.pw_gid if entry else data.stat().st_gid
    else:
        made = _made()
        uid, gid = made.pw_uid, made.pw_gid
    is_closed = not all(_may_reach(path, uid, gid) for path in paths)
    chosen = Servant(uid, gid, is_closed)
    _prove(chosen)
    return chosen


def as_child(chosen: Servant | None) -> Callable[[], None] | None:
    """Answer what a child process has to do before it is executed, or None where it stays who it is."""
    return chosen.become if chosen else None


def _known(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    """Answer the system user of the archive, making it when it is missing."""
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        pass
    commands = [
        ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", USER],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", USER],  # Alpine's
    ]
    for command in commands:
        if shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 # fixed words, no input
            break
    try:
        return pwd.getpwnam(USER)
    except KeyError as missing:
        raise NoUserForPostgres(
            _(
                "PostgreSQL does not run as root, and the user “%(user)s” for it could not be made. "
                "Start the archive as an ordinary user, or set DATABASE_URL."
            )
            % {"user": USER}
        ) from missing


def _prove(chosen: Servant) -> None:
    """Refuse early, and in words, where root may not become the user (some containers) or may not pass the way."""
    try:
        subprocess.run(["/bin/true"], check=True, preexec_fn=chosen.become)  # no threads run yet
    except (OSError, subprocess.SubprocessError) as refusal:
        raise NoUserForPostgres(
            _(
                "PostgreSQL does not run as root, and root cannot start it as another user here. "
                "Start the archive as an ordinary user, or set DATABASE_URL."
            )
        ) from refusal


def _may_reach(path: Path, uid: int, gid: int) -> bool:
    """Say whether the user may enter every folder on the way to `path`, judged by their permission bits."""
    for folder in path.resolve().parents:
        if not folder.exists():
            continue
        facts = folder.stat()
        bit = 0o100 if facts.st_uid == uid else 0o010 if facts.st_gid == gid else 0o001
        if not facts.st_mode & bit:
            return False
    return True


def _capability() -> int:
    """Answer the narrowest right to pass closed folders that root has here."""
    words = Path("/proc/self/status").read_text().split()
    held = int(words[words.index("CapEff:") + 1], 16)
    return READ_AND_SEARCH if held >> READ_AND_SEARCH & 1 else OVERRIDE


def _control(*numbers: int) -> None:
    padded = [ctypes.c_ulong(number) for number in (*numbers, 0, 0, 0, 0)[:5]]
    if ctypes.CDLL(None, use_errno=True).prctl(*padded) != 0:
        raise PermissionError(ctypes.get_errno(), "prctl")


def _keep_only(capability: int) -> None:
    """Keep one right through the change of user and the execution that follows."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    mask = 1 << capability
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)  # effective, permitted, inheritable; then the high halves
    if ctypes.CDLL(None, use_errno=True).capset(header, sets) != 0:
        raise PermissionError(ctypes.get_errno(), "capset")
    _control(AMBIENT, AMBIENT_RAISE, capability)
