"""Bookmarking on the page of a work, and on pages of its own."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from archive.community.models import NOTES_LENGTH, Bookmark
from archive.works.series import Series
from tests.community.bookmarked import counted, keep
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, make_draft, make_work

pytestmark = pytest.mark.django_db


def said(notes="Read it again.", tags="To Read, lamps", **more):
    """What the form sends."""
    return {f"bookmark[{name}]": value for name, value in {"bookmarker_notes": notes, "tag_string": tags, **more}.items()}


@pytest.fixture
def reader(client):
    user = UserFactory(username="reader")
    client.force_login(user)
    return user


def test_the_form_on_a_work_makes_a_bookmark_and_leads_back(client, reader):
    work = make_work()

    answer = client.post(f"/works/{work.pk}/bookmarks", said(rec="on", private="on") | {"next": f"/works/{work.pk}"})

    kept = Bookmark.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/works/{work.pk}")
    assert (kept.pseud.user, kept.work, kept.notes, kept.tag_names) == (reader, work, "<p>Read it again.</p>", ["To Read", "lamps"])
    assert (kept.is_rec, kept.is_private, counted(work)) == (True, True, 0)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_led_elsewhere(client, reader, wanted):
    answer = client.post(f"/works/{make_work().pk}/bookmarks", said() | {"next": wanted})

    assert answer.url == Bookmark.objects.get().get_absolute_url()


def test_the_hidden_noughts_of_ao3s_forms_mean_no(client, reader):
    client.post(f"/works/{make_work().pk}/bookmarks", said(rec=["0", "1"], private=["0"]))

    assert (Bookmark.objects.get().is_rec, Bookmark.objects.get().is_private) == (True, False)


def test_sent_twice_it_is_one(client, reader):
    work = make_work()

    answers = [client.post(f"/works/{work.pk}/bookmarks", said()) for _ in range(2)]

    assert {answer.url for answer in answers} == {Bookmark.objects.get().get_absolute_url()}


def test_what_would_replace_a_bookmark_is_shown_beside_it_first(client, reader):
    work = make_work()
    bookmark = keep(work, by=reader, notes="The words that were there.")

    answer = client.post(f"/works/{work.pk}/bookmarks", said(notes="Other words."))

    assert answer.status_code == 409
    assert f'action="/bookmarks/{bookmark.pk}/edit"' in answer.text
    assert "The words that were there." in answer.text
    assert "Other words." in answer.text
    assert Bookmark.objects.get().notes == "<p>The words that were there.</p>"


MISTAKES = {
    "too long": said(notes="n" * (NOTES_LENGTH + 1)),
    "nul": said(notes="a\0b"),
    "nul in tags": said(tags="a\0b"),
    "bad tag": said(tags="good, a<b"),
    "too many tags": said(tags=",".join(f"t{number}" for number in range(76))),
    "long tag": said(tags="n" * 151),
    "no number": said(pseud_id="me"),
    "huge": said(pseud_id="9" * 40),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_its_sentence_and_everything_stays(client, reader, mistake):
    work = make_work()

    answer = client.post(f"/works/{work.pk}/bookmarks", MISTAKES[mistake])

    assert answer.status_code == 422
    assert "field-errors" in answer.text
    assert not Bookmark.objects.exists()
    if mistake == "bad tag":
        assert 'value="good, a&lt;b"' in answer.text
        assert "Read it again." in answer.text


def test_another_ones_pseud_is_refused(client, reader):
    other = UserFactory()

    answer = client.post(f"/works/{make_work().pk}/bookmarks", said(pseud_id=other.pseuds.get().pk))

    assert answer.status_code == 422
    assert "none of your pseuds" in answer.text


def test_a_bookmark_stands_under_the_pseud_that_was_chosen(client, reader):
    pseud = PseudFactory(user=reader, name="heron")

    client.post(f"/works/{make_work().pk}/bookmarks", said(pseud_id=pseud.pk))

    assert Bookmark.objects.get().pseud == pseud


def test_markup_that_could_harm_is_cleaned(client, reader):
    client.post(f"/works/{make_work().pk}/bookmarks", said(notes="<img src=x onerror=alert(1)><script>x</script><b>Yes</b>"))

    assert Bookmark.objects.get().notes == "<p><b>Yes</b></p>"


def test_what_is_not_there_for_me_cannot_be_bookmarked(client, reader):
    draft = make_draft()

    statuses = [client.post(f"/works/{pk}/bookmarks", said()).status_code for pk in (draft.pk, 10**6, 10**30)]

    assert statuses == [404] * 3
    assert client.get(f"/works/{draft.pk}/bookmarks/new").status_code == 404


def test_a_guest_is_asked_to_log_in_and_has_no_form(client):
    work = make_work()

    page = client.get(work.get_absolute_url())
    answer = client.get(f"/works/{work.pk}/bookmarks/new")

    assert "bookmark_notes" not in page.text
    assert "Set-Cookie" not in page.headers
    assert answer.url == f"/users/login?next=/works/{work.pk}/bookmarks/new"


def test_the_page_of_a_work_costs_a_member_one_query_more(client, reader, django_assert_max_num_queries):
    work = make_work()
    keep(work, by=reader, tags=["Lamps"])
    client.get(work.get_absolute_url())

    with django_assert_max_num_queries(30) as asked:
        client.get(work.get_absolute_url())

    assert len([query for query in asked.captured_queries if "archive_bookmark" in query["sql"]]) == 1


def test_every_chapter_carries_the_form_that_tools_read(client, reader):
    work = make_work(expected_chapters=None)
    chapter = add_chapter(work)
    bookmark = keep(work, by=reader, notes="Once <em>more</em>", tags=["To Read", "lamps"], is_private=True)

    for page in (client.get(way, follow=True).text for way in (work.get_absolute_url(), chapter.get_absolute_url())):
        assert f'action="/bookmarks/{bookmark.pk}/edit"' in page
        assert 'value="To Read, lamps"' in page
        for id_ in ("bookmark_notes", "bookmark_tag_string", "bookmark_private", "bookmark_rec", "bookmark_pseud_id"):
            assert page.count(f'id="{id_}"') == 1


def test_a_bookmark_is_changed(client, reader):
    bookmark = keep(make_work(), by=reader, notes="Before.", is_private=True)

    answer = client.post(f"/bookmarks/{bookmark.pk}/edit", said(notes="After.", tags=""))

    kept = Bookmark.objects.get()
    assert answer.url == bookmark.get_absolute_url()
    assert (kept.notes, kept.tag_names, kept.is_private) == ("<p>After.</p>", [], False)


@pytest.mark.parametrize("view", ["bookmark_edit", "bookmark_delete"])
def test_nobody_changes_or_deletes_anothers(client, reader, view):
    bookmark = keep(make_work(), notes="Theirs.")
    way = reverse(view, args=[bookmark.pk])

    assert [client.get(way).status_code, client.post(way, said()).status_code] == [404, 404]
    assert Bookmark.objects.get().notes == "<p>Theirs.</p>"


def test_deleting_asks_first(client, reader):
    bookmark = keep(make_work(title="The Lamp"), by=reader)
    way = reverse("bookmark_delete", args=[bookmark.pk])

    asked = client.get(way)
    there = Bookmark.objects.exists()
    answer = client.post(way)

    assert ("The Lamp" in asked.text, there, Bookmark.objects.exists()) == (True, True, False)
    assert answer.url == "/users/reader/bookmarks"


def test_a_series_is_bookmarked_from_its_page(client, reader):
    make_work(series="The Lamps")
    series = Series.objects.get()

    page = client.get(series.get_absolute_url()).text
    client.post(f"/series/{series.pk}/bookmarks", said())

    assert f'href="/series/{series.pk}/bookmarks/new"' in page
    assert Bookmark.objects.get().series == series


def test_a_count_on_a_work_leads_to_its_bookmarks(client):
    work = make_work()
    client.get("/works")  # drawn, and remembered, before anybody has bookmarked it
    keep(work)

    link = f'<dd class="bookmarks"><a href="/works/{work.pk}/bookmarks">1</a></dd>'
    assert link in client.get("/works").text
    assert link in client.get(work.get_absolute_url()).text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one():
    reader, work = UserFactory(), make_work()
    answers = []

    def press():
        client = Client()
        client.force_login(reader)
        answers.append(client.post(f"/works/{work.pk}/bookmarks", said()).status_code)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert answers == [302] * 4
    assert (Bookmark.objects.count(), counted(work)) == (1, 1)
