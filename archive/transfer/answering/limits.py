"""How often programs may ask: counted in windows of five minutes, by the network they are in or by their app password.

One statement counts and answers, for all web processes together. Its table is unlogged, so that nothing waits for a disk.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.db import connection
from django.utils.crypto import salted_hmac

from archive.transfer.answering.models import Asking

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from archive.people.models import AppPassword

WINDOW = 300  # seconds
GUESTS, MEMBERS = 300, 3_000  # requests in a window, by network and by app password
SALT = "archive.transfer.answering.limits"
COUNT = """
INSERT INTO archive_asking AS asking (asker, "window", count) VALUES (%s, %s, 1)
    ON CONFLICT (asker) DO UPDATE
   SET count = CASE WHEN asking."window" = excluded."window" THEN least(asking.count + 1, 1000000) ELSE 1 END,
       "window" = excluded."window"
RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of what one asker may ask is left in this window."""

    allowed: int
    left: int
    seconds: int  # until the next window begins
    is_over: bool = False

    def tell(self, response: HttpResponseBase) -> None:
        """Say it in the headers of an answer, as the IETF's draft for them has it."""
        response["RateLimit-Policy"] = f'"default";q={self.allowed};w={WINDOW}'
        response["RateLimit"] = f'"default";r={self.left};t={self.seconds}'
        if self.is_over:
            response["Retry-After"] = str(self.seconds)


def count(request: HttpRequest, app_password: AppPassword | None) -> Rate:
    """Count a request, and answer what is left to whoever sent it."""
    who = f"password {app_password.pk}" if app_password else f"network {ratelimit.get_ip(request)}"
    allowed = MEMBERS if app_password else GUESTS
    window, into = divmod(int(time.time()), WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [salted_hmac(SALT, who, algorithm="sha256").hexdigest(), window])
        asked = cursor.fetchone()[0]
    return Rate(allowed, max(0, allowed - asked), WINDOW - into, is_over=asked > allowed)


def forget() -> None:
    """Forget who asked in windows that are over."""
    Asking.objects.filter(window__lt=int(time.time()) // WINDOW).delete()
