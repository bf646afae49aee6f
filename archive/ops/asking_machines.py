"""What an operator asks of machines that come by: search engines, and the crawlers of AI companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from archive.charter.models import Charter
from archive.ops.founding import NotAnAdministrator

if TYPE_CHECKING:
    from archive.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of machines."""

    may_be_found: bool
    keeps_ai_out: bool
    robots_lines: str = ""


@transaction.atomic
def ask(request: Request, *, by: User) -> None:
    """Have machines asked this from now on. Raises `NotAnAdministrator`."""
    if not by.is_superuser:
        raise NotAnAdministrator
    charter = Charter.objects.select_for_update().get_or_create(pk=Charter.ONLY)[0]
    charter.may_be_found = request.may_be_found
    charter.keeps_ai_out = request.keeps_ai_out
    charter.robots_lines = request.robots_lines
    charter.save(update_fields=["may_be_found", "keeps_ai_out", "robots_lines"])
