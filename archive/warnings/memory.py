"""What a guest's browser remembers for them, signed, so that a guest who only reads has no row anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.tags.models import RATING, WARNING, Tag
from archive.works.languages import Language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from archive.warnings.avoiding import Avoidable

CHOICES_COOKIE = "choices"
CONSENT_COOKIE = "consent"
CHOICES_LAST = 60 * 60 * 24 * 365  # seconds
LONGEST_COOKIE = 3_800  # bytes; browsers silently drop a cookie of more than 4,096 with its name and attributes
# Under which letters a cookie keeps what a guest has said.
LETTERS = {"headers": "h", "left_out": "o", "tags": "t", "languages": "l", "authors": "a"}


class Full(ArchiveError):
    """More than a cookie can hold."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is more than your browser can remember, so nothing was changed. Please take something off your list; "
                "an account holds a longer one."
            )
        )


def read(request: HttpRequest, cookie: str) -> dict[str, object]:
    """Answer what a signed cookie holds; nothing where it is missing or was tampered with."""
    try:
        kept = signing.loads(request.COOKIES.get(cookie, ""), salt=cookie)
    except signing.BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}


def signed(cookie: str, kept: dict[str, object]) -> str:
    """Answer what stands in a cookie that holds this."""
    return signing.dumps(kept, salt=cookie, compress=True)


def write(response: HttpResponse, cookie: str, kept: dict[str, object], *, seconds: int | None) -> None:
    """Keep something in a signed cookie, for so many seconds or for the session."""
    response.set_cookie(
        cookie,
        signed(cookie, kept),
        max_age=seconds,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What a guest has answered for ratings and warnings, and what else they leave out."""

    headers: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()  # ratings and warnings, which stand for themselves alone
    tags: frozenset[int] = frozenset()  # others, with their synonyms and sub-tags
    languages: frozenset[str] = frozenset()
    authors: frozenset[int] = frozenset()
    hides_which: bool = False
    folds_left_out: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Choices:
        """Answer what this browser remembers."""
        kept = read(request, CHOICES_COOKIE)
        lists = {field: frozenset(kept.get(letter, ())) for field, letter in LETTERS.items()}  # type: ignore[call-overload] # signed by us
        return cls(**lists, hides_which=bool(kept.get("w")), folds_left_out=bool(kept.get("f")))

    @classmethod
    def drawer_of(cls, subject: Avoidable) -> str:
        """Answer the name of the list above that such a thing is left out in."""
        if isinstance(subject, Tag):
            return "left_out" if subject.kind_id in {RATING, WARNING} else "tags"
        return "languages" if isinstance(subject, Language) else "authors"

    def leaves_out(self, subject: Avoidable) -> bool:
        """Whether this very thing is left out, and not only one above it."""
        return subject.pk in getattr(self, self.drawer_of(subject))

    def leaving_out(self, subject: Avoidable) -> Choices:
        """These, and this left out."""
        drawer = self.drawer_of(subject)
        return replace(self, **{"headers": self.headers - {subject.pk}, drawer: getattr(self, drawer) | {subject.pk}})

    def taking_back(self, subject: Avoidable) -> Choices:
        """These, and this no longer left out."""
        drawer = self.drawer_of(subject)
        return replace(self, **{drawer: getattr(self, drawer) - {subject.pk}})

    def remember(self, response: HttpResponse) -> None:
        """Have the browser remember these. Raises `Full` where a cookie cannot hold them all."""
        lists: dict[str, object] = {letter: sorted(getattr(self, field)) for field, letter in LETTERS.items()}
        kept = lists | {"w": int(self.hides_which), "f": int(self.folds_left_out)}
        kept = {letter: value for letter, value in kept.items() if value}
        if len(signed(CHOICES_COOKIE, kept)) > LONGEST_COOKIE:
            raise Full
        write(response, CHOICES_COOKIE, kept, seconds=CHOICES_LAST)


@dataclass(frozen=True, slots=True)
class Consents:
    """The works whose advisory a guest went on past, each with the ids of the tags that were shown."""

    shown: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest) -> Consents:
        """Answer what this browser remembers of this session."""
        return cls(read(request, CONSENT_COOKIE))  # type: ignore[arg-type] # signed by us

    def shown_of(self, work_id: int) -> frozenset[int]:
        """The ids of the tags that were shown for this work."""
        return frozenset(self.shown.get(str(work_id), ()))

    def with_work(self, work_id: int, tags: frozenset[int]) -> Consents:
        """These and one more, which is the latest."""
        others = {work: shown for work, shown in self.shown.items() if work != str(work_id)}
        return Consents(others | {str(work_id): sorted(self.shown_of(work_id) | tags)})

    def remember(self, response: HttpResponse) -> None:
        """Have the browser remember these until it is closed; the oldest fall out where a cookie cannot hold all."""
        kept = list(self.shown.items())
        while len(kept) > 1 and len(signed(CONSENT_COOKIE, dict(kept))) > LONGEST_COOKIE:
            del kept[: max(1, len(kept) // 10)]
        write(response, CONSENT_COOKIE, dict(kept), seconds=None)
