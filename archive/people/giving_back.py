"""What was typed, given back by every page that refuses it: texts to be copied, and a posting form whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

LONG_TEXT = 200  # characters; what is longer was written, and is given back
# What a form sends for itself.
NOT_TYPED = {"csrfmiddlewaretoken", "action", "author", "place", "merge_seal"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a refused request brought: its texts, and, of a posting form, all else and the path of its page."""

    texts: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]] = ()
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.texts or self.others)


NOTHING = Given(())


def given_back(request: HttpRequest | None) -> Given:
    """Answer what a request brings that somebody typed, passwords apart; nothing of one that cannot be read."""
    if request is None or request.method != "POST":
        return NOTHING
    try:
        pairs = [(name, value) for name, sent in request.POST.lists() if "password" not in name for value in sent]
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError, RawPostDataException):
        return NOTHING
    texts = [(name, value) for name, value in pairs if len(value) > LONG_TEXT]
    place = next((path for path in (request.path, request.POST.get("place", "")) if is_posting_page(path)), "")
    if not place:
        return Given(texts)
    typed = [(name, value) for name, value in pairs if name not in NOT_TYPED]
    # A short text is a text, too, where it is one that was being posted.
    texts = [(name, value) for name, value in typed if value and (len(value) > LONG_TEXT or name == "text")]
    return Given(texts, [pair for pair in typed if pair not in texts], place)


def is_posting_page(path: str) -> bool:
    """Say whether something that can be taken back is written at this path."""
    try:
        return bool(getattr(resolve(path).func, "is_posting_page", False))
    except Resolver404:
        return False
