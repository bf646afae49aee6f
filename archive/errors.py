"""What the archive may refuse: one base, one named subclass beside each rule."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.utils.functional import Promise


class ArchiveError(Exception):
    """A refused deed. Carries one translatable sentence that can be shown to the person who asked."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def status_of(form: BaseForm) -> HTTPStatus:
    """Answer the status of a page that shows a form: another where something in it was refused."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
