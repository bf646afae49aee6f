"""Answers tools that ask again: what has not changed since is not drawn anew.

Whether something has changed is told by all that it shows, so that what was hidden, locked or renamed is never taken for fresh. A
client that keeps dates instead of tags is told since when this process has seen it as it is.
"""

from __future__ import annotations

import math
import os
import time
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe, quote_etag

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from typing import IO

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

REMEMBERED = 5_000  # answers, each of some hundred bytes
DIGEST = 16  # bytes
FOR_ALL = "public, no-cache"  # whoever keeps it asks each time whether it still holds
FOR_ONE = "private, no-cache"
FOR_AN_HOUR = "public, max-age=3600"  # what is the same for everybody and changes seldom

_seen: OrderedDict[Hashable, tuple[str, float]] = OrderedDict()
_lock = Lock()


def digest_of(*shown: object) -> str:
    """Answer a digest of all that something shows."""
    return blake2b(repr(shown).encode("utf-8", "surrogatepass"), digest_size=DIGEST).hexdigest()


def since(key: Hashable, digest: str) -> float:
    """Answer since when what lies under this key has been seen with this digest, in seconds."""
    with _lock:
        known = _seen.pop(key, None)
        if known is None or known[0] != digest:
            known = (digest, time.time())
        _seen[key] = known
        if len(_seen) > REMEMBERED:
            _seen.popitem(last=False)
    return known[1]


def answer(request: HttpRequest, digest: str, draw: Callable[[], bytes], *, content_type: str, owner: int = 0) -> HttpResponseBase:
    """Answer with what is drawn, or that nothing has changed since the client last asked. `owner` is whose alone it is, or 0."""
    began = math.ceil(since((request.get_full_path(), content_type, owner), digest))
    response = _unchanged(request, digest, began) or HttpResponse(draw(), content_type=content_type)
    return _told(response, digest, began, FOR_ONE if owner else FOR_ALL)


def answer_file(request: HttpRequest, name: str, file: IO[bytes], *, content_type: str, called: str = "") -> HttpResponseBase:
    """Answer with a file, or that nothing has changed. Its name is another for each version of it.

    One that is `called` something is to be kept under that, and was made for whoever asks; any other may be kept by anybody.
    """
    made_at = int(os.fstat(file.fileno()).st_mtime)
    response = _unchanged(request, name, made_at)
    if response is None:
        response = FileResponse(file, content_type=content_type, as_attachment=bool(called), filename=called)
    else:
        file.close()
    return _told(response, name, made_at, FOR_ONE if called else FOR_ALL)


def _unchanged(request: HttpRequest, digest: str, changed_at: int) -> HttpResponseBase | None:
    """Answer that nothing has changed, or nothing where something has.

    A date is believed only to the second and once that second is over. An earlier state can come back, and another process can
    have seen what this one has not: a date that is merely no older would then pass for the newest.
    """
    asked = request.headers.get("If-Modified-Since")
    is_known = changed_at <= time.time() and (asked is None or parse_http_date_safe(asked) == changed_at)
    return get_conditional_response(request, quote_etag(digest), changed_at if is_known else None)


def _told(response: HttpResponseBase, digest: str, changed_at: int, may_be_kept: str) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = quote_etag(digest)
    response.headers["Last-Modified"] = http_date(min(changed_at, int(time.time())))
    response.headers["Cache-Control"] = may_be_kept
    return response
