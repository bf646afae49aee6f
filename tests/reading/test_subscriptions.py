"""Following works, series, authors and tags, and what is new in them."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from archive.reading import following, subscriptions
from archive.reading.models import Subscription
from archive.tags.models import Tag
from archive.works import dating, publishing
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.reading import follow
from tests.factories.works import add_chapter, author_of, make_draft, make_work

pytestmark = pytest.mark.django_db


def of_yesterday(**fields):
    """A work that was posted before anybody of these tests looked."""
    work = make_work(**fields)
    yesterday = timezone.now() - dt.timedelta(days=2)
    work.chapters.update(published_at=yesterday)
    type(work).objects.filter(pk=work.pk).update(published_at=yesterday, revised_at=yesterday)
    return work


def followed_of(work):
    """Everything through which a work can be followed."""
    return {
        "work": work,
        "series": Series.objects.get(),
        "author": author_of(work),
        "tag": Tag.objects.get(name="The Lighthouse Keepers (TV)"),
    }


@pytest.mark.parametrize("kind", ["work", "series", "author", "tag"])
def test_a_new_chapter_is_news_to_who_follows(kind):
    reader, work = UserFactory(), of_yesterday(series="Tides")
    follow(followed_of(work)[kind], by=reader)
    before = list(subscriptions.new_works_of(reader))

    add_chapter(work)

    assert (before, list(subscriptions.new_works_of(reader))) == ([], [work])


def test_what_was_looked_at_is_not_new():
    reader, work = UserFactory(), make_work()
    follow(work, by=reader)

    following.look(Subscription.objects.all(), by=reader)

    assert not subscriptions.new_works_of(reader)
    assert list(subscriptions.works_followed_by(reader)) == [work]


def test_a_chapter_of_an_earlier_day_is_no_news():
    reader, work = UserFactory(), of_yesterday()
    follow(work, by=reader)

    chapter = add_chapter(work, posts=False)

    dating.date_chapter(chapter, timezone.localdate() - dt.timedelta(days=400), by=author_of(work))
    publishing.publish_chapter(chapter, by=author_of(work))

    assert not subscriptions.new_works_of(reader)


def test_drafts_and_own_works_are_no_news():
    author = UserFactory()
    follow(Tag.objects.get_or_create(name="The Lighthouse Keepers (TV)", kind_id="fandom")[0], by=author)
    make_work(by=author)
    make_draft()

    assert not subscriptions.new_works_of(author)


def test_who_follows_a_synonym_follows_the_tag():
    reader, canonical = UserFactory(), Tag.objects.create(name="Keepers", kind_id="fandom", is_canonical=True)
    synonym = Tag.objects.create(name="The Lighthouse Keepers (TV)", kind_id="fandom", synonym_of=canonical)

    follow(synonym, by=reader)
    work = make_work()

    assert Subscription.objects.get().tag == canonical
    assert list(subscriptions.new_works_of(reader)) == [work]


def test_following_twice_is_following_once():
    reader, work = UserFactory(), make_work()

    assert following.follow(work, by=reader) == following.follow(work, by=reader)


def test_nobody_follows_themselves():
    reader = UserFactory()

    with pytest.raises(following.NotToBeFollowed):
        following.follow(reader, by=reader)


def test_new_works_are_told_by_subscription():
    reader, work, other = UserFactory(), make_work(), make_work()
    one, two = follow(work, by=reader), follow(author_of(other), by=reader)

    assert subscriptions.new_by_subscription(reader) == {one.pk: [work.pk], two.pk: [other.pk]}


def test_the_menu_counts_no_tags():
    reader, work = UserFactory(), make_work()
    make_work()
    follow(work, by=reader)
    follow(Tag.objects.get(name="The Lighthouse Keepers (TV)"), by=reader)

    assert list(subscriptions.new_works_for_menu(reader)) == [work]


def test_the_database_refuses_to_follow_two_things_or_none():
    reader, work = UserFactory(), make_work()

    for followed in ({}, {"work": work, "author": author_of(work)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(user=reader, **followed)


@pytest.mark.django_db(transaction=True)
def test_there_is_an_end_to_what_is_followed_however_much_at_once(monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    reader, works = UserFactory(), [make_work() for _one in range(4)]

    def follow_one(work):
        try:
            return bool(following.follow(work, by=reader))
        except following.NotToBeFollowed:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(follow_one, works))

    assert answers == [False, False, False, True]


def test_what_is_followed_already_stays_so_when_there_is_room_for_no_more(monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    reader, work = UserFactory(), make_work()
    first = following.follow(work, by=reader)

    assert following.follow(work, by=reader) == first
