"""What works do when something happens below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from archive.people.signals import pseud_leaving
from archive.works.models import Creatorship, Series

if TYPE_CHECKING:
    from archive.people.models import Pseud


@receiver(pseud_leaving, dispatch_uid="works move to the heir")
def hand_over(sender: type[Pseud], *, pseud: Pseud, heir: Pseud, **_more: object) -> None:  # noqa: ARG001 - signals send it by name
    """Move the works and series of a pseud that leaves to the one that inherits, each once."""
    doubled = Creatorship.objects.filter(work=OuterRef("work"), pseud=heir)
    Creatorship.objects.filter(Exists(doubled), pseud=pseud).delete()
    Creatorship.objects.filter(pseud=pseud).update(pseud=heir)
    for series in Series.objects.filter(pseuds=pseud):
        series.pseuds.add(heir)
        series.pseuds.remove(pseud)
