"""Opens a ZIP of files: each of them takes a place of its own in the batch, and the ZIP is let go."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.errors import ArchiveError
from archive.transfer.bringing import keeping, recognising
from archive.transfer.bringing.brought import Unreadable
from archive.transfer.bringing.containers import Container
from archive.transfer.bringing.models import BroughtFile

State = BroughtFile.State

MOST_FILES = 1_000
MOST_BYTES = 200_000_000  # of all files of one ZIP
# What systems put beside files, and pictures, which are no works.
NOT_WORKS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".css", ".js")


def is_of_files(file: BroughtFile) -> bool:
    """Whether a file is a ZIP of files, and no work that happens to be a ZIP as EPUBs are. Raises what opening it raises."""
    if "/" in file.place:  # it lay in a ZIP itself
        return False
    first = next(keeping.pieces(file), b"")
    if not first.startswith((recognising.ZIP, recognising.EMPTY_ZIP)):
        return False
    with keeping.opened(file) as opened, Container(opened) as container:
        return recognising.kind_of(container) is None


@transaction.atomic
def unpack(file: BroughtFile) -> None:
    """Give the files in a ZIP their places in its batch. Raises `Unreadable`; what is wrong with one file is said of that one."""
    with keeping.opened(file) as opened, Container(opened, most_bytes=MOST_BYTES) as container:
        names = sorted((name for name in container.members if _is_work(name)), key=keeping.natural)
        if not names:
            raise Unreadable(_("There is no file in this ZIP."))
        if len(names) > MOST_FILES:
            said = ngettext("This ZIP holds %(count)d file", "This ZIP holds %(count)d files", len(names)) % {"count": len(names)}
            raise Unreadable(_("%(said)s; %(most)d fit. Please divide it.") % {"said": said, "most": MOST_FILES})
        for number, name in enumerate(names, start=1):
            _keep(container, name, file, f"{file.place}/{number:05d}")
    file.state = State.OPENED
    file.save(update_fields=["state"])
    file.pieces.all().delete()


def _is_work(name: str) -> bool:
    lowered = name.lower()
    is_hidden = lowered.rpartition("/")[2].startswith(".") or any(part in lowered for part in NOT_WORKS)
    return not is_hidden and not lowered.endswith(PICTURES)


def _keep(container: Container, name: str, parent: BroughtFile, place: str) -> None:
    """Keep one file of a ZIP, or say why that cannot be."""
    try:
        content = container.read(name, longest=keeping.LONGEST_FILE)
    except ArchiveError as refusal:
        BroughtFile.objects.create(
            batch=parent.batch, place=place, name=keeping.shown_name(name), size=0, state=State.FAILED, sentence=str(refusal),
            digest=hashlib.sha256(place.encode()).hexdigest(),
        )  # fmt: skip
        return
    keeping.keep_file(parent.batch, place, name, keeping.in_pieces(content))
