import pytest

from archive.search.index import building
from archive.tags.models import Tag
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["index", "database"])
def tags(request, index_folder):
    """Tags, canonical and others, and works that bear them."""
    for _ in range(2):
        make_work(tags={"character": ["Ines Calder"], "freeform": ["Señor Fog"]})
    make_work(tags={"character": ["Inês Almeida"], "freeform": ["inside jokes"], "relationship": ["Ines Calder/Old Tom"]})
    make_work(tags={"character": ["Ines of the Marsh"]}, is_restricted=True)
    make_draft(by=UserFactory(), tags={"character": ["Ines Nobody"]})
    Tag.objects.filter(name__in=["Ines Calder", "Inês Almeida", "Señor Fog"]).update(is_canonical=True)
    if request.param == "index":
        building.build()


def offered(client, method, **asked):
    return [tag["name"] for tag in client.get(f"/autocomplete/{method}", asked).json()]


def test_canonical_tags_come_first_and_of_these_the_most_used(client, tags):
    assert offered(client, "character", term="ines")[0] == "Ines Calder"
    assert offered(client, "character", term="ines")[1] == "Inês Almeida"


@pytest.mark.parametrize("term", ["sen", "SEÑ", "fog", "señor f"])
def test_each_typed_word_begins_a_word_of_the_name_without_accents_and_case(client, tags, term):
    assert offered(client, "freeform", term=term) == ["Señor Fog"]


@pytest.mark.parametrize("tags", ["index"], indirect=True)
def test_words_are_typed_in_any_order_where_there_is_an_index(client, tags):
    assert offered(client, "freeform", term="fog sen") == ["Señor Fog"]


def test_a_kind_offers_its_own_tags_and_any_all(client, tags):
    assert offered(client, "relationship", term="ines") == ["Ines Calder/Old Tom"]
    assert "inside jokes" in offered(client, "tag", term="in")


def test_tags_of_what_somebody_may_not_see_are_not_offered(client, tags):
    assert not {"Ines of the Marsh", "Ines Nobody"} & {*offered(client, "character", term="ines")}


def test_the_tags_of_a_fandom_come_before_others(client, index_folder):
    for _ in range(3):
        make_work(tags={"character": ["Tom Often"]})
    make_work(fandoms=("Signal Fires",), tags={"character": ["Tom Seldom"]})
    Tag.objects.filter(kind__in=["character", "fandom"]).update(is_canonical=True)
    Tag.objects.get(name="Tom Seldom").parents.add(Tag.objects.get(name="Signal Fires"))
    building.build()

    assert offered(client, "character", term="tom") == ["Tom Often", "Tom Seldom"]
    assert offered(client, "character_in_fandom", term="tom", fandom="signal fires") == ["Tom Seldom", "Tom Often"]
    assert offered(client, "character", term="tom", fandom="Unheard of, Signal Fires") == ["Tom Seldom", "Tom Often"]


def test_what_says_nothing_is_offered_nothing(client, tags):
    assert [offered(client, "tag", term=term) for term in ("", " ", "?!", "zzz")] == [[], [], [], []]


def test_what_there_is_no_autocomplete_for_is_not_there(client):
    assert client.get("/autocomplete/banana?term=a").status_code == 404


def test_its_answer_is_the_one_that_userscripts_know(client, tags):
    assert client.get("/autocomplete/freeform?term=sen").json() == [{"id": "Señor Fog", "name": "Señor Fog"}]
