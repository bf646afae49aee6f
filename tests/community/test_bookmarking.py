"""The deeds: one bookmark of each thing, counts that tell nothing private, and what becomes of both."""

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.community import bookmarking
from archive.community.models import MOST_TAGS, Bookmark
from archive.people import departing, writing_names
from archive.people.departing import OwnWorks, Wishes
from archive.search.models import SearchChange
from archive.works import deleting
from archive.works.models import Work
from archive.works.series import Series
from tests.community.bookmarked import counted, entry_of, keep
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import author_of, make_work

pytestmark = pytest.mark.django_db


def test_a_bookmark_holds_what_was_said():
    owner, work = UserFactory(), make_work()

    bookmark = keep(work, by=owner, notes="<em>Again</em>", tags=["To Read", "Café"], is_rec=True)

    kept = Bookmark.objects.get()
    assert (kept.pk, kept.work, kept.series, kept.notes, kept.is_rec) == (bookmark.pk, work, None, "<p><em>Again</em></p>", True)
    assert (kept.tag_string, kept.tag_keys) == ("To Read, Café", ["to read", "cafe"])


def test_a_second_bookmark_of_the_same_is_refused_under_another_name_too():
    owner, work = UserFactory(), make_work()
    first = keep(work, by=owner)

    with pytest.raises(bookmarking.BookmarkedAlready) as refused:
        keep(work, by=owner, pseud=PseudFactory(user=owner))

    assert refused.value.bookmark == first


def test_nobody_bookmarks_under_anothers_name():
    with pytest.raises(bookmarking.NotYours):
        keep(make_work(), by=UserFactory(), pseud=UserFactory().pseuds.get())

    assert not Bookmark.objects.exists()


def test_too_many_tags_are_refused():
    with pytest.raises(bookmarking.TooManyTags):
        keep(make_work(), tags=[f"Tag {number}" for number in range(MOST_TAGS + 1)])


def test_a_work_counts_its_public_bookmarks_and_no_private_one():
    work, owner = make_work(), UserFactory()
    mine = keep(work, by=owner)
    keep(work)
    keep(work, is_private=True)
    counts = [counted(work)]

    bookmarking.change(mine, entry_of(owner, is_private=True), by=owner)
    counts.append(counted(work))
    bookmarking.change(mine, entry_of(owner), by=owner)
    bookmarking.let_go(mine, by=owner)

    assert [*counts, counted(work)] == [2, 1, 1]


def test_the_index_is_told_of_a_new_count():
    work = make_work()
    SearchChange.objects.all().delete()

    keep(work)

    assert work.pk in set(SearchChange.objects.values_list("work_id", flat=True))


def test_letting_go_twice_is_no_mistake_and_changing_what_is_gone_is_one():
    owner = UserFactory()
    bookmark = keep(make_work(), by=owner)
    gone = Bookmark.objects.get(pk=bookmark.pk)
    bookmarking.let_go(bookmark, by=owner)

    bookmarking.let_go(gone, by=owner)
    with pytest.raises(bookmarking.NoLongerThere):
        bookmarking.change(gone, entry_of(owner), by=owner)


def test_a_bookmark_is_changed_by_its_owner_alone():
    bookmark = keep(make_work(), notes="Mine.")
    stranger = UserFactory()

    with pytest.raises(bookmarking.NoLongerThere):
        bookmarking.change(bookmark, entry_of(stranger, notes="Theirs."), by=stranger)
    bookmarking.let_go(bookmark, by=stranger)

    assert Bookmark.objects.get().notes == "<p>Mine.</p>"


def test_a_bookmark_outlives_its_work_and_a_restored_work_has_it_back():
    work = make_work()
    author, bookmark = author_of(work), keep(work, notes="Of lamps.")

    deleting.delete(work, by=author)
    deleting.restore(work, by=author)
    restored = (Bookmark.objects.get().work, counted(work))
    deleting.delete(work, by=author)
    Work.objects.update(deleted_at=timezone.now() - deleting.KEPT * 2)
    deleting.purge_expired()

    kept = Bookmark.objects.get()
    assert restored == (work, 1)
    assert (kept.pk, kept.work, kept.notes) == (bookmark.pk, None, "<p>Of lamps.</p>")


def test_a_bookmark_outlives_its_series():
    make_work(series="The Lamp")
    keep(Series.objects.get(), notes="All of it.")

    Series.objects.all().delete()

    assert Bookmark.objects.get().notes == "<p>All of it.</p>"


def test_bookmarks_of_a_deleted_pseud_go_to_the_default_one():
    owner, work = UserFactory(), make_work()
    pseud = PseudFactory(user=owner)
    keep(work, by=owner, pseud=pseud)

    writing_names.lay_down(pseud, by=owner)

    assert (Bookmark.objects.get().pseud, counted(work)) == (owner.pseuds.get(), 1)


def test_a_deleted_account_takes_its_bookmarks_along():
    owner, work = UserFactory(), make_work()
    keep(work, by=owner)
    keep(work)
    keep(make_work(by=owner))

    departing.leave_archive(Wishes(own=OwnWorks.DELETE), by=owner)

    assert (counted(work), Bookmark.objects.filter(work=work).count(), Bookmark.objects.filter(work=None).count()) == (1, 1, 1)


def test_bookmarks_of_a_closed_account_are_counted_no_more_and_again_when_it_is_opened(client):
    work, owner = make_work(), UserFactory()
    keep(work, by=owner)
    keep(work)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page, counts = reverse("admin:archive_user_change", args=[owner.pk]), []
    for sent in ({}, {"is_active": "on"}):
        client.post(page, sent)
        counts.append(counted(work))

    assert counts == [1, 2]


def test_a_bookmark_made_beside_those_of_closed_accounts_counts_alone():
    work = make_work()
    closed = keep(work).pseud.user
    closed.is_active = False
    closed.save()

    keep(work)

    assert counted(work) == 1
