"""The page of one tag: everything that wranglers decide about it, and what it may belong together with."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from archive.tags import wrangling
from archive.tags.models import Status, Tag, WranglingAct
from tests.factories.people import UserFactory
from tests.factories.works import make_work
from tests.tags.wrangled import canonical, named, names, state, tag
from tests.wrangling.pages import at, errors, words

pytestmark = pytest.mark.django_db


def form_of(response):
    """What a browser would send of the form as it stands."""
    form = LexborHTMLParser(response.content.decode()).css_first("#wrangle_tag")
    fields = form.css("input[name]:not([type=radio]), input[type=radio][checked]")
    chosen = {select.attributes["name"]: select.css_first("option[selected]").attributes["value"] for select in form.css("select")}
    return {field.attributes["name"]: field.attributes.get("value") or "" for field in fields} | chosen


def save(client, name, /, **changes):
    """Open the page of a tag, change some fields, and send it."""
    return client.post(at("tag_edit", name), form_of(client.get(at("tag_edit", name))) | changes)


@pytest.fixture
def tommy(wrangler):
    make_work(fandoms=("The Hook (TV)",), tags={"character": ["Tommy"]})
    return named("Tommy")


def test_sent_as_it_stands_it_does_nothing(client, tommy):
    response = save(client, "Tommy")

    assert (response.status_code, WranglingAct.objects.count()) == (302, 0)


@pytest.mark.parametrize("status", [Status.CANONICAL, Status.UNWRANGLEABLE])
def test_a_waiting_tag_is_decided_about(client, tommy, status):
    save(client, "Tommy", status=status.value)

    assert named("Tommy").status == status


def test_a_tag_is_merged_by_name_alone(client, tommy):
    save(client, "Tommy", synonym_of="Old Tom")

    assert named("Tommy").synonym_of == named("Old Tom")


@pytest.mark.parametrize("status", [Status.UNWRANGLED, Status.CANONICAL, Status.UNWRANGLEABLE])
def test_a_synonym_becomes_anything_else(client, tommy, wrangler, status):
    wrangling.merge(tommy, into=canonical("Old Tom"), by=wrangler)

    save(client, "Tommy", status=status.value)

    assert (named("Tommy").status, named("Tommy").synonym_of) == (status, None)


def test_a_synonym_is_moved_to_another_canonical(client, tommy, wrangler):
    wrangling.merge(tommy, into=canonical("Old Tom"), by=wrangler)

    save(client, "Tommy", synonym_of="Thomas Bell")

    assert named("Tommy").synonym_of == named("Thomas Bell")


def test_everything_of_a_canonical_at_once(client, tommy, wrangler):
    for name in ("The Hook", "The Lamp"):
        canonical(name, "fandom")
    wide, narrow, old = (canonical(name) for name in ("Bells", "Young Tommy", "Bell-ringers"))
    wrangling.make_canonical(tommy, by=wrangler)
    tommy.metatags.add(old)
    tommy.parents.add(named("The Hook"))

    response = save(client, "Tommy", name="TOMMY", parents_fandom="The Lamp", metatags="bells", subtags="Young Tommy")

    assert response.url == at("tag_edit", "TOMMY")
    assert (names(tommy.parents), list(tommy.metatags.all()), list(tommy.subtags.all())) == (["The Lamp"], [wide], [narrow])


def test_the_kind_of_an_unused_tag_can_be_chosen(client, wrangler):
    tag("The Hook")

    save(client, "The Hook", kind="fandom")

    assert named("The Hook").kind_id == "fandom"
    assert "kind" in form_of(client.get(at("tag_edit", "The Hook")))


def test_the_kind_of_a_used_tag_cannot(client, tommy):
    assert "kind" not in form_of(client.get(at("tag_edit", "Tommy")))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"name": "Thomas"},
            "Wranglers may change the case and the accents of “Tommy”, and nothing else of it. Administrators may.",
        ),
        ({"name": ""}, "Write at least one character that can be seen."),
        ({"status": "synonym"}, "Name the tag that it is another spelling of."),
        ({"status": "synonym", "synonym_of": "tommy"}, "“Tommy” cannot be joined to itself."),
        ({"synonym_of": "A, B"}, "Name one tag; these are several."),
        (
            {"synonym_of": "Old Tom"},
            "Something else is chosen above, and a tag is named here. Take one of the two back.",
        ),
        (
            {"status": "synonym", "synonym_of": "The Hook (TV)"},
            "“The Hook (TV)” is of another kind (Fandom). Tags of two kinds cannot be joined so.",
        ),
        ({"parents_fandom": "Nowhere"}, "There is no tag “Nowhere” of that kind."),
        ({"parents_fandom": "The Hook (TV)"}, "“The Hook (TV)” is not canonical. Make it so first."),
        ({"status": "burnt"}, "Select a valid choice. burnt is not one of the available choices."),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_is_done(client, tommy, changes, said):
    before = state()

    response = save(client, "Tommy", status=changes.pop("status", "unwrangleable"), **changes)

    assert (response.status_code, errors(response), state()) == (422, [said], before)
    assert {name: form_of(response)[name] for name in changes} == changes


def test_a_circle_is_said_beside_its_field(client, wrangler):
    low, high = canonical("Low"), canonical("High")
    low.metatags.add(high)

    response = save(client, "High", metatags="Low")

    assert errors(response) == ["“Low” is already under “High”, so it cannot be above it: they would go round in a circle."]


def test_two_wranglers_at_once_do_not_take_back_each_others_acts(client, tommy, wrangler):
    hook, lamp = canonical("The Hook", "fandom"), canonical("The Lamp", "fandom")
    opened = form_of(client.get(at("tag_edit", "Tommy")))
    wrangling.make_canonical(tommy, by=wrangler)
    wrangling.change_parents(tommy, add=[hook], by=wrangler)

    client.post(at("tag_edit", "Tommy"), opened | {"parents_fandom": lamp.name})

    assert (named("Tommy").status, names(tommy.parents)) == (Status.CANONICAL, ["The Hook", "The Lamp"])


@pytest.mark.parametrize("seen", ["", "[]", "{", json.dumps({"name": 7, "x": 1}), "\x00", "[" * 100_000])
def test_a_spoilt_memory_of_what_was_seen_does_no_harm(client, tommy, seen):
    assert save(client, "Tommy", seen=seen, name="Tommy").status_code in {302, 422}
    assert named("Tommy").status == Status.UNWRANGLED


def test_administrators_rename_to_anything(client, tommy):
    client.force_login(UserFactory(is_staff=True))

    response = save(client, "Tommy", name="Thomas A. Bell?")

    assert client.get(response.url).status_code == 200
    assert Tag.objects.filter(pk=tommy.pk, name="Thomas A. Bell?").exists()


def test_near_spellings_are_offered_and_merged_by_a_button(client, tommy):
    canonical("Tommy Bell")
    tag("Tommi Bell")
    page = client.get(at("tag_edit", "Tommy Bell"))

    client.post(at("tag_merge", "Tommi Bell"), {"into": "Tommy Bell"})

    assert words(page, ".tag-bin-near a")[0] == "Tommi Bell"
    assert named("Tommi Bell").synonym_of == named("Tommy Bell")


@pytest.mark.parametrize("into", ["", "A, B", "Tommy", "The Hook (TV)"])
def test_a_button_that_cannot_be_is_answered_with_a_sentence(client, tommy, into):
    response = client.post(at("tag_merge", "Tommy"), {"into": into}, follow=True)

    assert len(words(response, ".flash.error")) == 1
    assert not WranglingAct.objects.exists()


def test_what_stands_beside_a_tag_is_shown_under_its_canonical(client, tommy, wrangler):
    make_work(fandoms=("the hook",), tags={"character": ["Tommy", "Ines"]})
    wrangling.merge(named("the hook"), into=named("The Hook (TV)"), by=wrangler)

    page = client.get(at("tag_edit", "Tommy"))

    assert words(page, "aside section:last-child li") == ["The Hook (TV) Fandom2", "Ines Character1"]


QUERIES = 19


@pytest.mark.parametrize("count", [1, 3])
def test_a_tags_page_takes_as_many_queries_whatever_hangs_on_it(client, wrangler, count):
    tom = canonical("Old Tom")
    for number in range(count):
        make_work(fandoms=(f"Fandom {number}",), tags={"character": ["Old Tom", f"Old Tommy {number}", f"Old Tomm {number}"]})
        wrangling.make_canonical(named(f"Fandom {number}"), by=wrangler)
        wrangling.change_parents(tom, add=[named(f"Fandom {number}")], by=wrangler)
        wrangling.merge(named(f"Old Tommy {number}"), into=tom, by=wrangler)

    with CaptureQueriesContext(connection) as queries:
        client.get(at("tag_edit", "Old Tom"))

    assert len(queries) == QUERIES
