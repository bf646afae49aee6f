"""Answers tools in few words where there is nothing for them: a page would be of no use to them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

from archive.people.passing import PLAIN, nothing_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from http import HTTPStatus

    from django.http.response import HttpResponseBase


def plainly[**Arguments](view: Callable[Arguments, HttpResponseBase]) -> Callable[Arguments, HttpResponseBase]:
    """Have a view say in one sentence that there is nothing, or nothing for whoever asks."""

    @wraps(view)
    def answered(*arguments: Arguments.args, **named: Arguments.kwargs) -> HttpResponseBase:
        try:
            return view(*arguments, **named)
        except Http404:
            return nothing_in_words()

    return answered


def refuse(sentence: str, status: HTTPStatus) -> HttpResponse:
    """Answer in one sentence why something cannot be done."""
    return HttpResponse(f"{sentence}\n", status=status, content_type=PLAIN)
