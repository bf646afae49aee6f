"""Marking works for later, and what is marked."""

import pytest
from django.db import IntegrityError, transaction

from archive.reading import marking, marks
from archive.reading.models import Reading
from archive.works import deleting
from tests.factories.people import UserFactory
from tests.factories.reading import read
from tests.factories.works import author_of, make_draft, make_work

pytestmark = pytest.mark.django_db


def test_marked_works_are_answered_with_the_latest_first():
    reader, first, second = UserFactory(), make_work(), make_work(is_restricted=True)
    marking.mark_for_later(first, by=reader)
    marking.mark_for_later(second, by=reader)
    marking.mark_for_later(make_work(), by=UserFactory())

    assert list(marks.marked_by(reader)) == [second, first]


def test_marking_twice_changes_nothing():
    reader, work = UserFactory(), make_work()
    marking.mark_for_later(work, by=reader)
    since = Reading.objects.get().marked_at

    marking.mark_for_later(work, by=reader)

    assert Reading.objects.get().marked_at == since


def test_a_marked_work_is_not_in_the_history():
    reader, work = UserFactory(), make_work()

    marking.mark_for_later(work, by=reader)

    assert not Reading.objects.of(reader).in_history()


def test_a_work_that_was_read_stays_in_the_history_when_its_mark_goes():
    reader, work = UserFactory(), make_work()
    read(work, by=reader)
    marking.mark_for_later(work, by=reader)

    marking.mark_as_read(work, by=reader)

    assert (list(marks.marked_by(reader)), list(marks.read_by(reader))) == ([], [work])


def test_nothing_remains_of_a_mark_on_a_work_that_was_never_read():
    reader, work = UserFactory(), make_work()
    marking.mark_for_later(work, by=reader)

    marking.mark_as_read(work, by=reader)

    assert not Reading.objects.exists()


def test_works_that_are_taken_away_are_marked_for_nobody():
    reader, gone, draft = UserFactory(), make_work(), make_draft()
    marking.mark_for_later(gone, by=reader)
    marking.mark_for_later(draft, by=reader)

    deleting.delete(gone, by=author_of(gone))

    assert list(marks.marked_by(reader)) == []


def test_a_reading_outlives_its_work():
    reader, work = UserFactory(), make_work()
    read(work, by=reader)

    work.delete()

    assert Reading.objects.get().work is None


def test_readings_go_with_the_account():
    reader = UserFactory()
    read(make_work(), by=reader)

    reader.delete()

    assert not Reading.objects.exists()


@pytest.mark.parametrize("fields", [{"last_read_at": None}, {"percent": 101}, {"into_block": 1.5}, {"into_block": float("nan")}])
def test_the_database_refuses_what_no_reading_can_be(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        read(make_work(), by=UserFactory(), **fields)
