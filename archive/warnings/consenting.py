"""Going on past an advisory, and answering once for always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from archive.people.models import User
from archive.tags.models import Tag
from archive.warnings.models import Answer, Choice, Consent, LeftOutAuthor, LeftOutLanguage, WarningPreferences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.works.languages import Language
    from archive.works.models import Work


@transaction.atomic
def consent(work: Work, *, by: User, shown: frozenset[int]) -> None:
    """Keep that a member went on past the advisory of a work that showed the tags with these ids."""
    kept, _ = Consent.objects.select_for_update().get_or_create(user=by, work=work)
    kept.shown = sorted({*kept.shown, *shown})
    kept.save(update_fields=["shown", "given_at"])


def waive(tags: Iterable[int], *, by: User) -> None:
    """Have a member not be asked again about these ratings and warnings; what they leave out stays left out."""
    Choice.objects.bulk_create([Choice(user=by, tag_id=tag, answer=Answer.HEADER) for tag in tags], ignore_conflicts=True)


@transaction.atomic
def choose(
    answers: Mapping[Tag, str],
    *,
    by: User,
    hides_which: bool,
    folds_left_out: bool,
    languages: Iterable[Language] = (),
    authors: Iterable[User] = (),
) -> None:
    """Set all that a member says: an answer for each tag that has one, what else they leave out; the rest is asked about."""
    User.objects.select_for_update().get(pk=by.pk)  # two sendings at once come one after the other
    Choice.objects.filter(user=by).delete()
    Choice.objects.bulk_create([Choice(user=by, tag=tag, answer=answer) for tag, answer in answers.items()])
    LeftOutLanguage.objects.filter(user=by).delete()
    LeftOutLanguage.objects.bulk_create([LeftOutLanguage(user=by, language=language) for language in languages])
    LeftOutAuthor.objects.filter(user=by).delete()
    LeftOutAuthor.objects.bulk_create([LeftOutAuthor(user=by, author=author) for author in authors if author != by])
    WarningPreferences.objects.update_or_create(user=by, defaults={"hides_which": hides_which, "folds_left_out": folds_left_out})


def waivable(tags: Iterable[int]) -> frozenset[int]:
    """Answer those of these ids that are ratings or warnings, which alone can be waived."""
    return frozenset(Tag.objects.filter(pk__in=list(tags), asks_consent=True).values_list("pk", flat=True))
