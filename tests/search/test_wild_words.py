"""Words with so many wildcards that no index can look them up: a sentence, and no harm."""

import pytest
from django.urls import reverse

from archive.search import in_index
from archive.search.index import building, shelf
from archive.search.query.mistakes import TooWild
from archive.search.query.tree import Word
from archive.search.selections import Selection
from tests.factories.works import make_work
from tests.search.indexed import GUEST, by_index

pytestmark = pytest.mark.django_db

WILD = ["a" + "*a" * 200, "a?" * 60]


@pytest.mark.parametrize("typed", WILD)
def test_a_pattern_that_nobody_can_look_through_is_refused_and_the_index_stays(client, index_folder, typed):
    make_work()
    building.build()

    with pytest.raises(TooWild):
        in_index.find(Selection(query=Word(typed, is_pattern=True)), reader=GUEST, start=0, limit=1)
    answer = client.get(reverse("works_search"), {"work_search[query]": typed})

    assert (answer.status_code, shelf.is_broken()) == (422, False)
    assert "This search has more than 20 * and ?." in answer.content.decode()
    assert by_index().count == 1
