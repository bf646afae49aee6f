"""The doors to bookmarks, for every kind of viewer and every state of what they are of."""

import pytest
from django.contrib.auth.models import AnonymousUser

from archive.community.models import Bookmark
from archive.works import deleting
from archive.works.models import Work
from archive.works.series import Series
from tests.community.bookmarked import keep
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db

STATES = ["public", "restricted", "draft", "deleted", "purged"]
VIEWERS = ["guest", "member", "author", "staff"]
# Whom a public bookmark is shown to, besides its owner.
SHOWN = {("public", who) for who in VIEWERS} | {("restricted", who) for who in VIEWERS if who != "guest"}


def bookmarked(state, author, owner, **fields):
    """A bookmark of a work in this state."""
    if state == "draft":
        return keep(make_draft(by=author), by=owner, **fields)
    work = make_work(by=author, is_restricted=state == "restricted")
    bookmark = keep(work, by=owner, **fields)
    if state in {"deleted", "purged"}:
        deleting.delete(work, by=author)
    if state == "purged":
        Work.objects.filter(pk=work.pk).delete()
    return bookmark


def viewers(author):
    return {"guest": AnonymousUser(), "member": UserFactory(), "author": author, "staff": UserFactory(is_staff=True)}


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("state", STATES)
def test_a_public_bookmark_is_shown_to_whoever_may_find_the_work(state, who):
    author, owner = UserFactory(), UserFactory()
    bookmark = bookmarked(state, author, owner)

    seen = Bookmark.objects.visible_to(viewers(author)[who]).filter(pk=bookmark.pk).exists()

    assert seen == ((state, who) in SHOWN)
    assert Bookmark.objects.visible_to(owner).filter(pk=bookmark.pk).exists()


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("state", STATES)
def test_a_private_bookmark_is_shown_to_its_owner_alone(state, who):
    author, owner = UserFactory(), UserFactory()
    bookmark = bookmarked(state, author, owner, is_private=True)

    assert not Bookmark.objects.visible_to(viewers(author)[who]).filter(pk=bookmark.pk).exists()
    assert Bookmark.objects.visible_to(owner).filter(pk=bookmark.pk).exists()


@pytest.mark.parametrize("who", [*VIEWERS, "owner"])
def test_only_the_owner_changes_a_bookmark(who):
    author, owner = UserFactory(), UserFactory()
    bookmark = keep(make_work(by=author), by=owner)
    viewer = {**viewers(author), "owner": owner}[who]

    assert Bookmark.objects.editable_by(viewer).filter(pk=bookmark.pk).exists() == (who == "owner")


@pytest.mark.parametrize("is_restricted", [True, False])
def test_a_series_bookmark_is_shown_where_the_series_is(is_restricted):
    make_work(series="The Lamp", is_restricted=is_restricted)
    bookmark = keep(Series.objects.get())

    assert Bookmark.objects.visible_to(AnonymousUser()).filter(pk=bookmark.pk).exists() == (not is_restricted)
    assert Bookmark.objects.visible_to(UserFactory()).filter(pk=bookmark.pk).exists()


def test_bookmarks_of_a_closed_account_are_shown_to_nobody_else():
    owner = UserFactory()
    keep(make_work(), by=owner)
    owner.is_active = False
    owner.save(update_fields=["is_active"])

    assert not Bookmark.objects.visible_to(UserFactory()).exists()
