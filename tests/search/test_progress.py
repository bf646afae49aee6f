"""Wranglers are told how many works the index has yet to be told of."""

import pytest
from django.urls import reverse

from archive.search.index import building, progress
from archive.search.index.following import Follower
from archive.tags import wrangling
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.search.indexed import settle
from tests.tags.wrangled import named
from tests.wrangling.pages import words

SAID = ".tag-bin-progress"


@pytest.fixture
def indexed(index_folder, transactional_db):
    """Works with two spellings of a tag, all of them in the index."""
    author = UserFactory()
    for name in ("Old Tom", "Old Tom", "Tommy"):
        make_work(by=author, tags={"character": [name, "Ines"]})
    wrangling.make_canonical(named("Tommy"), by=author)
    building.build()


def test_a_merge_shows_how_many_works_are_left(client, indexed):
    wrangler = UserFactory(is_wrangler=True)
    client.force_login(wrangler)
    follower = Follower.of_current()

    wrangling.merge(named("Old Tom"), into=named("Tommy"), by=wrangler)
    during = words(client.get(reverse("wrangling_home")), SAID)
    settle(follower)

    assert during == ["2 works are still on their way into the search index. Lists are right already."]
    assert words(client.get(reverse("wrangling_home")), SAID) == []


def test_works_that_have_been_told_are_not_counted(indexed, monkeypatch):
    wrangling.merge(named("Old Tom"), into=named("Tommy"), by=UserFactory())
    monkeypatch.setattr("archive.search.index.following.SETTLED_AT_ONCE", 1)

    Follower.of_current().step()

    assert progress.works_untold() == 1


def test_there_is_nothing_to_wait_for_without_an_index(index_folder, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert progress.works_untold() == 0
