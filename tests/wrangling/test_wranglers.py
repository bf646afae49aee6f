"""Who wrangles: appointed, given fandoms and dismissed by those who run the archive, and seen by all wranglers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.wrangling import assigning
from tests.factories.people import UserFactory
from tests.tags.wrangled import canonical, tag
from tests.wrangling.pages import HOOK, at, errors, words

pytestmark = pytest.mark.django_db

LAMP = "The Lamp"


@pytest.fixture
def operator(client):
    """Somebody who runs the archive, logged in."""
    user = UserFactory(username="keeper", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def fandoms(db):
    """Two canonical fandoms."""
    return [canonical(HOOK, "fandom"), canonical(LAMP, "fandom")]


def of(user, deed="edit"):
    return reverse(f"wrangler_{deed}", args=[user.username])


def fandoms_of(user):
    return sorted(one.fandom.name for one in user.wrangler_assignments.all())


def test_a_member_is_made_a_wrangler_with_fandoms_to_begin_with(client, operator, fandoms):
    member = UserFactory(username="nell_wick")

    response = client.post(reverse("wrangler_new"), {"username": "NELL_wick", "fandoms": f"{HOOK}, {LAMP}"})

    member.refresh_from_db()
    assert (response.status_code, member.can_wrangle, fandoms_of(member)) == (302, True, [HOOK, LAMP])


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"username": ""}, "Name a member."),
        ({"username": "nobody_here"}, "There is no member “nobody_here”."),
        ({"username": "gone"}, "There is no member “gone”."),
        ({"username": "old_hand"}, "“old_hand” is a wrangler already."),
        ({"username": "nell_wick", "fandoms": "Nowhere"}, "There is no tag “Nowhere” of that kind."),
        ({"username": "nell_wick", "fandoms": "New"}, "“New” is not canonical. Make it so first."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, operator, sent, said):
    tag("New", "fandom")
    UserFactory(username="old_hand", is_wrangler=True)
    UserFactory(username="gone", is_active=False)
    member = UserFactory(username="nell_wick")

    response = client.post(reverse("wrangler_new"), sent)

    member.refresh_from_db()
    assert (response.status_code, errors(response), member.can_wrangle) == (422, [said], False)


def test_a_wrangler_is_given_other_fandoms(client, operator, fandoms):
    wrangler = UserFactory(is_wrangler=True)
    assigning.take(fandoms[:1], by=wrangler)

    client.post(of(wrangler), {"fandoms": LAMP})

    assert fandoms_of(wrangler) == [LAMP]


def test_an_administrator_who_looks_after_a_fandom_is_not_made_a_wrangler_by_that(client, operator, fandoms):
    staff = UserFactory(is_staff=True)
    assigning.take(fandoms, by=staff)

    client.post(of(staff), {"fandoms": ""})

    staff.refresh_from_db()
    assert (staff.is_wrangler, fandoms_of(staff)) == (False, [])


def test_who_is_dismissed_wrangles_no_longer_and_looks_after_nothing(client, operator, fandoms):
    wrangler = UserFactory(is_wrangler=True)
    assigning.take(fandoms, by=wrangler)

    client.post(of(wrangler, "dismiss"))

    wrangler.refresh_from_db()
    assert (wrangler.can_wrangle, fandoms_of(wrangler)) == (False, [])


def test_every_wrangler_sees_who_looks_after_what(client, wrangler, fandoms):
    assigning.take(fandoms, by=wrangler)

    index, of_fandom = client.get(reverse("wranglers_index")), client.get(at("tag_wrangle", HOOK))

    assert words(index, ".rows .title, .rows .commas li") == ["nell_wick", HOOK, LAMP]
    assert words(of_fandom, ".tag-bin-keepers") == ["Looked after by nell_wick."]


PLACES = {
    "list": lambda user: reverse("wranglers_index"),
    "new": lambda user: reverse("wrangler_new"),
    "one": of,
    "dismissal": lambda user: of(user, "dismiss"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ["is_wrangler", "is_staff", None])
def test_only_those_who_run_the_archive_say_who_wrangles(client, place, role):
    somebody = UserFactory(is_wrangler=True)
    client.force_login(UserFactory(**({role: True} if role else {})))

    response = client.post(PLACES[place](somebody), {"username": "x"})

    somebody.refresh_from_db()
    assert (response.status_code, somebody.is_wrangler) == (405 if place == "list" and role else 403, True)


@pytest.mark.parametrize("deed", [assigning.dismiss, lambda user, by: assigning.appoint(user, fandoms=[], by=by)])
def test_the_deeds_refuse_everybody_else_too(wrangler, deed):
    with pytest.raises(assigning.NotForYou):
        deed(UserFactory(), by=wrangler)


def test_who_is_no_wrangler_has_no_page(client, operator):
    assert client.get(of(UserFactory())).status_code == 404


WRANGLERS_QUERIES = 7


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_however_many_wrangle(client, operator, fandoms, count):
    for _ in range(count):
        assigning.appoint(UserFactory(), fandoms=fandoms, by=operator)

    with CaptureQueriesContext(connection) as queries:
        assert len(words(client.get(reverse("wranglers_index")), ".rows .title")) == count

    assert len(queries) == WRANGLERS_QUERIES
