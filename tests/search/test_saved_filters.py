import pytest

from archive.search import keeping
from archive.tags.models import Tag
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.search.pages import chips, page, texts, titles

pytestmark = pytest.mark.django_db

FANDOM = "/tags/Signal%20Fires/works"
FINISHED = "work_search[complete]=T"


@pytest.fixture
def member(client):
    make_work(title="Done", fandoms=("Signal Fires",))
    make_work(title="To come", fandoms=("Signal Fires",), expected_chapters=9)
    member = UserFactory()
    client.force_login(member)
    return member


@pytest.fixture
def fandom(member):
    return Tag.objects.get(name="Signal Fires")


def keep_as_default(member, fandom):
    return keeping.keep("Finished", FINISHED, tag=fandom, is_default=True, by=member)


def test_a_filter_is_kept_from_the_list_that_it_was_made_on(client, member):
    form = page(client.get(f"{FANDOM}?{FINISHED}&page=1")).css_first(".filter-save form")
    sent = {field.attributes["name"]: field.attributes.get("value", "") for field in form.css("input[type=hidden]")}

    response = client.post("/filters", sent | {"name": "Finished"}, follow=True)

    assert titles(response) == ["Done"]
    assert texts(response, ".filter-kept li a[aria-current]") == ["Finished"]
    assert [(kept.name, kept.query, kept.tag.name) for kept in keeping.for_user(member)] == [("Finished", FINISHED, "Signal Fires")]


def test_a_default_filter_is_used_where_nothing_is_asked_and_says_so(client, member, fandom):
    keep_as_default(member, fandom)

    response = client.get(FANDOM)

    assert titles(response) == ["Done"]
    assert chips(response) == ["complete works"]
    assert texts(response, ".filter-default") == ["Your default filter: Finished · show all"]


@pytest.mark.parametrize("way", [".filter-default a", ".filter-clear", ".filter-chip"])
def test_a_default_filter_can_be_escaped(client, member, fandom, way):
    keep_as_default(member, fandom)

    away = page(client.get(FANDOM)).css_first(way).attributes["href"]

    assert sorted(titles(client.get(away))) == ["Done", "To come"]


def test_a_default_filter_is_not_used_elsewhere_or_for_others(client, member, fandom):
    keep_as_default(member, fandom)

    assert len(titles(client.get("/works"))) == 2
    client.logout()
    assert len(titles(client.get(FANDOM))) == 2


def test_there_is_one_default_at_most(member, fandom):
    first = keep_as_default(member, fandom)
    keeping.keep("Long ones", "work_search[words_from]=1000", tag=fandom, is_default=True, by=member)

    first.refresh_from_db()

    assert not first.is_default


@pytest.mark.parametrize(
    "sent",
    [{"name": "x"}, {"name": "x", "query": "page=3"}, {"name": " ", "query": FINISHED}, {"name": "n" * 61, "query": FINISHED}],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(client, member, sent):
    response = client.post("/filters", sent)

    assert response.status_code == 422
    assert len(texts(response, ".field-errors li, .flash.error p")) == 1


def test_a_filter_is_renamed_and_deleted_by_its_member_only(client, member, fandom):
    kept = keep_as_default(member, fandom)
    client.post(f"/filters/{kept.pk}/name", {"name": "Done ones"})
    client.force_login(UserFactory())

    assert client.post(f"/filters/{kept.pk}/name", {"name": "Mine"}).status_code == 404
    assert client.post(f"/filters/{kept.pk}/default", {}).status_code == 404
    client.post(f"/filters/{kept.pk}/deletion")
    assert [one.name for one in keeping.for_user(member)] == ["Done ones"]


def test_a_name_that_is_taken_is_refused_with_what_was_typed(client, member, fandom):
    keep_as_default(member, fandom)
    other = keeping.keep("Other", FINISHED, tag=fandom, is_default=False, by=member)

    response = client.post(f"/filters/{other.pk}/name", {"name": "Finished"})

    assert response.status_code == 422
    assert texts(response, ".field-errors li") == ["You have another filter of this name."]
    assert page(response).css_first("#id_name").attributes["value"] == "Finished"


def test_a_filter_leads_nowhere_but_to_the_archive(client, member):
    sent = {"name": "x", "query": FINISHED, "path": "https://elsewhere.example/"}

    assert client.post("/filters", sent).headers["Location"] == "/filters"
