"""A member's history and what they mark for later, as pages."""

import datetime as dt

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.reading import marking
from archive.reading.models import Reading, Subscription
from archive.tags.models import Tag
from archive.warnings import consenting
from archive.works import deleting
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.reading import read
from tests.factories.works import author_of, make_work

pytestmark = pytest.mark.django_db

PAGES = ["readings", "marked", "readings_gone", "readings_clear", "subscriptions", "news"]


@pytest.fixture
def reader(client):
    reader = UserFactory(username="reader")
    client.force_login(reader)
    return reader


def at(name, *more):
    return reverse(name, args=["reader", *more])


def shown(client, address, **query):
    """The titles on a page, in their order."""
    page = LexborHTMLParser(client.get(address, query).content.decode())
    return [link.text() for link in page.css("li.blurb h4.heading > a:first-child")]


def notes(client, address):
    page = LexborHTMLParser(client.get(address).content.decode())
    return [" ".join(note.css_first("span").text().split()) for note in page.css("li.reading-note")]


def test_what_was_read_stands_with_the_latest_first(client, reader):
    for days, title in ((3, "Old"), (1, "Late"), (2, "Middle")):
        read(make_work(title=title), by=reader, days_ago=days)
    marking.mark_for_later(make_work(title="Unread"), by=reader)

    assert shown(client, at("readings")) == ["Late", "Middle", "Old"]
    assert shown(client, at("marked")) == ["Unread"]


def test_a_history_says_when_and_how_often_and_whether_there_is_more_since(client, reader):
    moment = dt.datetime(2020, 5, 3, 12, tzinfo=dt.UTC)
    read(make_work(), by=reader, first_read_at=moment, last_read_at=moment, visits=4)

    assert notes(client, at("readings")) == ["Last visited on 3 May 2020, 4 times. Updated since."]


def test_a_history_can_be_filtered_and_sorted(client, reader):
    read(make_work(title="Fog", rating="Mature", expected_chapters=1), by=reader)
    read(make_work(title="Bells", expected_chapters=None), by=reader, days_ago=2)
    read(make_work(title="Anchors", expected_chapters=None), by=reader, days_ago=1)
    make_work(title="Never opened", expected_chapters=None)

    assert shown(client, at("readings"), **{"work_search[complete]": "F"}) == ["Anchors", "Bells"]
    assert shown(client, at("readings"), **{"work_search[sort_column]": "title_to_sort_on"}) == ["Anchors", "Bells", "Fog"]


def test_the_address_that_is_known_for_marked_works_leads_to_them(client, reader):
    answer = client.get(at("readings"), {"show": "to-read", "page": "2"})

    assert answer.url == f"{at('marked')}?page=2"


@pytest.mark.parametrize("name", PAGES)
def test_a_history_is_nobody_elses(client, name):
    other = UserFactory(username="reader")
    read(make_work(title="Secret"), by=other)
    address = at(name)

    as_guest = client.get(address)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert as_guest.url.startswith("/users/login")
    assert (client.get(address).status_code, client.post(address, {}).status_code) in {(404, 404), (404, 405)}


def test_what_is_gone_is_not_named(client, reader):
    work = make_work(title="Taken Back")
    read(work, by=reader)
    read(make_work(title="Purged"), by=reader)
    deleting.delete(work, by=author_of(work))
    Work.objects.filter(title="Purged").delete()

    history, gone = (client.get(at(name)).content.decode() for name in ("readings", "readings_gone"))

    assert at("readings_gone") in history
    assert gone.count("A work that is gone.") == 2
    assert not any(title in page for page in (history, gone) for title in ("Taken Back", "Purged"))


def test_what_is_gone_can_be_forgotten(client, reader):
    work, kept = make_work(), make_work()
    read(work, by=reader)
    read(kept, by=reader)
    deleting.delete(work, by=author_of(work))

    client.post(at("readings_gone"))

    assert list(Reading.objects.values_list("work", flat=True)) == [kept.pk]


def test_what_a_reader_leaves_out_is_left_out_of_their_history(client, reader):
    read(make_work(title="Rough", warnings=("Graphic Depictions Of Violence",)), by=reader)
    violence = Tag.objects.get(name="Graphic Depictions Of Violence")

    consenting.choose({violence: "out"}, by=reader, hides_which=False, folds_left_out=False)

    assert shown(client, at("readings")) == []


def test_one_work_is_taken_out_and_stays_marked(client, reader):
    work = make_work()
    row = read(work, by=reader, chapter=work.chapters.get(), percent=50)
    marking.mark_for_later(work, by=reader)

    client.post(at("reading", row.pk), {"_method": "delete"})

    row.refresh_from_db()
    assert (row.last_read_at, row.visits, row.chapter, row.percent) == (None, 0, None, 0)
    assert shown(client, at("marked")) == [str(work)]


def test_nobody_takes_anything_out_of_anothers_history(client, reader):
    theirs = read(make_work(), by=UserFactory())

    assert client.post(at("reading", theirs.pk)).status_code == 404
    assert Reading.objects.filter(pk=theirs.pk).exists()


def test_a_history_is_cleared_after_a_question(client, reader):
    read(make_work(), by=reader)
    theirs = read(make_work(), by=UserFactory())

    client.get(at("readings_clear"))
    asked = Reading.objects.of(reader).count()
    client.post(at("readings_clear"))

    assert (asked, list(Reading.objects.all())) == (1, [theirs])


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "x", "2"])
def test_a_page_that_is_none_is_not_there(client, reader, page):
    for name in ("readings", "marked", "readings_gone", "subscriptions", "news"):
        assert client.get(at(name), {"page": page}).status_code == 404


def test_search_engines_and_other_members_find_no_trace_of_a_history(client, reader):
    work = make_work()
    before = client.get(work.get_absolute_url()).content
    client.force_login(UserFactory(username="reader2"))

    assert b"reader/" not in before.replace(b"/users/reader/", b"")
    assert b"/users/reader/" not in client.get(work.get_absolute_url()).content


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["readings", "marked"])
def test_a_history_takes_the_same_queries_for_any_number_of_works(client, reader, django_assert_num_queries, count, name):
    for _ in range(count):
        work = make_work()
        read(work, by=reader)
        marking.mark_for_later(work, by=reader)

    with django_assert_num_queries({"readings": 14, "marked": 13}[name]):
        client.get(at(name))


@pytest.mark.parametrize("page", ["readings", "marked"])
def test_what_is_ones_own_has_no_feed_at_its_address(client, reader, page):
    read(make_work(), by=reader)

    assert b"feed.atom" not in client.get(at(page)).content
    assert client.get(f"{at(page)}/feed.atom").status_code == 404


@pytest.mark.parametrize("name", ["readings", "marked", "subscriptions"])
def test_who_takes_the_last_row_off_a_page_comes_back_to_the_page_before(client, reader, name):
    if name == "subscriptions":
        Subscription.objects.bulk_create(Subscription(user=reader, author=UserFactory()) for _number in range(51))
    else:
        for _number in range(21):
            marking.mark_for_later(read(make_work(), by=reader).work, by=reader)

    last = f"{at(name)}?page=2"
    form = LexborHTMLParser(client.get(last).content.decode()).css_first("form:has([name=_method])")
    sent = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")}
    answer = client.post(form.attributes["action"], sent, headers={"referer": f"http://testserver{last}"})

    assert answer.url == f"http://testserver{at(name)}?page=1"
    assert client.get(answer.url).status_code == 200
    assert client.get(last).status_code == 404
    does_not_tell_where_one_was = client.post(form.attributes["action"], sent)
    assert client.get(does_not_tell_where_one_was.url).status_code == 200
