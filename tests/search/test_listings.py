import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.search import browsing
from archive.tags.models import Tag
from archive.warnings import consenting
from archive.works import deleting
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db


def titles(response):
    return [node.text() for node in LexborHTMLParser(response.content.decode()).css("li.blurb h4.heading > a:first-child")]


def tag_page(name, page="tag_works"):
    return reverse(page, args=[Tag.objects.named(name).get().path_name])


LISTINGS = {
    "recent works": lambda author: reverse("works_index"),
    "a fandom": lambda author: tag_page("The Lighthouse Keepers (TV)"),
    "a member": lambda author: reverse("user_works", args=[author.username]),
    "a pseud": lambda author: author.pseuds.get().get_absolute_url(),
    "a language": lambda author: reverse("language_works", args=["en"]),
    "home": lambda author: reverse("home"),
    "a profile": lambda author: author.get_absolute_url(),
    "a series": lambda author: author.pseuds.get().series.get().get_absolute_url(),
}


@pytest.fixture
def author():
    return UserFactory()


@pytest.mark.parametrize("listing", LISTINGS)
def test_a_listing_shows_guests_what_is_posted_and_not_restricted(client, author, listing):
    make_work(by=author, title="For everybody", series="The Lamp")
    make_work(by=author, title="For members", series="The Lamp", is_restricted=True)
    make_draft(by=author, title="For nobody", series="The Lamp")
    deleting.delete(make_work(by=author, title="Gone", series="The Lamp"), by=author)

    response = client.get(LISTINGS[listing](author))

    assert titles(response) == ["For everybody"]
    assert b"For members" not in response.content


@pytest.mark.parametrize("listing", LISTINGS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_listing_takes_at_most_twelve_queries_whatever_its_length(client, author, listing, count):
    for _ in range(count):
        make_work(by=author, series="The Lamp", tags={"freeform": ["Fog"], "character": ["Ines"]})
    address = LISTINGS[listing](author)
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) == QUERIES[listing]


QUERIES = {
    "recent works": 8,
    "a fandom": 10,
    "a member": 9,
    "a pseud": 9,
    "a language": 9,
    "home": 4,
    "a profile": 6,
    "a series": 11,
}


@pytest.mark.parametrize("listing", ["recent works", "a fandom", "a member"])
def test_what_a_member_leaves_out_is_in_no_listing_and_no_count(client, author, listing):
    make_work(by=author, title="Calm")
    make_work(by=author, title="Storm", tags={"freeform": ["Drowning"]})
    reader = UserFactory()
    consenting.choose({Tag.objects.get(name="Drowning"): "out"}, by=reader, hides_which=False, folds_left_out=False)
    client.force_login(reader)

    response = client.get(LISTINGS[listing](author))

    assert titles(response) == ["Calm"]
    assert "1 Work" in response.content.decode()


def test_synonyms_and_subtags_of_what_is_left_out_are_left_out(client, author):
    drowning, _ = make_work(by=author, tags={"freeform": ["Drowning"]}), make_work(by=author, tags={"freeform": ["Sea Death"]})
    make_work(by=author, tags={"freeform": ["Death by water"]})
    meta = Tag.objects.create(name="Death", kind_id="freeform", is_canonical=True)
    Tag.objects.filter(name="Drowning").update(is_canonical=True)
    Tag.objects.filter(name="Sea Death").update(synonym_of=Tag.objects.get(name="Drowning"))
    Tag.objects.get(name="Drowning").metatags.add(meta)
    reader = UserFactory()
    consenting.choose({meta: "out"}, by=reader, hides_which=False, folds_left_out=False)
    client.force_login(reader)

    found = titles(client.get(reverse("works_index")))

    assert len(found) == 1
    assert drowning.title not in found


def test_who_folds_is_told_why(client, author):
    make_work(by=author, title="Storm", tags={"freeform": ["Drowning"]})
    reader = UserFactory()
    consenting.choose({Tag.objects.get(name="Drowning"): "out"}, by=reader, hides_which=False, folds_left_out=True)
    client.force_login(reader)

    answer = client.get(reverse("works_index")).content.decode()

    assert "Storm" not in answer
    assert "tagged <strong>Drowning</strong>, which you leave out" in answer


