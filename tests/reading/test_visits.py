"""Opening works and stopping in them."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from archive.reading import visiting
from archive.reading.models import Reading
from tests.factories.people import UserFactory
from tests.factories.reading import follow, read
from tests.factories.works import add_chapter, author_of, make_draft, make_work

pytestmark = pytest.mark.django_db

AT = {"block": "3", "into_block": "0.5", "percent": "40", "at": "1700000000"}


@pytest.fixture
def reader(client):
    reader = UserFactory()
    client.force_login(reader)
    return reader


@pytest.fixture
def chaptered():
    work = make_work(expected_chapters=None)
    add_chapter(work)
    add_chapter(work)
    return work


def chapter(work, number):
    return work.chapters.in_order()[number - 1]


def line(response):
    """The line that offers to go on, and where it leads; nothing where it waits for a script."""
    line = LexborHTMLParser(response.content.decode()).css_first(".reading-place-line")
    return None if line is None or "hidden" in line.attributes else line.css_first("a").attributes["href"]


def stopped(work, number, **changes):
    return AT | {"chapter": chapter(work, number).pk} | changes


def place():
    return Reading.objects.values_list("chapter", "block", "into_block", "percent").get()


def test_a_work_that_a_member_opens_is_in_their_history(client, reader, chaptered):
    client.get(chapter(chaptered, 2).get_absolute_url())

    row = Reading.objects.get()

    assert (row.user, row.work, row.visits, row.chapter) == (reader, chaptered, 1, chapter(chaptered, 2))
    assert row.first_read_at == row.last_read_at


def test_pages_of_one_sitting_are_one_visit(client, reader, chaptered):
    for number in (1, 2):
        client.get(chapter(chaptered, number).get_absolute_url())
    Reading.objects.update(last_read_at=timezone.now() - dt.timedelta(hours=2))

    client.get(chapter(chaptered, 3).get_absolute_url())

    assert Reading.objects.get().visits == 2


def test_a_page_that_shows_the_advisory_is_no_visit(client, reader):
    work = make_work(rating="Explicit")

    client.get(work.get_absolute_url())

    assert not Reading.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Sec-Purpose": "prefetch"}])
def test_what_a_browser_fetches_beforehand_is_no_visit(client, reader, headers):
    client.get(make_work().get_absolute_url(), headers=headers)

    assert not Reading.objects.exists()


def test_neither_headers_nor_drafts_nor_own_works_are_visits(client, reader):
    client.head(make_work().get_absolute_url())
    client.get(make_work(by=reader).get_absolute_url())
    client.get(make_draft(by=reader).get_absolute_url())
    client.get(f"{make_work().get_absolute_url()}/navigate")

    assert not Reading.objects.exists()


def test_nothing_is_kept_of_a_guest(client, chaptered):
    client.get(chapter(chaptered, 1).get_absolute_url())

    assert not Reading.objects.exists()
    assert not client.cookies


def test_nothing_is_kept_while_the_history_is_off_and_the_old_stays(client, reader, chaptered):
    old = make_work()
    client.get(old.get_absolute_url())
    client.post(reverse("history_preferences"), {})

    page = client.get(chapter(chaptered, 1).get_absolute_url())
    client.post(reverse("work_stop", args=[old.pk]), stopped(old, 1))

    assert list(Reading.objects.values_list("work", "percent")) == [(old.pk, 0)]
    assert b"<reading-place" not in page.content


def test_an_earlier_chapter_does_not_take_the_place_of_a_later(client, reader, chaptered):
    client.get(chapter(chaptered, 2).get_absolute_url())

    back = client.get(chaptered.get_absolute_url(), follow=True)

    assert Reading.objects.get().chapter == chapter(chaptered, 2)
    assert line(back) == f"{chapter(chaptered, 2).get_absolute_url()}#stopped-here"


def test_where_a_member_stopped_is_offered_on_return(client, reader, chaptered):
    client.get(chapter(chaptered, 2).get_absolute_url())
    answer = client.post(reverse("work_stop", args=[chaptered.pk]), stopped(chaptered, 2))

    back = client.get(chapter(chaptered, 1).get_absolute_url())

    assert (answer.status_code, place()) == (204, (chapter(chaptered, 2).pk, 3, 0.5, 40))
    assert " ".join(LexborHTMLParser(back.content.decode()).css_first(".reading-place-line span").text().split()) == (
        "You stopped in chapter 2, at 40 %."
    )


def test_who_reads_on_is_offered_nothing(client, reader, chaptered):
    client.get(chapter(chaptered, 1).get_absolute_url())
    client.post(reverse("work_stop", args=[chaptered.pk]), stopped(chaptered, 1, percent="100"))

    assert line(client.get(chapter(chaptered, 1).get_absolute_url())) is None
    assert line(client.get(chapter(chaptered, 2).get_absolute_url())) is None


def test_the_later_of_two_devices_counts_by_its_readers_clock(client, reader, chaptered):
    client.get(chapter(chaptered, 1).get_absolute_url())
    send = reverse("work_stop", args=[chaptered.pk])
    client.post(send, stopped(chaptered, 3, at="1700000100"))

    client.post(send, stopped(chaptered, 2, at="1700000050"))

    assert place()[0] == chapter(chaptered, 3).pk


def test_a_clock_that_is_ahead_does_not_win_for_ever(client, reader, chaptered):
    client.get(chapter(chaptered, 1).get_absolute_url())
    client.post(reverse("work_stop", args=[chaptered.pk]), stopped(chaptered, 3, at="4000000000"))

    assert Reading.objects.get().placed_at <= timezone.now()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"block": "-1"}, {"block": "9" * 40}, {"into_block": "nan"}, {"into_block": "inf"}, {"into_block": "1.01"},
        {"percent": "101"}, {"at": "9" * 30}, {"at": "-1"}, {"chapter": "9" * 30}, {"chapter": "x\0"}, {"chapter": ""},
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused(client, reader, chaptered, spoilt):
    client.get(chapter(chaptered, 1).get_absolute_url())

    answer = client.post(reverse("work_stop", args=[chaptered.pk]), stopped(chaptered, 1, **spoilt))

    assert (answer.status_code, Reading.objects.get().placed_at) == (422, None)


def test_a_place_in_another_work_or_in_a_draft_is_not_there(client, reader, chaptered):
    client.get(chapter(chaptered, 1).get_absolute_url())
    draft, other = add_chapter(chaptered, posts=False), make_work()
    send = reverse("work_stop", args=[chaptered.pk])

    answers = [client.post(send, AT | {"chapter": one.pk}).status_code for one in (draft, chapter(other, 1))]

    assert (answers, Reading.objects.get().placed_at) == ([404, 404], None)


def test_a_place_in_a_work_that_was_never_opened_is_not_kept(client, reader, chaptered):
    client.post(reverse("work_stop", args=[chaptered.pk]), stopped(chaptered, 1))

    assert not Reading.objects.exists()


def test_a_place_in_a_chapter_that_is_gone_is_not_offered(client, reader, chaptered):
    client.get(chapter(chaptered, 2).get_absolute_url())
    chapter(chaptered, 2).delete()

    assert line(client.get(chapter(chaptered, 1).get_absolute_url())) is None


def test_opening_a_followed_work_is_looking_at_what_is_new(client, reader, chaptered):
    followed = follow(chaptered, by=reader)

    client.get(chapter(chaptered, 1).get_absolute_url())

    assert (type(followed).objects.get().seen_at - timezone.now()).total_seconds() > -60


@pytest.mark.parametrize("count", [1, 3])
def test_a_chapter_takes_three_queries_more_for_members(client, reader, django_assert_num_queries, count):
    work = make_work(expected_chapters=None)
    for _ in range(count - 1):
        add_chapter(work)
    read(work, by=reader)
    follow(author_of(work), by=reader)
    address = chapter(work, 1).get_absolute_url()

    with django_assert_num_queries(12):  # nine without history, subscriptions and bookmarks
        client.get(address)


@pytest.fixture
def commits_firmly():
    """Have commits wait for the disk, as outside of tests."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
        yield
        cursor.execute("RESET synchronous_commit")


def firmness():
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]


def test_a_visit_within_a_deed_lets_nothing_of_it_be_kept_more_loosely(commits_firmly, reader, chaptered):
    with transaction.atomic():
        visiting.visit(chaptered, chapter(chaptered, 1), by=reader)

        assert (firmness(), Reading.objects.count()) == ("on", 1)


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_a_visit_is_kept_as_firmly_as_ever(commits_firmly, reader, chaptered):
    visiting.visit(chaptered, chapter(chaptered, 1), by=reader)

    assert (firmness(), Reading.objects.count()) == ("on", 1)
