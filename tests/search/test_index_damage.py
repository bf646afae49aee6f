"""What readers get while the index is damaged, missing or outdated: the database's answer, or a sentence; never an error."""

import pytest
from django.urls import reverse

from archive.search import in_database
from archive.search.index import building, schema, shelf
from tests.factories.works import make_work
from tests.search.indexed import cut
from tests.search.test_listings import tag_page, titles

pytestmark = pytest.mark.django_db

LISTINGS = {
    "recent works": lambda: reverse("works_index"),
    "a fandom": lambda: tag_page("The Lighthouse Keepers (TV)"),
    "a tag": lambda: tag_page("The Lighthouse Keepers (TV)", "tag_show"),
    "a language": lambda: reverse("language_works", args=["en"]),
    "home": lambda: reverse("home"),
    "a search for a rating": lambda: f"{reverse('works_search')}?work_search[rating_ids]=1",
}


def overwrite(path, *, share):
    """Have the first part of a file hold nothing that was written there, and its end what says how to read it."""
    content = path.read_bytes()
    much = int(len(content) * share)
    path.write_bytes(b"\xff" * much + content[much:])


def spoil(generation, name, share):
    """Overwrite the files of one kind in both parts of an index."""
    for path in generation.rglob(f"*.{name}"):
        overwrite(path, share=share)


DAMAGES = {
    "missing": lambda generation: (generation.parent / shelf.CURRENT).unlink(),
    "without a state": lambda generation: (generation / shelf.STATE).unlink(),
    "of another version": lambda generation: shelf.write_state(generation, shelf.State("", [schema.VERSION + 1, "fandom"], 0)),
    "without its list of pieces": lambda generation: [path.unlink() for path in generation.rglob("meta.json")],
    "with a piece cut off": lambda generation: [cut(path, 30) for path in generation.rglob("*.idx")],
    "with a piece gone": lambda generation: [path.unlink() for path in generation.rglob("*.fast")],
    **{
        f"with {share:.0%} of {name} overwritten": lambda generation, name=name, share=share: spoil(generation, name, share)
        for name in ("fast", "term", "idx", "pos", "fieldnorm", "store")
        for share in (0.3, 0.6)
    },
}


@pytest.fixture
def damaged(index_folder, request):
    """A damaged index of one work."""
    make_work(title="Ebb", tags={"freeform": ["Fog"]})
    generation = building.build()
    DAMAGES[request.param](generation)
    return generation


@pytest.mark.parametrize("damaged", DAMAGES, indirect=True)
@pytest.mark.usefixtures("damaged")
def test_listings_answer_whatever_has_become_of_the_index(client):
    answers = {name: client.get(address()) for name, address in LISTINGS.items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(LISTINGS, 200)
    assert client.get(reverse("autocomplete", args=["fandom"]), {"term": "light"}).status_code == 200
    assert client.get(reverse("works_search"), {"work_search[query]": "fog"}).status_code in {200, 503}


UNREADABLE = [name for name in DAMAGES if "%" not in name]


@pytest.mark.parametrize("damaged", UNREADABLE, indirect=True)
@pytest.mark.usefixtures("damaged")
def test_what_cannot_be_read_is_answered_by_the_database_and_words_with_a_sentence(client):
    listing, words = client.get(reverse("works_index")), client.get(reverse("works_search"), {"work_search[query]": "fog"})
    offered = client.get(reverse("autocomplete", args=["fandom"]), {"term": "light"}).json()

    assert (titles(listing), offered[0]["name"]) == (["Ebb"], "The Lighthouse Keepers (TV)")
    assert (words.status_code, words["Retry-After"]) == (503, "60")
    assert "This cannot be looked for at the moment" in words.content.decode()


@pytest.mark.parametrize("damaged", ["with a piece cut off", "without its list of pieces", "with a piece gone"], indirect=True)
@pytest.mark.parametrize("address", [*LISTINGS, "autocomplete"])
def test_whoever_finds_it_damaged_has_it_made_anew(client, damaged, address):
    if address == "autocomplete":
        client.get(reverse("autocomplete", args=["fandom"]), {"term": "light"})
    else:
        client.get(LISTINGS[address]())

    assert shelf.is_broken()


@pytest.mark.usefixtures("index_folder")
def test_where_too_many_works_would_have_to_be_counted_a_notice_says_so(client, monkeypatch):
    monkeypatch.setattr(in_database, "MOST_WITH_FACETS", 0)
    make_work(title="Ebb")

    answer = client.get(reverse("works_index"))

    assert titles(answer) == ["Ebb"]
    assert "cannot be counted at the moment" in answer.content.decode()


def test_a_list_says_that_it_comes_from_the_database_as_long_as_there_is_no_index(client, index_folder):
    make_work()

    without = client.get(reverse("works_index")).text
    building.build()
    shelf.SHELF.forget()

    notice = "The search index is being made anew."
    assert (notice in without, notice in client.get(reverse("works_index")).text) == (True, False)
