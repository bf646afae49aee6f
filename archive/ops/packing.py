"""Compresses answers for whoever takes them so. Django looks for the word `gzip` alone, and so packs for clients that refuse it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

REFUSED = re.compile(r"\bgzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)  # RFC 9110, 12.5.3


class Packing(GZipMiddleware):
    """Packs what is long enough, unless a client has said that it takes none of it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Answer the response, packed where it may be."""
        if not REFUSED.search(request.headers.get("Accept-Encoding", "")):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response
