"""Acts for many tags at once, from a bin."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.tags import wrangling
from archive.tags.models import Status, Verb, WranglingAct
from tests.tags.wrangled import canonical, named, names
from tests.wrangling.pages import HOOK, at, errors, words

pytestmark = pytest.mark.django_db


def send(client, status="unwrangled", **sent):
    return client.post(at("tag_wrangle", HOOK, show="characters", status=status), sent, follow=True)


def test_many_are_made_canonical_at_once(client, three):
    response = send(client, tags=three, act="canonical")

    assert (response.status_code, words(response, ".flash")) == (200, ["3 tags were changed."])
    assert {named(name).status for name in ("Old Tom", "Tommy", "Thomas")} == {Status.CANONICAL}


def test_many_are_merged_into_a_tag_that_is_made_for_it(client, three):
    response = send(client, tags=three, act="merge", into="Thomas Bell")

    assert words(response, ".flash") == ["3 tags were changed."]
    assert names(named("Thomas Bell").synonyms) == ["Old Tom", "Thomas", "Tommy"]


def test_many_are_sorted_under_a_fandom(client, three, hook):
    send(client, tags=three, act="sort", under=HOOK)

    assert names(hook.children) == ["Old Tom", "Thomas", "Tommy"]


def test_sent_twice_it_is_done_once(client, three):
    for _ in range(2):
        response = send(client, tags=three, act="unwrangleable")

    assert words(response, ".flash") == ["0 tags were changed. 3 were so already."]
    assert WranglingAct.objects.count() == 3


def test_the_tag_that_others_are_merged_into_can_be_ticked_with_them(client, three):
    response = send(client, tags=three, act="merge", into="old tom")

    assert words(response, ".flash") == ["2 tags were changed. 1 was so already."]
    assert (named("Old Tom").status, names(named("Old Tom").synonyms)) == (Status.CANONICAL, ["Thomas", "Tommy"])


def test_what_is_refused_is_said_for_each_and_stays_ticked(client, three, wrangler):
    wrangling.merge(named("Old Tom"), into=canonical("Thomas Bell"), by=wrangler)

    response = send(client, tags=three, act="canonical")

    assert response.status_code == 422
    assert words(response, ".form-errors p, .form-errors li") == [
        "2 tags were changed. 1 was refused.",
        "“Old Tom” is another spelling of “Thomas Bell”. Take that one, or split this one off first.",
    ]
    assert [named(name).status for name in ("Thomas", "Tommy")] == [Status.CANONICAL] * 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "merge"}, "Name a tag."),
        ({"act": "merge", "into": "A, B"}, "Name one tag; these are several."),
        (
            {"act": "merge", "into": "The Hook (TV)"},
            "“The Hook (TV)” is of another kind (Fandom). Tags of two kinds cannot be joined so.",
        ),
        ({"act": "merge", "into": "x" * 151}, "This is 151 characters long; at most 150 are allowed."),
        ({"act": "sort"}, "Name a tag."),
        ({"act": "sort", "under": "Nowhere"}, "There is no tag “Nowhere” of that kind."),
    ],
)
def test_a_name_that_will_not_do_is_said_beside_its_field(client, three, sent, said):
    response = send(client, tags=three, **sent)

    assert (response.status_code, errors(response)) == (422, [said])
    assert response.content.decode().count(" checked") == 3
    assert not WranglingAct.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "canonical"}, "Tick at least one tag."),
        ({"act": "canonical", "tags": [999_999]}, "One of these tags is not here any more."),
        ({"act": "canonical", "tags": ["x"]}, "“x” is not a valid value."),
    ],
)
def test_nothing_ticked_is_nothing_done(client, three, sent, said):
    response = send(client, **sent)

    assert (response.status_code, words(response, ".form-errors p")) == (422, [said])


@pytest.mark.parametrize("sent", [{"act": "burn"}, {}, {"into": "Thomas Bell", "under": HOOK}])
def test_an_act_that_there_is_not_is_refused(client, three, sent):
    response = send(client, tags=three, **sent)

    assert (response.status_code, words(response, ".form-errors p")) == (422, ["Choose what to do with the ticked tags."])
    assert not WranglingAct.objects.exists()


@pytest.mark.parametrize(("sent", "verb"), [({"into": "Thomas Bell"}, Verb.MERGED), ({"under": HOOK}, Verb.PARENTS)])
def test_enter_in_a_field_does_what_the_field_is_for(client, three, sent, verb):
    send(client, tags=three, **sent)

    assert WranglingAct.objects.filter(verb=verb).count() == 3


def test_enter_presses_no_button_that_does_something(client, three):
    page = LexborHTMLParser(client.get(at("tag_wrangle", HOOK, show="characters")).content.decode())

    first = page.css_first("#bin button[type=submit]")

    assert ("hidden" in first.attributes, first.attributes.get("name")) == (True, None)


WAYS_BACK = {
    "canonical": (wrangling.make_canonical, "not-canonical"),
    "synonym": (lambda one, by: wrangling.merge(one, into=canonical("Thomas Bell"), by=by), "split"),
    "unwrangleable": (wrangling.mark_unwrangleable, "wrangleable"),
}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("status", WAYS_BACK)
def test_each_bin_has_its_way_back(client, wrangler, status):
    deed, act = WAYS_BACK[status]
    deed(named("Tommy"), by=wrangler)

    send(client, status=status, tags=[named("Tommy").pk], act=act)

    assert named("Tommy").status == Status.UNWRANGLED
