"""The follower: what it tells the index, in which order it reads the log, and what it does when something stands in its way."""

import pytest

from archive.search.index import building, schema, shelf
from archive.search.index.following import Follower
from archive.tags import wrangling
from archive.tags.models import Tag
from archive.works import deleting
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work
from tests.search.indexed import by_index, settle

# A follower reads what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def follower(index_folder):
    """A follower of an index of one work."""
    make_work(title="Ebb", tags={"freeform": ["Fog"]})
    building.build()
    return Follower.of_current()


def held():
    """How many documents of works and of tags the index holds, what is deleted not counted."""
    return tuple(schema.opened(str(shelf.current() / part)).searcher().num_docs for part in (shelf.WORKS, shelf.TAGS))


def test_what_is_told_again_stands_in_the_index_once(follower):
    add_chapter(Work.objects.get())
    follower.step()
    wrangling.make_canonical(Tag.objects.get(name="Fog"), by=UserFactory())
    settle(follower)

    assert held() == (1, Tag.objects.count())
    assert by_index().count == 1


def test_what_is_gone_leaves_the_index(follower):
    make_work()
    deleting.delete(Work.objects.get(title="Ebb"), by=UserFactory())
    Work.objects.filter(title="Ebb").update(title="Gone")
    settle(follower)

    assert by_index().ids == list(Work.objects.exclude(title="Gone").values_list("pk", flat=True))
    assert held() == (1, Tag.objects.count())
