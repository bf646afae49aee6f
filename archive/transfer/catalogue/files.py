"""The files of a work as a catalogue offers them: those that are there at once, the e-book first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from archive.transfer.linking import whole
from archive.transfer.taking import formats, names
from archive.warnings.readers import ONCE

if TYPE_CHECKING:
    from archive.transfer.introducing import Introduction

FIRST = "epub"
OPEN, FOR_MEMBERS = "http://opds-spec.org/acquisition/open-access", "http://opds-spec.org/acquisition"
IMAGE, THUMBNAIL = "http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"
PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that a client may fetch."""

    rel: str
    href: str
    type: str
    title: str


def offers(work: Introduction) -> list[Offer]:
    """Answer the files of a work, the e-book first.

    What takes the worker a while is not offered: a client would keep the page that says how far it is. An e-reader cannot answer
    the page that asks for consent; its entry has shown the advisory, and the address says yes.
    """
    rel = FOR_MEMBERS if work.work.is_restricted else OPEN
    query = urlencode({ONCE: "true", "updated_at": int(work.updated.timestamp())})
    quick = [one for one in formats.available(work.work) if not one.is_slow]
    return [
        Offer(
            rel, f"{whole(names.download_address(work.work, one.extension))}?{query}", one.content_type.partition(";")[0], one.name
        )
        for one in sorted(quick, key=lambda one: one.extension != FIRST)
    ]


def cover_of(work: Introduction) -> str:
    """Answer the address of a cover. Clients send no password for images: what is for members alone has one that tells nothing."""
    if work.work.is_restricted:
        return whole(reverse("opds_cover"))
    return f"{whole(reverse('work_cover', args=[work.work.pk]))}?updated_at={int(work.updated.timestamp())}"
