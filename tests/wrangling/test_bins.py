"""The bins: what lies in which, how it is searched, sorted and paged."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.tags import wrangling
from archive.tags.models import Status, Tag
from archive.works import deleting
from archive.wrangling import bins
from tests.factories.works import make_draft, make_work
from tests.tags.wrangled import canonical, named, tag
from tests.wrangling.pages import HOOK, at, binned, words

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["few works", "many works"])
def size(request, monkeypatch):
    """Both ways to find the tags of a fandom have to find the same."""
    monkeypatch.setattr(bins, "FEW_WORKS", 10_000 if request.param == "few works" else -1)


def bin_of(client, status="unwrangled", show="characters", **query):
    return binned(client.get(at("tag_wrangle", HOOK, show=show, status=status, **query)))


@pytest.mark.usefixtures("size")
def test_what_waits_in_a_fandom_stands_on_its_listed_works(client, hook):
    make_work(fandoms=(HOOK,), tags={"character": ["Ines"], "freeform": ["Fog"]})
    make_work(fandoms=(HOOK,), tags={"character": ["Tom"]}, is_restricted=True)
    make_work(fandoms=("Elsewhere",), tags={"character": ["Nobody"]})
    make_draft(fandoms=(HOOK,), tags={"character": ["A secret"]})
    deleting.delete(
        make_work(fandoms=(HOOK,), tags={"character": ["Gone"]}),
        by=Tag.objects.get(name="Gone").taggings.get().content_object.pseuds.get().user,
    )

    assert (bin_of(client), bin_of(client, show="freeforms"), bin_of(client, show="relationships")) == (
        ["Ines", "Tom"],
        ["Fog"],
        [],
    )


@pytest.mark.usefixtures("size")
def test_works_under_a_synonym_or_a_subtag_are_of_the_fandom(client, hook, wrangler):
    make_work(fandoms=("the hook",), tags={"character": ["Ines"]})
    make_work(fandoms=("The Hook Returns",), tags={"character": ["Tom"]})
    wrangling.merge(named("the hook"), into=hook, by=wrangler)
    wrangling.make_canonical(named("The Hook Returns"), by=wrangler)
    wrangling.change_subtags(hook, add=[named("The Hook Returns")], by=wrangler)

    assert bin_of(client) == ["Ines", "Tom"]


@pytest.mark.usefixtures("size")
def test_a_tag_that_is_sorted_under_another_fandom_waits_there_alone(client, hook, wrangler):
    make_work(fandoms=(HOOK, "The Lamp"), tags={"character": ["Ines", "Tom"], "relationship": ["Ines/Tom"]})
    wrangling.make_canonical(named("The Lamp"), by=wrangler)
    wrangling.change_parents(named("Ines"), add=[named("The Lamp")], by=wrangler)
    wrangling.make_canonical(named("Ines"), by=wrangler)
    wrangling.change_parents(named("Ines/Tom"), add=[named("Ines")], by=wrangler)
    wrangling.change_parents(tag("Nell"), add=[hook], by=wrangler)

    def lamp(show):
        return binned(client.get(at("tag_wrangle", "The Lamp", show=show)))

    assert (bin_of(client), bin_of(client, show="relationships")) == (["Nell", "Tom"], [])
    assert (lamp("characters"), lamp("relationships")) == (["Tom"], ["Ines/Tom"])


def test_each_status_has_its_bin(client, hook, wrangler):
    make_work(fandoms=(HOOK,), tags={"character": ["Waits", "Main", "Other spelling", "???"], "relationship": ["Main/Waits"]})
    wrangling.make_canonical(named("Main"), by=wrangler)
    wrangling.change_parents(named("Main"), add=[hook], by=wrangler)
    wrangling.merge(named("Other spelling"), into=named("Main"), by=wrangler)
    wrangling.mark_unwrangleable(named("???"), by=wrangler)
    wrangling.make_canonical(named("Main/Waits"), by=wrangler)
    wrangling.change_parents(named("Main/Waits"), add=[named("Main")], by=wrangler)

    assert {status: bin_of(client, status) for status in Status.values} == {
        "unwrangled": ["Waits"], "canonical": ["Main"], "synonym": ["Other spelling"], "unwrangleable": ["???"],
    }  # fmt: skip
    assert bin_of(client, "canonical", show="relationships") == ["Main/Waits"]


def test_the_bins_of_the_archive_hold_every_kind(client, wrangler):
    make_work(fandoms=("A new one",), tags={"character": ["Ines"]})
    make_draft(fandoms=("A secret",))
    canonical(HOOK, "fandom")
    address = reverse("bins_index")

    assert binned(client.get(address, {"kind": "fandom"})) == ["A new one"]
    assert binned(client.get(address, {"kind": "characters", "status": "unwrangled"})) == ["Ines"]
    assert binned(client.get(address, {"kind": "fandom", "status": "canonical"})) == [HOOK]


def test_a_bin_is_searched_and_sorted(client, hook):
    Tag.objects.bulk_create(
        [
            Tag(name=name, folded=name.lower(), kind_id="character", uses=uses)
            for name, uses in [("Bea", 1), ("Abel", 3), ("Abé", 2)]
        ]
    )
    make_work(fandoms=(HOOK,), tags={"character": ["Bea", "Abel", "Abé"]})

    assert [bin_of(client, sort=sort) for sort in ("uses", "name", "created_at")] == [
        ["Abel", "Abé", "Bea"], ["Abé", "Abel", "Bea"], ["Abé", "Abel", "Bea"],
    ]  # fmt: skip
    assert bin_of(client, name="ABE") == ["Abel", "Abé"]


@pytest.mark.parametrize(
    "query", [{"show": "ratings"}, {"show": "fandoms"}, {"status": "lost"}, {"sort": "x"}, {"page": "0"}, {"page": "x"}]
)
def test_a_bin_that_cannot_be_is_not_there(client, hook, query):
    assert client.get(at("tag_wrangle", HOOK, **query)).status_code == 404


def test_only_fandoms_have_bins_and_synonyms_lead_to_their_canonical(client, hook, wrangler):
    canonical("Ines")
    make_work(fandoms=("the hook",))
    wrangling.merge(named("the hook"), into=hook, by=wrangler)

    assert client.get(at("tag_wrangle", "Ines")).status_code == 404
    assert client.get(at("tag_wrangle", "the hook")).url == at("tag_wrangle", HOOK)


def test_a_long_bin_is_paged_and_counted_as_far_as_needed(client, wrangler, monkeypatch):
    monkeypatch.setattr(bins, "MOST_COUNTED", 60)
    Tag.objects.bulk_create(
        [Tag(name=f"Tag {number:03}", folded=f"tag {number:03}", kind_id="freeform", is_canonical=True) for number in range(130)]
    )
    address = f"{reverse('bins_index')}?kind=freeform&status=canonical&sort=name"

    pages = [client.get(f"{address}&page={number}") for number in (1, 2, 3, 9)]

    assert [binned(page)[0] for page in pages] == ["Tag 000", "Tag 050", "Tag 100", "Tag 100"]
    assert [words(page, ".listing-count")[0] for page in pages] == [
        "More than 60 tags",
        "More than 100 tags",
        "130 tags",
        "130 tags",
    ]


QUERIES = 11


@pytest.mark.parametrize("count", [1, 3])
def test_a_bin_takes_as_many_queries_whatever_it_holds(client, hook, wrangler, count):
    for number in range(count):
        make_work(fandoms=(HOOK,), tags={"character": [f"Character {number}"]})
        wrangling.change_parents(named(f"Character {number}"), add=[hook], by=wrangler)

    with CaptureQueriesContext(connection) as queries:
        assert len(bin_of(client)) == count

    assert len(queries) == QUERIES
