"""Who is reading, and what they have said about warnings: members in their account, guests in small signed cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from archive.tags.models import FAMILIES, Tag
from archive.warnings import memory
from archive.warnings.models import Answer

if TYPE_CHECKING:
    from django.http import HttpRequest

    from archive.people.models import Viewer
    from archive.works.models import Work

ONCE = "view_adult"  # a tool's way to say yes for one request; any value counts, as it always did

# All that a member has said, in one row: every page of theirs asks it, and six queries would be six ways to the database.
SAID = f"""
SELECT coalesce(prefers.hides_which, false), coalesce(prefers.folds_left_out, false),
       array(SELECT tag_id FROM archive_choice WHERE user_id = account.id AND answer = %(header)s),
       array({FAMILIES.format("tag.id IN (SELECT tag_id FROM archive_choice WHERE user_id = %(member)s AND answer = %(out)s)")}
             SELECT DISTINCT id FROM family),
       array(SELECT language_id FROM archive_leftoutlanguage WHERE user_id = account.id),
       array(SELECT author_id FROM archive_leftoutauthor WHERE user_id = account.id)
  FROM archive_user AS account LEFT JOIN archive_warningpreferences AS prefers ON prefers.user_id = account.id
 WHERE account.id = %(member)s
"""  # noqa: S608 # our own words
SEEN = "SELECT shown FROM archive_consent WHERE user_id = %s AND work_id = %s"  # likewise asked by every page of a work
NOTHING_SAID: tuple[bool, bool, list[int], list[int], list[str], list[int]] = (False, False, [], [], [], [])


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at a page: what they need not be asked about, what they leave out, what this request says."""

    user: Viewer
    headers: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    left_out_languages: frozenset[str] = frozenset()
    left_out_authors: frozenset[int] = frozenset()
    hides_which: bool = False
    folds_left_out: bool = False
    says_yes: bool = False
    kept_consents: memory.Consents | None = None

    @property
    def leaves_something_out(self) -> bool:
        """Whether any work could be one that this reader leaves out."""
        return bool(self.left_out or self.left_out_languages or self.left_out_authors)

    def hides_which_of(self, work: Work, *, naming: bool = False) -> bool:
        """Whether it is kept from this reader which warnings a work of `for_pages` has: not if they ask (`naming`) or made it."""
        return self.hides_which and not naming and not work.is_made_by(self.user)

    def has_seen(self, work: Work) -> frozenset[int]:
        """The ids of the tags that this reader was shown when they last went on past the work's advisory."""
        if self.user.is_authenticated:
            with connection.cursor() as cursor:
                cursor.execute(SEEN, [self.user.pk, work.pk])
                consent = cursor.fetchone()
            return frozenset(consent[0] if consent else ())
        return (self.kept_consents or memory.Consents()).shown_of(work.pk)


GUEST = Reader(user=AnonymousUser())  # of whom nothing is known, for what is the same for everybody


def reader_of(request: HttpRequest) -> Reader:
    """Answer who reads this request. A guest costs no session, and no query unless they leave out tags."""
    says_yes = ONCE in request.GET
    if request.user.is_authenticated:
        return member(request.user, says_yes=says_yes)
    choices = memory.Choices.of(request)
    return Reader(
        user=request.user,
        headers=choices.headers,
        left_out=choices.left_out | Tag.objects.family_ids(choices.tags),
        left_out_languages=choices.languages,
        left_out_authors=choices.authors,
        hides_which=choices.hides_which,
        folds_left_out=choices.folds_left_out,
        says_yes=says_yes,
        kept_consents=memory.Consents.of(request),
    )


def member(user: Viewer, *, says_yes: bool = False) -> Reader:
    """Answer the reader that an account is. Tags left out stand with all their synonyms and sub-tags."""
    with connection.cursor() as cursor:
        cursor.execute(SAID, {"member": user.pk, "header": Answer.HEADER.value, "out": Answer.OUT.value})
        hides_which, folds_left_out, headers, left_out, languages, authors = cursor.fetchone() or NOTHING_SAID
    return Reader(
        user=user,
        headers=frozenset(headers),
        left_out=frozenset(left_out),
        left_out_languages=frozenset(languages),
        left_out_authors=frozenset(authors),
        hides_which=hides_which,
        folds_left_out=folds_left_out,
        says_yes=says_yes,
    )
