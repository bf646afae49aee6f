"""The page that searches works: what was asked is found or refused in a sentence, and stays in the fields."""

import pytest

from archive.search.index import building
from archive.tags.models import Tag
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.search.pages import asking, chips, page, pk, texts, titles

pytestmark = pytest.mark.django_db

SEARCH = "/works/search"
CANARY = "zanzibarine"


@pytest.fixture
def archive(index_folder):
    """An index of three works."""
    ines = UserFactory(username="ines_calder")
    make_work(by=ines, title="Harbour", rating="Mature", warnings=("Major Character Death",), text=f"<p>A {CANARY} gull.</p>")
    make_work(by=ines, title="Lamps", language="de", tags={"category": ["Gen"], "character": ["Old Tom"]})
    make_work(title="Gulls at night", tags={"category": ["F/F"]}, fandoms=("Signal Fires",))
    building.build()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"title": "gull"}, ["Gulls at night"]),
        ({"creators": "ines_calder", "language_id": "de"}, ["Lamps"]),
        ({"fandom_names": "signal fires"}, ["Gulls at night"]),
        ({"character_names": "Old Tom"}, ["Lamps"]),
        ({"word_count": ">100000"}, []),
        ({"query": "gull -title:gull"}, ["Harbour"]),
        ({"query": CANARY}, ["Harbour"]),
    ],
)
def test_what_is_asked_in_a_field_is_found(client, archive, said, found):
    assert titles(client.get(asking(SEARCH, **said))) == found


@pytest.mark.parametrize("key", ["archive_warning_ids", "warning_ids"])
def test_warnings_are_found_under_both_names_that_ao3_had_for_them(client, archive, key):
    address = asking(SEARCH, (f"work_search[{key}][]", pk("Major Character Death")))

    assert titles(client.get(address)) == ["Harbour"]


def test_what_is_found_in_a_text_shows_none_of_its_words(client, archive):
    response = client.get(asking(SEARCH, query=f"text:{CANARY}"))

    assert titles(response) == ["Harbour"]
    assert "gull." not in response.content.decode()


def test_best_match_comes_first(client, archive):
    assert titles(client.get(asking(SEARCH, query="gull"))) == ["Gulls at night", "Harbour"]


def test_a_search_for_nothing_finds_everything_once_it_is_sent(client, archive):
    assert texts(client.get(f"{SEARCH}?commit=Search"), ".listing-count") == ["3 Found"]
    assert texts(client.get(SEARCH), ".listing-count") == []


def test_warnings_and_categories_are_boxes(client):
    boxes = page(client.get(SEARCH)).css(".search-ticks input[type=checkbox]")

    assert {box.attributes["name"] for box in boxes} == {"work_search[archive_warning_ids][]", "work_search[category_ids][]"}
    assert len(boxes) == Tag.objects.choosable().filter(kind__in=["warning", "category"]).count()


def test_who_changes_a_search_finds_all_of_it_in_the_fields(client, archive):
    said = {"title": "sea", "word_count": "100-200", "freeform_names": "Fog, Rain"}
    death = pk("Major Character Death")
    chosen = ("work_search[archive_warning_ids][]", death), ("work_search[complete]", "T")

    form = page(client.get(asking(SEARCH, ("edit_search", "true"), *chosen, **said)))

    values = {name: form.css_first(f"input[name='work_search[{name}]']").attributes["value"] for name in said}
    assert values == said
    assert [box.attributes["value"] for box in form.css("#work-search input[checked]")] == [str(death), "T", ""]


@pytest.mark.parametrize(
    ("said", "label", "sentence"),
    [
        ({"query": "(sea"}, "Any words", "There is a ( without its )"),
        ({"title": '"sea'}, "Title", "There is a quotation mark without its other half"),
        ({"query": "words:many"}, "Any words", "“words:many” asks for no number"),
        ({"word_count": "many"}, "Word count", "This is no number."),
        ({"revised_at": "soon"}, "Date updated", "This is no date."),
        ({"query": "a " * 101}, "Any words", "This search has more than 100 words."),
    ],
)
def test_a_mistake_is_a_sentence_above_and_beside_its_field(client, said, label, sentence):
    response = client.get(asking(SEARCH, **said))

    assert response.status_code == 422
    [above] = texts(response, ".search-mistakes li")
    assert above.startswith(f"{label}: {sentence}")
    assert texts(response, ".field-errors li")[0].startswith(sentence)


def test_a_mistake_in_a_list_is_said_above_it_too_where_it_has_no_field_for_it(client):
    response = client.get(asking("/works", hits="many", words_from="few"))

    assert response.status_code == 422
    assert [text.partition(":")[0] for text in texts(response, ".search-mistakes li")] == ["Words from", "Hits"]
    assert chips(response) == ["hits: many", "few words or more"]


def test_a_list_by_very_many_tags_waits_for_the_index(client):
    ids = Tag.objects.values_list("pk", flat=True)
    few, many = (
        client.get(asking("/works", *(("include_work_search[character_ids][]", pk) for pk in ids[:count]))) for count in (20, 21)
    )

    assert [(answer.status_code, "Retry-After" in answer.headers) for answer in (few, many)] == [(200, False), (503, True)]


@pytest.mark.parametrize(
    ("name", "label"), [("other_tag_names", "Other tags to include"), ("excluded_tag_names", "Other tags to exclude")]
)
def test_more_tags_than_anybody_reads_are_refused_without_an_address_for_each(client, name, label):
    many, enough = (", ".join(f"tag {number}" for number in range(count)) for count in (500, 100))

    refused, looked_for = (client.get(asking("/works", **{name: names})) for names in (many, enough))

    assert texts(refused, ".search-mistakes li") == [f"{label}: These are more than 100 tags. Please take some away."]
    assert (refused.status_code, len(chips(refused))) == (422, 200)
    assert (texts(looked_for, ".search-mistakes li"), len(chips(looked_for))) == ([], 100)


def test_a_page_that_is_not_named_is_the_first(client, archive):
    assert len(titles(client.get("/works?page="))) == 3