def test_guests_leave_out_ratings_without_a_session(client, author):
    make_work(by=author, title="Calm")
    make_work(by=author, title="Storm", rating="Explicit")
    explicit = Tag.objects.get(name="Explicit")

    client.post(reverse("warning_preferences"), {f"tag_{explicit.pk}": "out"})

    assert titles(client.get(reverse("works_index"))) == ["Calm"]
    assert "sessionid" not in client.cookies


def test_a_synonym_leads_to_what_it_is_a_synonym_of(client, author):
    make_work(by=author, fandoms=("LHK",))
    canonical = Tag.objects.create(name="The Lighthouse Keepers", kind_id="fandom", is_canonical=True)
    Tag.objects.filter(name="LHK").update(synonym_of=canonical)

    response = client.get(tag_page("LHK"))

    assert response.url == canonical.get_absolute_url()
    assert len(titles(client.get(response.url))) == 1


@pytest.mark.parametrize("page", ["tag_works", "tag_show"])
def test_a_tag_that_stands_on_drafts_alone_is_not_known(client, page):
    make_draft(tags={"freeform": ["A secret plot"]})

    assert client.get(tag_page("A secret plot", page)).status_code == 404


def test_a_tag_with_every_hard_character_has_an_address(client):
    make_work(tags={"freeform": ["A/B & C. D? #E"]})

    assert client.get(tag_page("A/B & C. D? #E")).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 30, "١"])
def test_a_page_that_does_not_exist_is_a_404(client, page):
    make_work()

    assert client.get(reverse("works_index"), {"page": page}).status_code == 404


def test_the_second_page_goes_on_where_the_first_ended(client, author):
    for number in range(21):
        make_work(by=author, title=f"Work {number}")

    first, second = (titles(client.get(reverse("works_index"), {"page": page})) for page in (1, 2))

    assert (len(first), second) == (20, ["Work 0"])


def test_fandoms_are_found_among_more_than_one_statement_takes(author):
    fandom = make_work(by=author, fandoms=("Ebb",)).tags.get(kind="fandom")
    counts = {fandom.pk: 1} | dict.fromkeys(range(-70_000, 0), 1)

    found = browsing.with_their_counts(list(counts), counts, viewer=author)

    assert [(counted.row, counted.works) for counted in found] == [(fandom, 1)]


def test_fandoms_stand_under_their_media_with_their_counts(client, author):
    make_work(by=author)
    make_work(by=author, is_restricted=True)
    fandom, medium = Tag.objects.get(name="The Lighthouse Keepers (TV)"), Tag.objects.get(name="TV Shows")
    fandom.parents.add(medium)

    answer = client.get(reverse("media_fandoms", args=[medium.path_name])).content.decode()

    assert "The Lighthouse Keepers (TV)</a> (1)" in answer


def test_a_fandom_that_nobody_sorted_is_uncategorized(client, author):
    make_work(by=author)

    answer = client.get(reverse("media_index")).content.decode()

    assert "Uncategorized Fandoms" in answer


@pytest.mark.parametrize(
    ("term", "offered"),
    [
        ("light", ["The Lighthouse Keepers (TV)"]),
        ("KEEP", ["The Lighthouse Keepers (TV)"]),
        ("ghthouse", []),
        ("", []),
        ("%", []),
    ],
)
def test_autocomplete_finds_the_beginning_of_any_word(client, term, offered):
    make_work()
    make_draft(fandoms=("Light of my secret",))

    answer = client.get(reverse("autocomplete", args=["fandom"]), {"term": term})

    assert answer.json() == [{"id": name, "name": name} for name in offered]


def test_there_is_no_autocomplete_of_what_is_no_kind(client):
    assert client.get(reverse("autocomplete", args=["nothing"])).status_code == 404
