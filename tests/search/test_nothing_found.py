"""Lists in which there is nothing: they say so, and show a way on."""

import pytest

from tests.factories.works import make_work
from tests.search.pages import asking, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def work():
    return make_work(title="Calm")


@pytest.mark.parametrize(
    ("address", "way"),
    [
        (asking("/works", words_from=1_000_000), "Show all"),
        (asking("/languages/en/works", words_from=1_000_000), "Show all"),
        (asking("/works/search", word_count=">1000000"), "Change this search"),
    ],
)
def test_filters_that_leave_nothing_say_so_and_show_a_way_on(client, address, way):
    response = client.get(address)

    assert texts(response, ".empty p:first-child") == ["Nothing here is all of that."]
    assert texts(response, ".empty .button") == [way]
    assert texts(response, ".flash") == []


@pytest.mark.parametrize(
    ("address", "count"),
    [
        (asking("/works", words_from=1_000_000), "0 Works"),
        (asking("/works/search", word_count=">1000000"), "0 Found"),
        ("/tags/search?tag_search[name]=zzz", "0 tags"),
        ("/people/search?people_search[name]=zzz", "0 names"),
    ],
)
def test_nothing_is_counted_too(client, address, count):
    assert texts(client.get(address), "#main h2:not(.landmark), .listing-count")[0] == count
