"""The feed of what a member bookmarks: public bookmarks of public works, whoever asks."""

import pytest

from archive.community import bookmarking
from archive.works import deleting
from archive.works.series import Series
from tests.community.bookmarked import entry_of, keep
from tests.factories.people import UserFactory
from tests.factories.works import author_of, make_draft, make_work
from tests.transfer.test_feeds import feed, said, titles

pytestmark = pytest.mark.django_db

WAY = "/users/reader/bookmarks/feed.atom"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_ADDRESS = "http://testserver"


@pytest.fixture
def reader():
    return UserFactory(username="reader")


@pytest.mark.parametrize("who", ["guest", "member", "its owner"])
def test_it_has_public_bookmarks_of_what_a_guest_may_find_whoever_asks(client, reader, who):
    gone = make_work(title="Gone", series="The Lamp")
    keep(make_work(title="For everybody"), by=reader)
    keep(make_work(title="A secret"), by=reader, is_private=True)
    keep(make_work(title="For members", is_restricted=True), by=reader)
    keep(make_draft(title="Not yet", by=reader), by=reader)
    keep(Series.objects.get(), by=reader)
    keep(gone, by=reader)
    keep(make_work(title="Another's"))
    deleting.delete(gone, by=author_of(gone))
    if who != "guest":
        client.force_login(reader if who == "its owner" else UserFactory())

    assert titles(client, WAY) == ["For everybody"]


def test_an_entry_tells_what_the_work_warns_of_before_what_its_reader_says(client, reader):
    work = make_work(title="The Lamp", warnings=("Major Character Death",), text="<p>zqxtextzqx</p>")
    keep(work, by=reader, notes='Read it <a href="/works/1">twice</a>.', tags=["To Read"], is_rec=True)

    found = feed(client, WAY)
    [summary] = said(found, "a:entry/a:summary")

    assert summary.index("Major Character Death") < summary.index("Recommended by reader") < summary.index("Read it")
    assert 'href="http://testserver/works/1"' in summary
    assert "To Read" in said(found, "a:entry/a:category/@label")
    assert "zqxtextzqx" not in client.get(WAY).text


def test_it_is_sent_again_when_something_was_said_and_not_before(client, reader):
    bookmark = keep(make_work(), by=reader)
    etag = client.get(WAY).headers["ETag"]

    same = client.get(WAY, headers={"If-None-Match": etag}).status_code
    bookmarking.change(bookmark, entry_of(reader, notes="Now I have."), by=reader)
    other = client.get(WAY, headers={"If-None-Match": etag}).status_code
    bookmarking.change(bookmark, entry_of(reader, is_private=True), by=reader)

    assert (same, other, titles(client, WAY)) == (304, 200, [])


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_whatever_its_length(client, reader, django_assert_num_queries, count):
    for _ in range(count):
        keep(make_work(), by=reader)
    client.get(WAY)

    with django_assert_num_queries(5):
        client.get(WAY)


def test_what_is_no_page_or_nobody_is_a_404_in_a_sentence(client, reader):
    answers = [client.get(way) for way in (f"{WAY}?page=2", f"{WAY}?page=x", "/users/nobody/bookmarks/feed.atom")]

    assert [(answer.status_code, answer.text) for answer in answers] == [(404, "There is nothing here.\n")] * 3
