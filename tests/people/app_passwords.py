"""What shows an app password, and how."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from archive.people import passes
from archive.people.models import Scope

if TYPE_CHECKING:
    from archive.people.models import User


def secret_of(user: User, *scopes: Scope, name: str = "Kobo") -> str:
    """Make an app password, for reading unless said otherwise, and answer what is typed."""
    return passes.make(by=user, name=name, scopes=scopes or [Scope.READ]).secret


def basic(login: str, secret: str) -> dict[str, str]:
    """Answer the headers of HTTP Basic."""
    return {"Authorization": f"Basic {base64.b64encode(f'{login}:{secret}'.encode()).decode()}"}


def bearer(secret: str) -> dict[str, str]:
    """Answer the headers of a token."""
    return {"Authorization": f"Bearer {secret}"}
