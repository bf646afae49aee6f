import pytest

from archive.tags.models import Tag
from archive.warnings import avoiding
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.search.pages import texts

pytestmark = pytest.mark.django_db

MANY_OF_ITS_OWN = [f"only here {number}" for number in range(20)]


@pytest.fixture
def work():
    return make_work(title="Fog", fandoms=("Signal Fires",), tags={"freeform": ["Fog", *MANY_OF_ITS_OWN]})


def alike(client, work):
    return texts(client.get(f"/works/{work.pk}/alike"), ".alike-title > a")


def test_the_tags_that_few_others_bear_make_works_alike(client, work):
    make_work(title="Another fandom", tags={"freeform": ["Rain"]})
    make_work(title="Same fandom", fandoms=("Signal Fires",))
    make_work(title="Same fandom and fog", fandoms=("Signal Fires",), tags={"freeform": ["Fog"]})

    assert alike(client, work) == ["Same fandom and fog", "Same fandom"]


def test_synonyms_make_works_alike(client, work):
    make_work(title="Mist", fandoms=("Night Bus",), tags={"freeform": ["Mist"]})
    Tag.objects.filter(name="Mist").update(synonym_of=Tag.objects.get(name="Fog"))

    assert alike(client, work) == ["Mist"]


def test_what_a_member_leaves_out_is_not_offered(client, work):
    make_work(title="Same fandom", fandoms=("Signal Fires",), tags={"freeform": ["Drowning"]})
    reader = UserFactory()
    avoiding.avoid(Tag.objects.get(name="Drowning"), by=reader)
    client.force_login(reader)

    assert alike(client, work) == []


def test_what_is_for_members_is_not_offered_to_guests(client, work):
    make_work(title="Same fandom", fandoms=("Signal Fires",), is_restricted=True)

    assert alike(client, work) == []


def test_the_list_alone_is_answered_to_the_page_of_the_work(client, work):
    make_work(title="Same fandom", fandoms=("Signal Fires",))

    answer = client.get(f"/works/{work.pk}/alike?part=list").content.decode()

    assert "Same fandom" in answer
    assert "<html" not in answer
