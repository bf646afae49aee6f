"""Leaving out one thing more, or one less: a tag, a language, or all that somebody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.errors import ArchiveError
from archive.people.models import User
from archive.tags.models import Tag
from archive.warnings.models import Answer, Choice, LeftOutAuthor, LeftOutLanguage
from archive.works.languages import Language

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_LEFT_OUT = 500  # of each: with their families they stand in every listing's query

type Avoidable = Tag | Language | User


class TooMany(ArchiveError):
    """More than a list holds."""

    def __init__(self) -> None:
        super().__init__(_("Your list is full: it holds %(most)d. Please take something off it.") % {"most": MOST_LEFT_OUT})


class Oneself(ArchiveError):
    """Nobody can leave out what they write themselves."""

    def __init__(self) -> None:
        super().__init__(_("What you write yourself is never left out for you."))


@transaction.atomic
def avoid(subject: Avoidable, *, by: User) -> None:
    """Leave out, from all that a member sees, what this stands for. Raises `TooMany` or `Oneself`."""
    User.objects.select_for_update().get(pk=by.pk)  # two at once must not both be the last that fits
    if subject == by:
        raise Oneself
    if not avoids(subject, by=by) and _drawer(subject, by).count() >= MOST_LEFT_OUT:
        raise TooMany
    if isinstance(subject, Tag):
        Choice.objects.update_or_create(user=by, tag=subject, defaults={"answer": Answer.OUT})
    elif isinstance(subject, Language):
        LeftOutLanguage.objects.get_or_create(user=by, language=subject)
    else:
        LeftOutAuthor.objects.get_or_create(user=by, author=subject)


def welcome(subject: Avoidable, *, by: User) -> None:
    """Have a member see again what this stands for."""
    _kept(subject, by).delete()


def avoids(subject: Avoidable, *, by: User) -> bool:
    """Say whether a member leaves out this very thing, and not only one above it."""
    return _kept(subject, by).exists()


def _drawer(subject: Avoidable, by: User) -> QuerySet[Choice] | QuerySet[LeftOutLanguage] | QuerySet[LeftOutAuthor]:
    """Answer all of this sort that the member leaves out."""
    if isinstance(subject, Tag):
        return Choice.objects.filter(user=by, answer=Answer.OUT)
    return LeftOutLanguage.objects.filter(user=by) if isinstance(subject, Language) else LeftOutAuthor.objects.filter(user=by)


def _kept(subject: Avoidable, by: User) -> QuerySet[Choice] | QuerySet[LeftOutLanguage] | QuerySet[LeftOutAuthor]:
    """Answer the row by which the member leaves this out, if there is one."""
    name = "tag" if isinstance(subject, Tag) else "language" if isinstance(subject, Language) else "author"
    return _drawer(subject, by).filter(**{name: subject})
