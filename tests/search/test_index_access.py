"""What somebody may not find is in no ids, counts, facets and offers, with an index, without one, and with a late one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.search import alike, finding
from archive.search.index import building
from archive.search.query.parsing import parse
from archive.search.selections import Selection
from archive.tags.models import Tag
from archive.warnings.readers import Reader
from archive.works import deleting
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.search.test_listings import titles

pytestmark = pytest.mark.django_db

FANDOM = "The Lighthouse Keepers (TV)"
ROLES = ["guest", "member", "author", "co-author", "wrangler", "superuser"]
STATES = ["Public", "Restricted", "Draft", "Deleted"]
EXPECTED = {role: ["Public"] if role == "guest" else ["Public", "Restricted"] for role in ROLES}
INDEXES = ["with an index", "without an index"]


@pytest.fixture
def people():
    """Somebody in each role."""
    return {
        "guest": AnonymousUser(),
        "member": UserFactory(),
        "author": UserFactory(username="ines"),
        "co-author": UserFactory(),
        "wrangler": UserFactory(is_wrangler=True),
        "superuser": UserFactory(is_staff=True, is_superuser=True),
    }


@pytest.fixture(params=INDEXES)
def archive(request, people, index_folder):
    """One work in each state, each with a tag, a word of its text and a series of its own."""
    for state in STATES:
        fields = {
            "by": people["author"], "title": state, "is_restricted": state == "Restricted", "series": f"{state} series",
            "tags": {"freeform": [f"{state} tag", "Shared tag"]}, "text": f"<p>Once there was a {state} word.</p>",
        }  # fmt: skip
        work = make_draft(**fields) if state == "Draft" else make_work(**fields)
        work.creatorships.create(pseud=people["co-author"].pseuds.get(), position=2)
        if state == "Deleted":
            deleting.delete(work, by=people["author"])
    if request.param == "with an index":
        building.build()


def found(role, people, selection=None):
    """What somebody finds."""
    return finding.find(selection or Selection(), reader=Reader(people[role]), start=0, limit=10)


def titles_of(ids):
    return sorted(Work.objects.filter(pk__in=ids).values_list("title", flat=True))


def log_in(client, role, people):
    if role != "guest":
        client.force_login(people[role])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("archive")
def test_ids_counts_and_facets_know_only_what_is_for_the_viewer(people, role):
    Tag.objects.filter(kind="freeform").update(is_canonical=True)
    names = dict(Tag.objects.values_list("pk", "name"))
    series = Series.objects.values_list("pk", flat=True)
    states = [found(role, people, Selection(include=(Tag.objects.get(name=f"{state} tag").pk,))) for state in STATES]

    all_of_it = found(role, people)
    counted = {names[facet.tag]: facet.works for facets in all_of_it.facets.values() for facet in facets}

    assert (titles_of(all_of_it.ids), all_of_it.count) == (EXPECTED[role], len(EXPECTED[role]))
    assert {name for name in counted if name.endswith("tag")} == {"Shared tag", *(f"{state} tag" for state in EXPECTED[role])}
    assert {counted["Shared tag"], counted[FANDOM]} == {len(EXPECTED[role])}
    assert [one.count for one in states] == [int(state in EXPECTED[role]) for state in STATES]
    assert sum(found(role, people, Selection(series=pk)).count for pk in series) == len(EXPECTED[role])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("archive")
def test_pages_show_and_count_only_what_is_for_the_viewer(client, people, role):
    log_in(client, role, people)
    addresses = [
        reverse("works_index"), reverse("tag_works", args=[Tag.objects.get(name=FANDOM).path_name]),
        reverse("user_works", args=["ines"]), reverse("language_works", args=["en"]),
    ]  # fmt: skip

    answers = [client.get(address) for address in addresses]

    assert [sorted(titles(answer)) for answer in answers] == [EXPECTED[role]] * len(addresses)
    for state in set(STATES) - set(EXPECTED[role]):
        assert not [
            address for address, answer in zip(addresses, answers, strict=True) if f"{state} tag" in answer.content.decode()
        ]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("archive")
def test_tags_are_offered_and_found_only_from_works_for_the_viewer(client, people, role):
    log_in(client, role, people)

    offered = [
        one["name"] for state in STATES for one in client.get(reverse("autocomplete", args=["freeform"]), {"term": state}).json()
    ]
    answer = client.get(reverse("tags_search"), {"tag_search[name]": "tag"})
    searched = {node.text(strip=True) for node in LexborHTMLParser(answer.content.decode()).css("main a.tag")}

    assert set(offered) == {f"{state} tag" for state in EXPECTED[role]}
    assert searched == {"Shared tag", *(f"{state} tag" for state in EXPECTED[role])}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("archive")
def test_more_like_this_offers_only_what_is_for_the_viewer(client, people, role):
    work = make_work(title="The one just read", tags={"freeform": ["Shared tag"]})
    log_in(client, role, people)

    offered = sorted(one.title for one in alike.alike(work, reader=Reader(people[role])))
    page = LexborHTMLParser(client.get(reverse("work_alike", args=[work.pk])).content.decode())
    shown = sorted(node.text() for node in page.css(".alike-title > a"))

    assert offered == shown == EXPECTED[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("archive", ["with an index"], indirect=True)
@pytest.mark.usefixtures("archive")
def test_words_find_only_what_is_for_the_viewer_and_are_not_shown(client, people, role):
    log_in(client, role, people)

    words = {state: found(role, people, Selection(query=parse(f'"there was a {state}"').root)) for state in STATES}
    pages = {state: client.get(reverse("works_search"), {"work_search[query]": state}) for state in STATES}

    assert [state for state in STATES if words[state].count] == EXPECTED[role]
    assert [state for state in STATES if titles(pages[state])] == EXPECTED[role]
    assert not [state for state in STATES if "there was a" in pages[state].content.decode()]


FANDOMS = ["/", "/media", "/media/Uncategorized Fandoms/fandoms", "/opds/fandoms", "/api/v1/fandoms"]
LATE = {
    "restricted": lambda work: Work.objects.filter(pk=work.pk).update(is_restricted=True),
    "deleted": lambda work: deleting.delete(work, by=work.pseuds.first().user),
    "gone for good": lambda work: work.delete(),
}


@pytest.mark.parametrize("fate", LATE)
def test_a_late_index_shows_no_row_of_what_is_no_longer_for_the_viewer(client, index_folder, fate):
    work = make_work(title="Late", fandoms=("Late fandom",), tags={"freeform": ["Late tag"]})
    make_work(title="Punctual", fandoms=("Punctual fandom",))
    building.build()
    LATE[fate](work)

    listing, words = client.get(reverse("works_index")), client.get(reverse("works_search"), {"work_search[query]": "late"})
    offered = client.get(reverse("autocomplete", args=["freeform"]), {"term": "late"}).json()
    alone = client.get(reverse("tag_works", args=["Late tag"]))

    assert (titles(listing), titles(words), offered, alone.status_code) == (["Punctual"], [], [], 404)
    assert "Late tag" not in listing.text
    for address in FANDOMS:
        page = client.get(address)
        assert ("Late fandom" in page.text, "Punctual fandom" in page.text) == (False, True), address
