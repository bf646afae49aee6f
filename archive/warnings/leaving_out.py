"""What readers leave out is left out on the server: of listings, and of the counts above them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from archive.tags.models import FAMILIES
from archive.warnings.models import Answer, LeftOutAuthor, LeftOutLanguage
from archive.works.models import Creatorship
from archive.works.taggings import Tagging

if TYPE_CHECKING:
    from archive.people.models import User
    from archive.tags.labels import Label
    from archive.warnings.readers import Reader
    from archive.works.gathering import Maker
    from archive.works.languages import Language
    from archive.works.models import Work, WorkQuerySet

# The tags that a member leaves out, with all their synonyms and sub-tags.
OUT = FAMILIES.format("tag.id IN (SELECT tag_id FROM archive_choice WHERE user_id = %s AND answer = %s)")
LEFT_OUT = f"{OUT} SELECT id FROM family"  # noqa: S608 # our own words


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a reader leaves a work out; false where they do not."""

    tags: list[Label] = field(default_factory=list)
    language: Language | None = None
    makers: list[Maker] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tags or self.language or self.makers)


def leave_out(works: WorkQuerySet, *, reader: Reader) -> WorkQuerySet:
    """Answer these works without what the reader leaves out, unless they want it folded in its place.

    Nobody's own works are left out for them.
    """
    if reader.folds_left_out or not reader.leaves_something_out:
        return works
    # Own works are excepted inside each condition and not beside it: beside it the database could no longer join.
    own = Creatorship.objects.filter(pseud__user=reader.user.pk).values("work") if reader.user.is_authenticated else None
    if reader.left_out:
        borne = Tagging.objects.filter(content_object=OuterRef("pk"), tag__in=list(reader.left_out))
        works = works.exclude(Exists(borne if own is None else borne.exclude(content_object__in=own)))
    if reader.left_out_authors:
        made = Creatorship.objects.filter(work=OuterRef("pk"), pseud__user__in=list(reader.left_out_authors))
        works = works.exclude(Exists(made if own is None else made.exclude(work__in=own)))
    if reader.left_out_languages:
        wanted = ~Q(language__in=list(reader.left_out_languages))
        works = works.filter(wanted if own is None else wanted | Q(pk__in=own))
    return works


def leave_out_for(works: WorkQuerySet, *, member: User) -> WorkQuerySet:
    """As `leave_out`, where it was not asked yet what the member leaves out: in the same statement, and what they fold goes, too.

    For a few works that are counted; of many it is cheaper to ask first.
    """
    borne = Tagging.objects.filter(content_object=OuterRef("pk"), tag__in=RawSQL(LEFT_OUT, [member.pk, Answer.OUT.value]))  # noqa: S611 # our own words
    authors = LeftOutAuthor.objects.filter(user=member).values("author")
    made = Creatorship.objects.filter(work=OuterRef("pk"), pseud__user__in=authors)
    languages = LeftOutLanguage.objects.filter(user=member, language=OuterRef("language"))
    return works.exclude(Exists(borne)).exclude(Exists(made)).exclude(Exists(languages))


def reasons(work: Work, *, reader: Reader) -> Reasons:
    """Answer why this reader leaves out a work, of `for_pages`."""
    if not reader.leaves_something_out or work.is_made_by(reader.user):
        return Reasons()
    return Reasons(
        tags=[label for label in work.labels if label.pk in reader.left_out],
        language=work.language if work.language_id in reader.left_out_languages else None,
        makers=[maker for maker in work.makers if maker.user_id in reader.left_out_authors],
    )
