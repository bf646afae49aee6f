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
from django.utils.http import http_date, quote_etag

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
    now = int(time.time())
    # Dates have no parts of seconds: what began within this one may change once more before it is over.
    unchanged = get_conditional_response(request, quote_etag(digest), began if began <= now else None)
    response = unchanged or HttpResponse(draw(), content_type=content_type)
    return _told(response, digest, min(began, now), owner)


def answer_file(request: HttpRequest, name: str, file: IO[bytes], *, content_type: str) -> HttpResponseBase:
    """Answer with a file that anybody may keep, or that nothing has changed. Its name is another for each version of it."""
    made_at = int(os.fstat(file.fileno()).st_mtime)
    unchanged = get_conditional_response(request, quote_etag(name))
    if unchanged is not None:
        file.close()
    return _told(unchanged or FileResponse(file, content_type=content_type), name, made_at, 0)


def _told(response: HttpResponseBase, digest: str, changed_at: int, owner: int) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = quote_etag(digest)
    response.headers["Last-Modified"] = http_date(changed_at)
    response.headers["Cache-Control"] = FOR_ONE if owner else FOR_ALL
    return response
