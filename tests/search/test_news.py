"""What a member follows and what is new in it, as pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from archive.reading import following
from archive.reading.models import Subscription
from archive.tags import undoing, wrangling
from archive.tags.models import Tag
from archive.warnings import consenting
from archive.works import asking, deleting
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.reading import follow, read
from tests.factories.works import add_chapter, author_of, make_work

pytestmark = pytest.mark.django_db

FANDOM = "The Lighthouse Keepers (TV)"


@pytest.fixture
def reader(client):
    reader = UserFactory(username="reader")
    client.force_login(reader)
    return reader


def at(name):
    return reverse(name, args=["reader"])


def page(client, name):
    return LexborHTMLParser(client.get(at(name)).content.decode())


def rows(client):
    """What is followed and what is new in it, as the page says."""
    return [" ".join(row.css_first("div").text().split()) for row in page(client, "subscriptions").css("ul.rows > li")]


def notes(client):
    return [" ".join(note.text().split()) for note in page(client, "news").css("li.reading-note")]


def old_work(**fields):
    work = make_work(expected_chapters=None, **fields)
    before = timezone.now() - dt.timedelta(days=9)
    work.chapters.update(published_at=before)
    type(work).objects.filter(pk=work.pk).update(published_at=before, revised_at=before)
    return type(work).objects.get(pk=work.pk)


def test_what_is_followed_stands_with_the_count_of_what_is_new(client, reader):
    work = make_work(title="Fog", by=UserFactory(username="ines"), series="Tides")
    for subject in (work, Series.objects.get(), author_of(work), Tag.objects.get(name=FANDOM)):
        follow(subject, by=reader)
    following.look(Subscription.objects.filter(series__isnull=False), by=reader)

    assert rows(client) == [f"{FANDOM} Tag · 1 new", "ines Author · 1 new", "Tides Series · nothing new", "Fog Work · new chapters"]


def test_new_chapters_are_named_and_new_works_are_told(client, reader):
    work = old_work(title="Fog")
    follow(work, by=reader)
    follow(author_of(work), by=reader)
    for title in ("", "Bells", "Gulls", "Rocks"):
        add_chapter(work, title=title)
    make_work(by=author_of(work))

    assert notes(client) == ["A new work.", "New: Bells, Gulls, Rocks and 1 more chapter"]


def test_all_of_it_can_be_seen_at_once(client, reader):
    follow(make_work(), by=reader)

    client.post(at("news"))

    assert notes(client) == []


def test_the_page_of_what_is_followed_is_looking_at_it(client, reader):
    work = make_work(series="Tides")
    for subject in (Series.objects.get(), author_of(work), Tag.objects.get(name=FANDOM)):
        follow(subject, by=reader)
        client.get(subject.get_absolute_url())

    assert notes(client) == []


def test_headers_alone_are_no_look(client, reader):
    work = make_work()
    follow(author_of(work), by=reader)

    client.head(author_of(work).get_absolute_url())

    assert notes(client) == ["A new work."]


def test_what_was_read_since_is_not_new(client, reader):
    work = make_work()
    follow(author_of(work), by=reader)
    counted = asking.counts_for(reader)["news"]

    read(work, by=reader)

    assert (counted, asking.counts_for(reader)["news"], notes(client)) == (1, 0, [])


@pytest.mark.parametrize("folds", [True, False])
def test_what_a_member_leaves_out_is_no_news(client, reader, folds):
    follow(author_of(make_work(warnings=("Graphic Depictions Of Violence",))), by=reader)
    violence = Tag.objects.get(name="Graphic Depictions Of Violence")

    consenting.choose({violence: "out"}, by=reader, hides_which=False, folds_left_out=folds)

    assert (notes(client), rows(client)[0][-11:], asking.counts_for(reader)["news"]) == ([], "nothing new", 0)


def test_authors_and_languages_that_are_left_out_are_not_counted(reader):
    german, other = make_work(language="de", series="Tides"), make_work()
    follow(Series.objects.get(), by=reader)
    follow(other, by=reader)
    before = asking.counts_for(reader)["news"]

    consenting.choose(
        {}, by=reader, hides_which=False, folds_left_out=False, languages=[german.language], authors=[author_of(other)]
    )

    assert (before, asking.counts_for(reader)["news"]) == (2, 0)


def test_what_is_followed_and_gone_has_no_name(client, reader):
    work = make_work(title="Taken Back")
    follow(work, by=reader)

    deleting.delete(work, by=author_of(work))

    assert rows(client) == ["Something that is no longer here Work · nothing new"]
    assert "Taken Back" not in page(client, "subscriptions").html


def test_the_menu_says_how_much_is_new_beside_the_requests(client, reader):
    follow(make_work(), by=reader)

    assert page(client, "readings").css_first("a[href$='/subscriptions'] .menu-count.quiet").text() == "1 new"


def test_who_follows_a_tag_follows_what_it_is_merged_into_and_back(reader):
    wrangler = UserFactory(is_staff=True)
    canonical = Tag.objects.create(name="Keepers", kind_id="fandom", is_canonical=True)
    make_work()
    tag = Tag.objects.get(name=FANDOM)
    follow(tag, by=reader)

    act = wrangling.merge(tag, into=canonical, by=wrangler)
    merged = Subscription.objects.get().tag
    undoing.undo(act, by=wrangler)

    assert (merged, Subscription.objects.get().tag) == (canonical, tag)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["subscriptions", "news"])
def test_news_take_the_same_queries_for_any_number(client, reader, django_assert_num_queries, count, name):
    for number in range(count):
        work = make_work(series=f"Tides {number}")
        for subject in (work, work.series_entries.get().series, author_of(work)):
            follow(subject, by=reader)
    follow(Tag.objects.get(name=FANDOM), by=reader)

    with django_assert_num_queries({"subscriptions": 13, "news": 11}[name]):
        client.get(at(name))


@pytest.mark.parametrize("count", [1, 3])
def test_the_menu_counts_all_in_one_statement(reader, django_assert_num_queries, count):
    for _ in range(count):
        follow(make_work(), by=reader)

    with django_assert_num_queries(1):
        assert asking.counts_for(reader)["news"] == count
