"""The name of a synonym finds what its canonical tag finds, also where no work bears the synonym."""

import pytest

from archive.search.index import building
from archive.tags.models import Tag
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.search.pages import asking, page, texts, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fog():
    make_work(title="In the fog", tags={"freeform": ["Fog"]})
    make_work(title="In the sun")
    fog = Tag.objects.get(name="Fog")
    fog.is_canonical = True
    fog.save(update_fields=["is_canonical"])
    Tag.objects.create(name="Sea Smoke", kind=fog.kind, synonym_of=fog)
    return fog


@pytest.mark.parametrize("said", [{"other_tag_names": "sea smoke"}, {"freeform_names": "Sea Smoke"}])
def test_a_synonym_in_a_field_for_tags_asks_for_its_canonical_tag(client, said):
    assert titles(client.get(asking("/works/search", **said))) == ["In the fog"]


def test_a_synonym_in_a_field_for_tags_leaves_out_its_canonical_tag(client):
    assert titles(client.get(asking("/works", excluded_tag_names="Sea Smoke"))) == ["In the sun"]


@pytest.mark.parametrize("query", ["sea smoke", '"Sea Smoke"', 'tag:"sea smoke"'])
def test_a_synonym_in_the_box_finds_what_its_canonical_tag_finds(client, index_folder, query):
    building.build()

    assert titles(client.get(asking("/works/search", query=query))) == ["In the fog"]


@pytest.mark.parametrize("address", ["/tags/Sea%20Smoke/works", "/works?tag_id=Sea+Smoke"])
def test_the_address_of_a_synonym_leads_to_its_canonical_tag(client, address):
    assert titles(client.get(address, follow=True)) == ["In the fog"]


def test_the_page_of_a_synonym_says_what_it_is(client):
    response = client.get("/tags/Sea%20Smoke")

    assert texts(response, ".lede") == ["This is another spelling, of the kind Additional Tag."]
    assert page(response).css_first(".tag-facts a").attributes["href"] == "/tags/Fog"


def test_a_synonym_can_be_left_out_by_its_name(client):
    assert client.get("/preferences/left-out/tags/Sea%20Smoke").status_code == 200


def test_a_tag_that_only_a_draft_bears_has_no_page(client):
    make_draft(by=UserFactory(), tags={"freeform": ["Nobody Knows"]})

    assert client.get("/tags/Nobody%20Knows").status_code == 404
    assert client.get("/tags/Nobody%20Knows/works").status_code == 404
