"""A member's own feeds at secret addresses, and their own lists in the catalogue."""

import base64
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from archive.people import passes
from archive.people.models import Scope
from archive.reading import following, marking
from archive.tags.models import Tag
from archive.transfer.feeding import keys
from archive.transfer.feeding.models import FeedKey
from archive.warnings.models import Answer, Choice, WarningPreferences
from archive.works import deleting
from tests.community.bookmarked import keep
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db

NS = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_ADDRESS = "http://testserver"


@pytest.fixture
def author():
    return UserFactory()


@pytest.fixture
def member(author):
    """Somebody who follows the author, and has a key."""
    member = UserFactory(username="reader")
    following.follow(author, by=member)
    keys.renew(by=member)
    return member


def address(member, which="subscriptions"):
    return f"/feeds/{FeedKey.objects.get(user=member).key}/{which}.atom"


def titles(answer):
    assert answer.status_code == 200, answer.content
    return [node.text for node in etree.fromstring(answer.content).findall("a:entry/a:title", NS)]


def shown(member, *scopes, login=None):
    """The header of a client that shows an app password of these scopes."""
    made = passes.make(by=member, name="E-reader", scopes=scopes)
    pair = f"{login or member.username}:{made.secret}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def plant(author, member):
    """Works of every state, all of them marked."""
    works = [make_work(by=author, title="For everybody"), make_work(by=author, title="For members", is_restricted=True)]
    gone = make_work(by=author, title="Gone")
    make_draft(by=author, title="For nobody")
    for work in (*works, gone):
        marking.mark_for_later(work, by=member)
        keep(work, by=member)
    deleting.delete(gone, by=author)


@pytest.mark.parametrize("which", ["subscriptions", "marked"])
def test_the_feeds_of_a_member_have_what_members_may_find(client, author, member, which):
    plant(author, member)

    answer = client.get(address(member, which))

    assert titles(answer) == ["For members", "For everybody"]
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("private, no-cache", "noindex")
    assert not answer.cookies


def leave_out(member, name):
    Choice.objects.create(user=member, tag=Tag.objects.get(name=name), answer=Answer.OUT)


@pytest.mark.parametrize("folds", [False, True])
@pytest.mark.parametrize("which", ["subscriptions", "marked"])
def test_what_a_member_leaves_out_is_in_none_of_their_feeds(client, author, member, which, folds):
    marking.mark_for_later(make_work(by=author, title="Fog", tags={"freeform": ["Fog"]}), by=member)
    WarningPreferences.objects.create(user=member, folds_left_out=folds)
    leave_out(member, "Fog")

    assert titles(client.get(address(member, which))) == []


def test_who_would_rather_not_know_which_warnings_there_are_is_not_told_by_their_feed(client, author, member):
    make_work(by=author, warnings=("Major Character Death",), content_notes="Drowning.")
    WarningPreferences.objects.create(user=member, hides_which=True)
    reading = shown(member, Scope.READ)

    answers = [
        client.get(address(member)),
        client.get("/opds/works", headers=reading),
        client.get("/opds/works", headers=reading | {"Accept": "application/opds+json"}),
    ]

    assert [b"Major Character Death" in answer.content for answer in answers] == [False] * 3
    assert [b"This work has warnings." in answer.content for answer in answers] == [True] * 3


def test_new_addresses_close_the_old_ones(client, member):
    old = address(member)
    client.force_login(member)

    client.post("/feeds/renewal")

    assert (client.get(old).status_code, client.get(address(member)).status_code) == (404, 200)
    assert address(member) in client.get("/feeds").content.decode()


def test_feeds_can_be_closed(client, member):
    old = address(member)
    client.force_login(member)

    client.post("/feeds/removal")

    assert client.get(old).status_code == 404
    assert b".atom" not in client.get("/feeds").content


def test_the_feeds_of_an_account_that_is_closed_lead_nowhere(client, member):
    member.is_active = False
    member.save(update_fields=["is_active"])

    assert client.get(address(member)).status_code == 404


def test_a_guest_has_no_page_of_feeds(client):
    assert client.get("/feeds").url.startswith("/users/login")


