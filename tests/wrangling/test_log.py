"""The log: what was done, by whom, and the button that takes it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.tags import wrangling
from archive.tags.models import Kind, Status, WranglingAct
from tests.factories.people import UserFactory
from tests.tags.wrangled import canonical, named, tag
from tests.wrangling.pages import words

pytestmark = pytest.mark.django_db

LOG = "wrangling_log"


def undo(client, act):
    return client.post(reverse("act_undo", args=[act.pk]), follow=True)


def test_every_act_is_a_sentence(client, wrangler):
    tom, hook = canonical("Old Tom"), canonical("The Hook", "fandom")
    tommy = tag("Tommy")
    keeper = UserFactory(is_staff=True)
    wrangling.mark_unwrangleable(tommy, by=wrangler)
    wrangling.mark_wrangleable(tommy, by=wrangler)
    wrangling.merge(tommy, into=tom, by=wrangler)
    wrangling.split(tommy, by=wrangler)
    wrangling.change_parents(tom, add=[hook], by=wrangler)
    wrangling.change_metatags(tom, add=[canonical("Bells")], by=wrangler)
    wrangling.change_kind(tommy, Kind.objects.get(pk="freeform"), by=wrangler)
    wrangling.rename(tommy, "Thomas", by=keeper)
    wrangling.make_canonical(tommy, by=wrangler)
    wrangling.unmake_canonical(tommy, by=wrangler)

    said = words(client.get(reverse(LOG)), ".rows li > div > span")

    assert said == [
        "“Thomas” is no longer canonical.",
        "“Thomas” is canonical.",
        "“Tommy” is called “Thomas”.",
        "“Tommy” is of the kind Additional Tag.",
        "“Old Tom” hangs with others: + Bells",
        "“Old Tom” is sorted anew: + The Hook",
        "“Tommy” is no longer another spelling of “Old Tom”.",
        "“Tommy” is another spelling of “Old Tom”.",
        "“Tommy” is no longer unwrangleable.",
        "“Tommy” is unwrangleable.",
    ]


def test_an_act_is_undone_by_its_button_once(client, wrangler):
    act = wrangling.make_canonical(tag("Tommy"), by=wrangler)

    first, second = undo(client, act), undo(client, act)

    assert (words(first, ".flash"), words(second, ".flash")) == (
        ["Undone: “Tommy” is canonical."],
        ["This has been undone already."],
    )
    assert named("Tommy").status == Status.UNWRANGLED
    assert "undone by nell_wick" in words(second, ".rows li")[0]
    assert words(second, ".rows form") == []


def test_what_cannot_be_undone_is_answered_with_a_sentence(client, wrangler):
    act = wrangling.make_canonical(tag("Old Tom"), by=wrangler)
    wrangling.merge(tag("Tommy"), into=named("Old Tom"), by=wrangler)

    response = undo(client, act)

    assert words(response, ".flash.error") == [
        "Something newer stands in the way: “Old Tom”, or a tag that it rests on, was changed since."
    ]


def test_there_is_nothing_to_undo_of_what_is_not_there(client, wrangler):
    assert client.post(reverse("act_undo", args=[999_999])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tag": "TOMMY"}, ["Tommy"]), ({"by": "Nell_Wick"}, ["Tommy"]), ({"by": "nobody"}, []),
        ({}, ["Bea", "Tommy"]),
    ],
)  # fmt: skip
def test_the_log_is_asked_for_a_tag_or_a_wrangler(client, wrangler, asked, found):
    wrangling.make_canonical(tag("Tommy"), by=wrangler)
    wrangling.make_canonical(tag("Bea"), by=UserFactory())

    response = client.get(reverse(LOG), asked)

    assert [act.name for act in response.context["page"]] == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_as_many_queries_whatever_it_holds(client, wrangler, count):
    for number in range(count):
        wrangling.make_canonical(tag(f"Tag {number}"), by=UserFactory(is_wrangler=True))

    with CaptureQueriesContext(connection) as queries:
        assert len(words(client.get(reverse(LOG)), ".rows li")) == count

    assert len(queries) == 6


def test_acts_stay_when_their_wrangler_leaves(client, wrangler):
    other = UserFactory()
    act = wrangling.make_canonical(tag("Tommy"), by=other)
    WranglingAct.objects.filter(pk=act.pk).update(by=None)

    assert "Somebody who has left" in words(client.get(reverse(LOG)), ".rows li")[0]
