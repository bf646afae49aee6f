"""What the files that were made do when their work changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from archive.transfer.taking import shelf
from archive.works.signals import changed, published

if TYPE_CHECKING:
    from archive.works.models import Work


@receiver([changed, published], dispatch_uid="files of a work that changed are removed")
def drop_files(sender: type[Work], *, work: Work, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Remove the files that were made of a work before it changed."""
    shelf.drop(work.pk)
