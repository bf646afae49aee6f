"""What authors type, kept every few seconds until they send it: beside works, never in them, and for nobody else's eyes."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.text import packing
from archive.text.plain import loose_text
from archive.works.texts import Autosave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.people.models import User

# The rule: what is not sent stays until its author sends it or throws it away, however long that takes. Nothing that is
# kept makes room for something new: with this many the next one is refused, and waits in the browser.
MOST_OF_AN_AUTHOR = 100
# Of what was sent the key stays so long, and no word: a browser that was away must not bring it back as unsent.
SENT_KEYS_KEPT = dt.timedelta(days=90)

HIGHEST_STAMP = 2**53  # milliseconds; what a browser counts to
# What a form sends beside what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "key", "typed_at", "taken_from", "action", "author", "place"}
LENGTH_OF_BEGINNING = 240  # characters that are shown of a text, to know it by


class NotThere(ArchiveError):
    """Writing that was sent, thrown away, or never kept; or another author's."""


class TooMany(ArchiveError):
    """An author has as much unsent writing as is kept."""


class Opened(NamedTuple):
    """A form as it stands open somewhere: its key, the path of its page, and until when it was typed in."""

    key: uuid.UUID
    place: str
    stamp: int
    taken_from: str = ""  # the key and the stamp of the writing that it began from, if any


@dataclass(frozen=True, slots=True)
class Unsent:
    """Writing that was typed into a form and not sent."""

    key: uuid.UUID
    place: str
    stamp: int
    typed_at: dt.datetime
    typed: QueryDict

    @property
    def title(self) -> str:
        """The title that it was given, of the work or of the chapter."""
        return str(self.typed.get("title") or self.typed.get("chapter_title") or "")

    @property
    def text(self) -> str:
        """The text, where one was typed."""
        return str(self.typed.get("text", ""))

    @property
    def beginning(self) -> str:
        """The first words of the text, to know it by."""
        begun = " ".join(loose_text(self.text[: 4 * LENGTH_OF_BEGINNING]).split())
        return f"{begun[:LENGTH_OF_BEGINNING]}…" if len(begun) > LENGTH_OF_BEGINNING else begun

    @property
    def name(self) -> str:
        """What a form that takes it back says that it began from."""
        return f"{self.key}:{self.stamp}"


@transaction.atomic
def keep(typed: QueryDict, opened: Opened, *, by: User) -> bool:
    """Keep what an author has typed into a form so far, unless something that was typed later is kept already.

    Answers whether there is something to be taken back now: of a form that has been sent there is not. What the form was
    taken back from is let go, if nobody has gone on with it elsewhere. Raises `TooMany`.
    """
    rows, packed = Autosave.objects.filter(user=by), _packed(typed)
    values = {"place": opened.place, "packed": packed, "stamp": opened.stamp, "typed_at": _time_of(opened.stamp)}
    if rows.filter(key=opened.key, stamp__lt=opened.stamp).update(**values):
        return True
    if not rows.filter(key=opened.key).exists():
        _let_go_of(opened.taken_from, by=by)
        if rows.exclude(packed=b"").count() >= MOST_OF_AN_AUTHOR:
            raise TooMany(_("There is too much unsent writing of yours to keep more. Look through it, and throw some away."))
        Autosave.objects.bulk_create([Autosave(user=by, key=opened.key, **values)], ignore_conflicts=True)
    return rows.filter(key=opened.key).exclude(packed=b"").exists()


def _packed(typed: QueryDict) -> bytes:
    pairs = [[name, value] for name, values in typed.lists() if _is_typed(name) for value in values]
    return packing.pack_quickly(json.dumps(pairs, ensure_ascii=False, separators=(",", ":")))


def _is_typed(name: str) -> bool:
    return name not in NOT_TYPED and "password" not in name


def _time_of(stamp: int) -> dt.datetime:
    """Answer the time that a browser's clock showed, but none that is still to come."""
    now = timezone.now()
    return min(now, dt.datetime.fromtimestamp(max(0, min(stamp, HIGHEST_STAMP // 1000)) / 1000, tz=dt.UTC))


def _let_go_of(name: str, *, by: User) -> None:
    """Let go of the writing of a name, as long as it is what it was when it was taken back."""
    key, _colon, stamp = name.partition(":")
    try:
        Autosave.objects.filter(user=by, key=uuid.UUID(key), stamp=int(stamp[:16])).delete()
    except ValueError:
        return


@transaction.atomic
def settle(opened: Opened, *, by: User) -> None:
    """Let go of what was kept of a form that has been sent, and of what it was taken back from.

    Its key stays, so that nothing that was typed before it was sent and arrives late is taken for unsent.
    """
    _let_go_of(opened.taken_from, by=by)
    nothing = {"place": opened.place, "packed": b"", "stamp": opened.stamp, "typed_at": timezone.now()}
    if not opened.stamp:  # typed without script: there is nothing that could arrive late
        Autosave.objects.filter(user=by, key=opened.key).delete()
    elif not Autosave.objects.filter(user=by, key=opened.key, stamp__lte=opened.stamp).update(**nothing):
        Autosave.objects.bulk_create([Autosave(user=by, key=opened.key, **nothing)], ignore_conflicts=True)


def unsent(*, by: User) -> list[Unsent]:
    """Answer all that an author has typed and not sent, the latest first."""
    return [_unpacked(row) for row in Autosave.objects.editable_by(by)]


def unsent_at(place: str, *, by: User, but: Sequence[uuid.UUID | None] = ()) -> list[Unsent]:
    """Answer what an author has typed at one page and not sent, but for what the forms of these keys hold themselves."""
    return [_unpacked(row) for row in Autosave.objects.editable_by(by).filter(place=place) if row.key not in but]


def find(key: uuid.UUID, *, by: User) -> Unsent:
    """Answer what an author has typed into the form of this key. Raises `NotThere`."""
    row = Autosave.objects.editable_by(by).filter(key=key).first()
    if row is None:
        raise NotThere(_("This writing is no longer kept: it was sent, or thrown away."))
    return _unpacked(row)


def _unpacked(row: Autosave) -> Unsent:
    typed = QueryDict(mutable=True)
    for name, value in json.loads(packing.unpack(bytes(row.packed))):
        typed.appendlist(name, value)
    return Unsent(row.key, row.place, row.stamp, row.typed_at, typed)


@transaction.atomic
def throw_away(key: uuid.UUID, *, by: User) -> None:
    """Let go of writing for good, because its author says so."""
    Autosave.objects.editable_by(by).filter(key=key).delete()


def forget_sent() -> int:
    """Forget the keys of forms that were sent long ago, by the rule; answer how many."""
    return Autosave.objects.filter(packed=b"", typed_at__lt=timezone.now() - SENT_KEYS_KEPT).delete()[0]
