"""Posting dates: given by the author, never of the future, and what a work's own dates follow from."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.search.index import building
from archive.search.index.following import Follower
from archive.works import dating, deleting, publishing, writing
from archive.works.chapters import Chapter
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work
from tests.search.indexed import by_index, settle
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(2004, 11, 30)
NOON = dt.datetime(2004, 11, 30, 12, tzinfo=dt.UTC)


def dates(work):
    work = Work.objects.get(pk=work.pk)
    return work.published_at, work.revised_at


def chapter_form(**fields):
    return {"action": "post", "text": "The lamp goes out again.", "expected_chapters": "", **fields}


def test_a_work_of_an_earlier_day_stands_at_that_day_in_listings(client, author):
    recent = make_work()

    client.post(reverse("work_new"), form_of(author) | {"action": "post", "dated_on": "2004-11-30"})

    old = Work.objects.latest("pk")
    assert dates(old) == (NOON, NOON)
    assert list(Work.objects.published().latest_first()) == [recent, old]


def test_the_day_of_a_draft_is_kept_until_it_is_posted(client, author):
    client.post(reverse("work_new"), form_of(author) | {"action": "save", "dated_on": "2004-11-30"})
    draft = Work.objects.get()
    kept = client.get(reverse("work_edit", args=[draft.pk])).context["form"]["dated_on"].value()

    client.post(reverse("work_publication", args=[draft.pk]))

    assert (kept, dates(draft)) == (LONG_AGO, (NOON, NOON))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("2999-01-01", "still to come"), ("1900-01-01", "earliest"), ("30.11.2004", "2004-11-30"), ("2004-02-31", "2004-11-30")],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(client, author, written, sentence):
    answer = client.post(reverse("work_new"), form_of(author) | {"action": "post", "dated_on": written})

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["dated_on"][0]
    assert f'value="{written}"' in answer.content.decode()


def test_today_means_now(author):
    work = make_draft(by=author)
    before = timezone.now()
    dating.date_chapter(work.chapters.get(), timezone.localdate(), by=author)

    publishing.publish(work, by=author)

    assert dates(work)[1] >= before


def test_a_chapter_of_an_earlier_day_does_not_move_the_work(client, author):
    work = make_work(by=author, expected_chapters=None)
    before = dates(work)

    client.post(reverse("chapter_new", args=[work.pk]), chapter_form(dated_on="2004-11-30"))

    assert Chapter.objects.latest("pk").published_at == NOON
    assert dates(work) == (NOON, before[1])


def test_an_edit_moves_nothing_and_keeps_the_day(client, author):
    work = make_work(by=author, expected_chapters=None)
    chapter = add_chapter(work)
    dating.date_chapter(chapter, LONG_AGO, by=author)
    before = dates(work)
    shown = client.get(reverse("chapter_edit", args=[work.pk, chapter.pk])).context["form"]["dated_on"].value()

    client.post(
        reverse("chapter_edit", args=[work.pk, chapter.pk]),
        chapter_form(action="save", dated_on=shown.isoformat(), text_version="1"),
    )
    writing.edit_chapter(chapter, chapter_entry("<p>Another lamp, lit later.</p>"), version=2, by=author)

    chapter.refresh_from_db()
    assert (shown, chapter.published_at, dates(work)) == (LONG_AGO, NOON, before)


def test_a_posted_work_is_given_another_day(client, author):
    work = make_work(by=author)

    client.post(
        reverse("work_edit", args=[work.pk]),
        form_of(author) | {"action": "save", "version": "1", "text_version": "1", "dated_on": "2004-11-30"},
    )

    assert dates(work) == (NOON, NOON)


def test_the_newest_chapter_that_goes_takes_its_date_along(author):
    work = make_work(by=author, expected_chapters=None)
    newest = add_chapter(work)
    dating.date_chapter(work.chapters.in_order().first(), LONG_AGO, by=author)

    deleting.delete_chapter(newest, by=author)

    assert dates(work) == (NOON, NOON)


@pytest.mark.django_db(transaction=True)
def test_the_index_is_told_the_day(index_folder):
    first, second = make_work(), make_work()
    building.build()
    before = by_index().ids

    dating.date_chapter(second.chapters.get(), LONG_AGO, by=UserFactory())
    settle(Follower.of_current())

    assert (before, by_index().ids) == ([second.pk, first.pk], [first.pk, second.pk])


def test_nobody_dates_the_chapter_of_another(client, author):
    work = make_work()

    answer = client.post(reverse("chapter_edit", args=[work.pk, work.chapters.get().pk]), chapter_form(dated_on="2004-11-30"))

    assert answer.status_code == 404
    assert dates(work)[0] != NOON


# How many chapters there will be


@pytest.mark.parametrize(("promised", "expected", "is_complete"), [("", "1/?", False), ("1", "1/1", True), ("3", "1/3", False)])
def test_a_question_mark_stands_for_what_nobody_knows(client, author, promised, expected, is_complete):
    client.post(reverse("work_new"), form_of(author) | {"action": "post", "expected_chapters": promised})

    work = Work.objects.get()
    assert (work.chapters_of_expected, work.is_complete) == (expected, is_complete)


def test_fewer_chapters_than_there_are_cannot_be_promised(client, author):
    work = make_work(by=author, expected_chapters=None)
    chapter = add_chapter(work)

    answer = client.post(
        reverse("chapter_edit", args=[work.pk, chapter.pk]), chapter_form(action="save", expected_chapters="1", text_version="1")
    )

    assert "There are 2 chapters already" in answer.context["form"].errors["expected_chapters"][0]
    assert Work.objects.get().chapters_of_expected == "2/?"


@pytest.mark.parametrize(
    ("promised", "sent", "expected"),
    [(None, "5", "2/5"), (5, "5", "2/5"), (5, "", "2/?"), (1, "", "2/?"), (1, "2", "2/2"), (2, "1", "2/2")],
)
def test_a_new_chapter_says_how_many_there_will_be(client, author, promised, sent, expected):
    work = make_work(by=author, expected_chapters=promised)

    client.post(reverse("chapter_new", args=[work.pk]), chapter_form(expected_chapters=sent))

    assert Work.objects.get().chapters_of_expected == expected


def test_a_work_that_was_whole_promises_nothing_more_when_it_grows(client, author):
    work = make_work(by=author, expected_chapters=1)

    form = client.get(reverse("chapter_new", args=[work.pk])).context["form"]

    assert (form["position"].value(), form["expected_chapters"].value()) == (2, None)


def test_a_new_chapter_goes_to_the_number_that_was_asked(client, author):
    work = make_work(by=author, expected_chapters=None)
    add_chapter(work, title="Last")

    client.post(reverse("chapter_new", args=[work.pk]), chapter_form(position="2", chapter_title="Between"))

    assert list(work.chapters.in_order().values_list("title", flat=True)) == ["", "Between", "Last"]
