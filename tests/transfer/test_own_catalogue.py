"""One's own bookmarks in the catalogue: for their owner's app password, and nobody else."""

import json

import pytest
from lxml import etree

from archive.people.models import Scope
from archive.tags.models import Tag
from archive.warnings import avoiding
from archive.works import deleting
from tests.community.bookmarked import keep
from tests.factories.people import UserFactory
from tests.factories.works import author_of, make_draft, make_work
from tests.people.app_passwords import basic, secret_of
from tests.transfer.test_catalogue import KOREADER, said

pytestmark = pytest.mark.django_db

WAY = "/opds/bookmarks"


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    settings.SITE_ADDRESS = "http://testserver"
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def heron():
    return UserFactory(username="heron")


def shown(user, scope=Scope.MARKS):
    return basic(user.username, secret_of(user, scope, name=scope.value))


def test_they_need_a_password_that_opens_them(client, heron):
    wrong = basic("heron", "lamp-wrong")

    answers = [client.get(WAY, headers=headers) for headers in ({}, wrong, shown(heron, Scope.READ), shown(heron))]

    assert [answer.status_code for answer in answers] == [401, 401, 403, 200]
    assert answers[0].headers["WWW-Authenticate"].startswith("Basic ")
    assert (answers[3].headers["Cache-Control"], dict(answers[3].cookies)) == ("private, no-cache", {})


def test_they_are_their_owners_own_in_both_languages(client, heron):
    gone = make_work(title="Gone")
    for work in (
        make_work(title="First"),
        make_work(title="For members", is_restricted=True),
        make_draft(title="Not yet", by=heron),
        gone,
    ):
        keep(work, by=heron, is_private=True)
    keep(make_work(title="Another's"))
    deleting.delete(gone, by=author_of(gone))
    headers = shown(heron)

    first = said(etree.fromstring(client.get(WAY, headers=headers).content), "a:entry/a:title")
    second = json.loads(client.get(WAY, headers={**headers, "Accept": KOREADER}).content)["publications"]

    assert (first, [one["metadata"]["title"] for one in second]) == (["For members", "First"], ["For members", "First"])


def test_what_is_left_out_is_not_in_them(client, heron):
    keep(make_work(warnings=("Major Character Death",)), by=heron)
    avoiding.avoid(Tag.objects.get(name="Major Character Death"), by=heron)

    answer = client.get(WAY, headers=shown(heron))

    assert said(etree.fromstring(answer.content), "a:entry/a:title") == []


@pytest.mark.parametrize("count", [1, 3])
def test_they_take_the_same_queries_whatever_their_number(client, heron, django_assert_num_queries, count):
    for _ in range(count):
        keep(make_work(), by=heron)
    headers = shown(heron)
    client.get(WAY, headers=headers)

    with django_assert_num_queries(5):
        client.get(WAY, headers=headers)
