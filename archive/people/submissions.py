"""One sending of a form makes one thing, however often the button is pressed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.people.models import Submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import QueryDict

    from archive.people.models import User


BESIDE_WHAT_WAS_TYPED = {"csrfmiddlewaretoken", "typed_at"}  # what may differ between two presses of one button


class KeyField(forms.UUIDField):
    """The hidden key of a sending. One that was spoilt on its way counts as none: nobody could mend it."""

    def clean(self, value: object) -> uuid.UUID | None:
        """Answer the key, if it is one."""
        try:
            key: uuid.UUID | None = super().clean(value)
        except forms.ValidationError:
            return None
        return key


class KeyedForm(forms.Form):
    """A form that carries the key of its sending, made anew each time the form is first shown."""

    key = KeyField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)


class KeyForAMinute(uuid.UUID):
    """Stands for the key of a form that came without one: made of all that was sent, it holds for a minute."""


A_MINUTE = dt.timedelta(seconds=60)


def key_of(key: uuid.UUID | None, sent: QueryDict, *, at: object = "") -> uuid.UUID:
    """Answer the key of exactly this sending: of a form come back to and changed it is another one.

    `at` tells forms that came without a key apart, where the same could be sent to several places.
    """
    typed = repr(sorted((name, values) for name, values in sent.lists() if name not in BESIDE_WHAT_WAS_TYPED))
    if key is None:
        return KeyForAMinute(str(uuid.uuid5(uuid.NAMESPACE_URL, f"{at} {typed}")))
    return uuid.uuid5(key, typed)


def once(user: User, key: uuid.UUID | None, deed: Callable[[], str]) -> str:
    """Do `deed` for the first sending with this key (see `key_of`) and answer the address that it answers.

    A second sending answers the address of the first, also when both come at once: the second waits for the first to
    commit. A sending with None for a key is done as it comes.
    """
    if key is None:
        return deed()
    if isinstance(key, KeyForAMinute):
        Submission.objects.filter(user=user, key=key, sent_at__lt=timezone.now() - A_MINUTE).delete()
    try:
        with transaction.atomic():
            submission = Submission.objects.create(user=user, key=key)
            submission.answer = deed()
            submission.save(update_fields=["answer"])
            return submission.answer
    except IntegrityError:
        earlier = Submission.objects.filter(user=user, key=key).first()
        if earlier is None:
            raise
        return earlier.answer
