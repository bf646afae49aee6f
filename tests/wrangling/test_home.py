"""A wrangler's first page, and the fandoms that they look after."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.tags import undoing, wrangling
from tests.factories.people import UserFactory
from tests.tags.wrangled import canonical, tag
from tests.wrangling.pages import HOOK, at, errors, words

pytestmark = pytest.mark.django_db


def test_home_shows_my_fandoms_and_what_waits(client, hook, three, wrangler):
    canonical("Not mine", "fandom")
    client.post(reverse("wrangling_home"), {"fandoms": "the hook (tv)"})

    response = client.get(reverse("wrangling_home"))

    assert words(response, ".rows .title") == [HOOK]
    assert words(response, ".rows .tag-bin-counts li") == ["0 Relationships", "3 Characters", "0 Additional Tags"]
    assert words(response, ".section:last-of-type .tag-bin-counts li") == [
        "0 Fandoms",
        "0 Relationships",
        "3 Characters",
        "0 Additional Tags",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Name a fandom."),
        ("Nowhere", "There is no tag “Nowhere” of that kind."),
        ("New", "“New” is not canonical. Make it so first."),
    ],
)
def test_only_canonical_fandoms_are_taken(client, wrangler, typed, said):
    tag("New", "fandom")

    response = client.post(reverse("wrangling_home"), {"fandoms": typed})

    assert (response.status_code, errors(response)) == (422, [said])
    assert not wrangler.wrangler_assignments.exists()


def test_a_fandom_is_taken_and_left_on_its_page(client, hook, wrangler):
    for _ in range(2):
        client.post(at("fandom_take", HOOK))
    taken = [one.fandom for one in wrangler.wrangler_assignments.all()]
    client.post(at("fandom_leave", HOOK))

    assert (taken, wrangler.wrangler_assignments.exists()) == ([hook], False)


HOME_QUERIES = 9


@pytest.mark.parametrize("count", [1, 3])
def test_home_takes_as_many_queries_whatever_i_look_after(client, wrangler, count):
    for number in range(count):
        fandom = canonical(f"Fandom {number}", "fandom")
        wrangler.wrangler_assignments.create(fandom=fandom)

    with CaptureQueriesContext(connection) as queries:
        assert len(words(client.get(reverse("wrangling_home")), ".rows .title")) == count

    assert len(queries) == HOME_QUERIES


def taken_by(user):
    return sorted(one.fandom.name for one in user.wrangler_assignments.all())


def test_who_looks_after_a_merged_fandom_looks_after_its_canonical(hook, wrangler):
    lamp = canonical("The Lamp", "fandom")
    both, one = UserFactory(), UserFactory()
    for user, fandom in [(both, hook), (both, lamp), (one, hook)]:
        user.wrangler_assignments.create(fandom=fandom)

    act = wrangling.merge(hook, into=lamp, by=wrangler)
    merged = [taken_by(user) for user in (one, both)]
    undoing.undo(act, by=wrangler)

    assert merged == [["The Lamp"], [HOOK, "The Lamp"]]
    assert [taken_by(user) for user in (one, both)] == [[HOOK], [HOOK, "The Lamp"]]
