"""The doors, for every kind of viewer and every state of a work; and their twins, which must agree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from archive.works import deleting
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.taggings import Tagging
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work

pytestmark = pytest.mark.django_db

#                       page of it    in listings
EXPECTED = {
    ("public", "guest"): (True, True),
    ("public", "member"): (True, True),
    ("public", "author"): (True, True),
    ("public", "staff"): (True, True),
    ("restricted", "guest"): (False, False),
    ("restricted", "member"): (True, True),
    ("restricted", "author"): (True, True),
    ("restricted", "staff"): (True, True),
    ("draft", "guest"): (False, False),
    ("draft", "member"): (False, False),
    ("draft", "author"): (True, False),
    ("draft", "staff"): (False, False),
    ("deleted", "guest"): (False, False),
    ("deleted", "member"): (False, False),
    ("deleted", "author"): (False, False),
    ("deleted", "staff"): (False, False),
}


def made(state, author):
    if state == "draft":
        return make_draft(by=author)
    work = make_work(by=author, is_restricted=state == "restricted")
    if state == "deleted":
        deleting.delete(work, by=author)
    return work


def viewers(author):
    return {
        "guest": AnonymousUser(),
        "member": UserFactory(),
        "author": author,
        "staff": UserFactory(is_staff=True),
    }


@pytest.mark.parametrize(("state", "who"), EXPECTED)
def test_a_work_is_reached_by_whom_it_is_for(state, who):
    author = UserFactory()
    work, viewer = made(state, author), viewers(author)[who]

    reached = (
        Work.objects.visible_to(viewer).filter(pk=work.pk).exists(),
        Work.objects.listed_to(viewer).filter(pk=work.pk).exists(),
    )

    assert reached == EXPECTED[state, who]


@pytest.mark.parametrize(("state", "who"), EXPECTED)
def test_chapters_and_taggings_are_reached_as_their_works_are(state, who):
    author = UserFactory()
    work, viewer = made(state, author), viewers(author)[who]

    reached = (
        Chapter.objects.visible_to(viewer).filter(work=work).exists(),
        Tagging.objects.visible_to(viewer).filter(content_object=work).exists(),
    )

    assert reached == EXPECTED[state, who]


@pytest.mark.parametrize(("state", "who"), EXPECTED)
def test_only_the_author_edits_and_the_twin_of_the_door_agrees(state, who):
    author = UserFactory()
    work, viewer = made(state, author), viewers(author)[who]

    editable = Work.objects.editable_by(viewer).filter(pk=work.pk).exists()

    assert editable == (who == "author" and state != "deleted")
    assert Work.objects.for_pages().get(pk=work.pk).is_made_by(viewer) == (who == "author")


@pytest.mark.parametrize("who", ["guest", "member", "author"])
def test_a_draft_chapter_is_its_authors_alone(who):
    author = UserFactory()
    chapter = add_chapter(make_work(by=author, expected_chapters=None), posts=False)

    assert Chapter.objects.visible_to(viewers(author)[who]).filter(pk=chapter.pk).exists() == (who == "author")


@pytest.mark.parametrize("state", ["public", "restricted", "draft", "deleted"])
def test_staff_moderate_what_is_posted_and_no_drafts(state):
    author = UserFactory()
    work = made(state, author)

    moderatable = Work.objects.moderatable_by(UserFactory(is_staff=True)).filter(pk=work.pk).exists()

    assert moderatable == (state in {"public", "restricted"})
    assert not Work.objects.moderatable_by(UserFactory()).exists()
