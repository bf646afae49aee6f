"""C3, I1 and I2 of the house's list of faults: one thing, however often and however much at once it is sent."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.people.models import Submission
from archive.works import publishing
from archive.works.chapters import Chapter
from archive.works.models import Work
from archive.works.texts import ChapterText, Revision
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db(transaction=True)

PRESSES = 50
AT_ONCE = 12  # as many connections as a test's database has room for beside others


def pressed(author, address, sent, *, times=PRESSES):
    """Send the same form many times at once, and answer where each was sent on to."""
    client = Client()
    client.force_login(author)

    def press(_number):
        one = Client()
        one.cookies = client.cookies
        try:
            response = one.post(address, sent)
            return getattr(response, "url", response.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, range(times)))


def test_fifty_presses_with_one_key_post_one_work():
    author = UserFactory()

    answers = pressed(author, reverse("work_new"), form_of(author) | {"action": "post", "key": str(uuid.uuid4())})

    assert set(answers) == {Work.objects.get().get_absolute_url()}
    assert Revision.objects.count() == ChapterText.objects.count() == 1


def test_fifty_presses_without_a_key_post_one_work():
    author = UserFactory()

    answers = pressed(author, reverse("work_new"), form_of(author) | {"action": "post"})

    assert set(answers) == {Work.objects.get().get_absolute_url()}


def test_fifty_presses_add_one_chapter():
    author = UserFactory()
    work = make_work(by=author, expected_chapters=None)

    answers = pressed(author, reverse("chapter_new", args=[work.pk]), {"text": "The second chapter.", "action": "post"})

    assert len(set(answers)) == 1
    assert Chapter.objects.filter(work=work).count() == 2


def test_many_who_post_one_draft_at_once_post_it_once():
    author = UserFactory()
    draft = make_draft(by=author)

    answers = pressed(author, reverse("work_publication", args=[draft.pk]), {}, times=AT_ONCE)

    posted = Work.objects.get()
    assert set(answers) == {posted.get_absolute_url()}
    assert (posted.chapter_count, posted.chapters.posted().count()) == (1, 1)


def test_a_draft_that_is_posted_from_two_forms_is_posted_once_and_keeps_its_date():
    author = UserFactory()
    draft = make_draft(by=author)
    publishing.publish(draft, by=author)
    first = Work.objects.get().published_at

    publishing.publish(draft, by=author)

    assert Work.objects.get().published_at == first


def test_fifty_saves_of_one_edit_make_one_version_and_no_other_is_silent():
    author = UserFactory()
    work = make_work(by=author)
    sent = form_of(author) | {"version": 1, "text_version": 1, "text": "Changed once.", "action": "save"}

    answers = pressed(author, reverse("work_edit", args=[work.pk]), sent, times=AT_ONCE)

    assert sorted(answers, key=str) == sorted([work.get_absolute_url(), *[409] * (AT_ONCE - 1)], key=str)
    assert ChapterText.objects.get().version == 2


def test_the_same_sent_without_a_key_a_minute_later_is_another_work(client):
    author = UserFactory()
    client.force_login(author)
    sent = form_of(author) | {"action": "post"}
    client.post(reverse("work_new"), sent)
    Submission.objects.update(sent_at=timezone.now() - timedelta(seconds=61))

    client.post(reverse("work_new"), sent)

    assert Work.objects.count() == 2


def test_the_same_chapter_for_two_works_is_two_chapters(client):
    author = UserFactory()
    client.force_login(author)
    works = [make_work(by=author, expected_chapters=None) for _ in range(2)]

    for work in works:
        client.post(reverse("chapter_new", args=[work.pk]), {"text": "The same in both.", "action": "save"})

    assert [work.chapters.count() for work in works] == [2, 2]
