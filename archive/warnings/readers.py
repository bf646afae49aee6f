"""Who is reading, and what they have said about warnings: members in their account, guests in small signed cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.tags.models import Tag
from archive.warnings import memory
from archive.warnings.models import Answer, Choice, Consent, WarningPreferences

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.people.models import Viewer
    from archive.works.models import Work

ONCE = "view_adult"  # a tool's way to say yes for one request; any value counts, as it always did


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at a page: what they need not be asked about, what they leave out, what this request says."""

    user: Viewer
    headers: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    hides_which: bool = False
    folds_left_out: bool = False
    says_yes: bool = False
    kept_consents: memory.Consents | None = None

    def has_seen(self, work: Work) -> frozenset[int]:
        """The ids of the tags that this reader was shown when they last went on past the work's advisory."""
        if self.user.is_authenticated:
            consent = Consent.objects.filter(user=self.user, work=work).values_list("shown", flat=True).first()
            return frozenset(consent or ())
        return (self.kept_consents or memory.Consents()).shown_of(work.pk)


def reader_of(request: HttpRequest) -> Reader:
    """Answer who reads this request. A guest costs no query and no session."""
    says_yes = ONCE in request.GET
    if request.user.is_authenticated:
        return member(request.user, says_yes=says_yes)
    choices = memory.Choices.of(request)
    return Reader(
        user=request.user,
        headers=choices.headers,
        left_out=choices.left_out,
        hides_which=choices.hides_which,
        says_yes=says_yes,
        kept_consents=memory.Consents.of(request),
    )


def member(user: Viewer, *, says_yes: bool = False) -> Reader:
    """Answer the reader that an account is. Tags left out stand with all their synonyms and sub-tags."""
    answers = dict(Choice.objects.filter(user=user.pk).values_list("tag_id", "answer"))
    preferences = WarningPreferences.objects.filter(user=user.pk).first() or WarningPreferences()
    return Reader(
        user=user,
        headers=frozenset(tag for tag, answer in answers.items() if answer == Answer.HEADER),
        left_out=Tag.objects.family_ids(tag for tag, answer in answers.items() if answer == Answer.OUT),
        hides_which=preferences.hides_which,
        folds_left_out=preferences.folds_left_out,
        says_yes=says_yes,
    )
