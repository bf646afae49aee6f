"""What lets scripts of any site read what the API answers, whatever that is: a problem as well, and that nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpResponseBase

SECONDS_OF_PREFLIGHT = 86_400
METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate",
    "Access-Control-Max-Age": str(SECONDS_OF_PREFLIGHT),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


def allowed[Answer: HttpResponseBase](response: Answer) -> Answer:
    """Let scripts of any site read an answer: no cookie counts, so it is what they would be answered anywhere."""
    for name, value in HEADERS.items():
        response[name] = value
    return response
