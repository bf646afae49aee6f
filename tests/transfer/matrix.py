"""Who meets what at each way out: the states, the people and the expectations of `tests/data/access_matrix.csv`.

Where the archive differs from the matrix, it says so here and in docs/contributing/access.md.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from archive.people.models import GiftsFrom
from archive.works import cowriting, deleting, giving, orphaning
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work

if TYPE_CHECKING:
    from archive.works.chapters import Chapter

MATRIX = Path(settings.BASE_DIR) / "tests" / "data" / "access_matrix.csv"
TITLE = "Zqxtitlezqx"
WORDS = "zqxcanaryzqx"
DRAFTED = "zqxdraftzqx"
TEXT = f"<p>The {WORDS} sings in the lamp room, and nobody was warned.</p>"

STATES = ["public", "restricted", "draft", "draft_chapter_of_posted", "orphaned", "deleted"]
# Of these the archive has nothing yet: no moderator hides works, and there are no collections that hide works or their authors.
NO_SUCH_STATE = {"hidden_by_mod", "legal_hold", "anonymous", "unrevealed", "anon_unrevealed", "pending_in_moderated_collection"}
ROLES = ["guest", "user", "author", "coauthor", "coauthor_invited", "giftee", "wrangler", "moderator", "admin", "suspended"]
NO_SUCH_ROLE = {"blocked_by_author", "coll_mod"}

SEEN, LOG_IN, GONE = "seen", "log in", "gone"
# A suspended account has no session: whoever it was is a guest until it is lifted.
SAME_AS = {"suspended": "guest"}


@dataclass(frozen=True)
class World:
    """A work in some state, and those who have to do with it."""

    work: Work
    people: dict[str, object]
    draft: Chapter | None = None  # a chapter that is not posted, where that is what the state is about

    def page(self) -> str:
        """The page of the work, or of the chapter that is looked for."""
        return self.draft.get_absolute_url() if self.draft else self.work.get_absolute_url()

    def names(self) -> str:
        """The address by which what is looked for would be named, on whatever page or in whatever file."""
        return f"/chapters/{self.draft.pk}" if self.draft else f"/works/{self.work.pk}"


def planted(state: str) -> World:
    """A work in this state, whose advisory asks for consent, with everybody who might look for it."""
    author, giftee = UserFactory(), UserFactory(takes_gifts_from=GiftsFrom.EVERYBODY)
    make = make_draft if state == "draft" else make_work
    work = make(
        by=author, title=TITLE, text=TEXT, rating="Explicit", warnings=("Major Character Death",), series="The Lamp",
        tags={"character": ["Ines Calder"]}, expected_chapters=None, is_restricted=state == "restricted",
    )  # fmt: skip
    people = {
        "guest": None, "user": UserFactory(), "author": author, "coauthor": UserFactory(can_be_invited=True),
        "coauthor_invited": UserFactory(can_be_invited=True), "giftee": giftee, "wrangler": UserFactory(is_wrangler=True),
        "moderator": UserFactory(is_staff=True), "admin": UserFactory(is_staff=True, is_superuser=True),
        "suspended": UserFactory(is_active=False),
    }  # fmt: skip
    work.creatorships.create(pseud=people["coauthor"].pseuds.get(), position=1)
    cowriting.invite(work, [people["coauthor_invited"].pseuds.get()], by=author)
    giving.give(work, [giftee.pseuds.get()], by=author)
    draft = None
    if state == "draft_chapter_of_posted":
        draft = add_chapter(work, text=f"<p>The {DRAFTED} is not for anybody yet.</p>", posts=False)
    elif state == "orphaned":
        orphaning.orphan(orphaning.Choice(works=[work.pk]), keeps_name=False, by=author)
    elif state == "deleted":
        deleting.delete(work, by=author)
    return World(Work.objects.get(pk=work.pk), people, draft)


@cache
def rows() -> dict[tuple[str, str, str], str]:
    """What the matrix expects, by kind of page, state and role."""
    with MATRIX.open() as file:
        return {(row["surface"], row["object_state"], row["role"]): row["expected"] for row in csv.DictReader(file)}


def expected(surface: str, state: str) -> dict[str, str]:
    """What everybody meets at a kind of page when a work is in a state, in our words."""
    return {role: _in_our_words(surface, state, rows()[surface, state, SAME_AS.get(role, role)]) for role in ROLES}


def _in_our_words(surface: str, state: str, said: str) -> str:
    if surface == "download" and state == "draft":
        return GONE  # nobody's file: not even a preview of one's own
    if said == "LOGIN":
        return LOG_IN
    # What is deleted is a 404 and no 410, for all: that something was there is nobody's business.
    return SEEN if said.startswith(("200", "present")) else GONE


def first_series() -> Series:
    """The series of the planted work."""
    return Series.objects.get()