@pytest.mark.parametrize("which", ["subscriptions", "marked"])
@pytest.mark.parametrize("count", [1, 3])
def test_an_own_feed_takes_the_same_queries_whatever_its_length(client, author, member, which, count):
    for _ in range(count):
        marking.mark_for_later(make_work(by=author, series="The Lamp"), by=member)
    client.get(address(member, which))
    asked = address(member, which)

    with CaptureQueriesContext(connection) as queries:
        client.get(asked)

    assert len(queries) == 5


# The catalogue with an app password


@pytest.mark.parametrize(
    ("which", "scope"), [("works", Scope.READ), ("marked", Scope.MARKS), ("followed", Scope.MARKS), ("bookmarks", Scope.MARKS)]
)
def test_the_catalogue_shows_a_member_what_members_may_find(client, author, member, which, scope):
    plant(author, member)

    answer = client.get(f"/opds/{which}", headers=shown(member, scope))

    assert titles(answer) == ["For members", "For everybody"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not answer.cookies


def test_a_locked_work_is_no_open_access_and_has_a_cover_that_tells_nothing(client, author, member):
    make_work(by=author, is_restricted=True)

    entry = etree.fromstring(client.get("/opds/works", headers=shown(member, Scope.READ)).content).find("a:entry", NS)

    rels = {link.get("rel"): link.get("href") for link in entry.findall("a:link", NS)}
    assert sorted(rel.rpartition("/")[2] for rel in rels) == ["acquisition", "alternate", "image", "thumbnail"]
    assert rels["http://opds-spec.org/image"] == "http://testserver/opds/cover.png"


def test_the_e_book_of_a_locked_work_can_be_fetched_with_the_same_app_password(client, author, member, settings, tmp_path):
    settings.FILES_FOLDER = tmp_path
    make_work(by=author, is_restricted=True, rating="Explicit")
    reading = shown(member, Scope.READ)
    entry = etree.fromstring(client.get("/opds/works", headers=reading).content).find("a:entry", NS)
    [book] = [link.get("href") for link in entry.findall("a:link", NS) if link.get("type") == "application/epub+zip"]

    answers = [client.get(book, headers=headers) for headers in (reading, {})]

    assert [answer.status_code for answer in answers] == [200, 401]
    answers[0].close()


@pytest.mark.parametrize("address", ["/opds/marked", "/opds/followed", "/opds/bookmarks"])
def test_own_lists_ask_who_one_is_as_catalogues_ask(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/opds-authentication+json")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert json.loads(answer.content)["authentication"] == [
        {"type": "http://opds-spec.org/auth/basic", "labels": {"login": "User name", "password": "App password"}}
    ]
    assert json.loads(client.get("/opds/authentication").content) == json.loads(answer.content)


def test_a_wrong_app_password_is_refused_everywhere_in_the_catalogue(client, member):
    wrong = shown(member, Scope.READ, login="somebody")

    assert [client.get(where, headers=wrong).status_code for where in ("/opds", "/opds/works", "/opds/marked")] == [401] * 3


def test_an_app_password_for_reading_opens_no_lists(client, member):
    assert client.get("/opds/marked", headers=shown(member, Scope.READ)).status_code == 403


def test_own_lists_do_not_open_to_a_cookie(client, member):
    client.force_login(member)

    assert client.get("/opds/marked").status_code == 401


@pytest.mark.parametrize("which", ["works", "marked", "followed"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_for_a_member_takes_at_most_twelve_queries(client, author, member, which, count):
    for _ in range(count):
        marking.mark_for_later(make_work(by=author, series="The Lamp"), by=member)
    headers = shown(member, Scope.READ, Scope.MARKS)
    client.get(f"/opds/{which}", headers=headers)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/opds/{which}", headers=headers)

    assert len(queries) == {"works": 10, "marked": 5, "followed": 5}[which]


def test_a_new_password_closes_the_feeds_of_the_account_alone(client, member):
    heron, new = UserFactory(username="heron", password=PASSWORD), "ten lamps in a row"
    keys.renew(by=heron)
    addresses = [address(heron, "marked"), address(member, "marked")]
    client.force_login(heron)

    before = [client.get(feed).status_code for feed in addresses]
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (before, [client.get(feed).status_code for feed in addresses]) == ([200, 200], [404, 200])
