"""The order of chapters: by numbers, with drafts among those that are posted."""

import pytest
from django.urls import reverse

from archive.works.chapters import Chapter
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(author):
    """One posted chapter, a draft behind it, and another posted one."""
    work = make_work(by=author, expected_chapters=None)
    add_chapter(work, title="Second", posts=False)
    add_chapter(work, title="Third")
    return work


def titles(work):
    return list(work.chapters.in_order().values_list("title", flat=True))


def send(client, work, **numbers):
    """Send the form with these numbers by the titles of chapters."""
    fields = {f"position_{chapter.pk}": numbers.get(chapter.title, "") for chapter in work.chapters.all()}
    return client.post(reverse("chapters_manage", args=[work.pk]), fields)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"Third": "1"}, ["Third", "", "Second"]),
        ({"Second": "99999999999999999999"}, ["", "Third", "Second"]),
        ({"Third": "-7"}, ["Third", "", "Second"]),
        ({"Second": "2", "Third": "2"}, ["", "Third", "Second"]),
        ({}, ["", "Second", "Third"]),
    ],
)
def test_a_chapter_goes_to_its_number_and_past_the_end_to_the_end(client, work, numbers, expected):
    send(client, work, **numbers)

    assert titles(work) == expected


def test_what_is_no_number_is_said_beside_it_and_kept_as_it_was_written(client, work):
    answer = send(client, work, Third="first", Second="1")

    assert answer.status_code == 422
    assert answer.content.decode().count("“first” is no number.") == 1
    assert 'value="first"' in answer.content.decode()
    assert titles(work) == ["", "Second", "Third"]


def test_readers_count_posted_chapters_only(client, work):
    client.logout()

    page = client.get(reverse("work_navigate", args=[work.pk])).content.decode()

    assert "2. Third" in page
    assert "Second" not in page


def test_the_author_is_told_the_numbers_that_readers_see(client, work):
    rows = client.get(reverse("chapters_manage", args=[work.pk])).context["rows"]

    assert [number for _chapter, _field, number in rows] == [1, None, 2]


def test_a_chapter_that_came_meanwhile_is_not_lost(client, work):
    fields = {f"position_{chapter.pk}": "" for chapter in work.chapters.all()}
    add_chapter(work, title="Fourth")

    client.post(reverse("chapters_manage", args=[work.pk]), fields)

    assert titles(work) == ["", "Second", "Third", "Fourth"]


def test_only_the_author_orders_chapters(client, work):
    client.force_login(UserFactory())

    assert send(client, work, Third="1").status_code == 404
    assert titles(work) == ["", "Second", "Third"]


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_as_much_for_many_chapters_as_for_few(client, work, more, django_assert_num_queries):
    for _ in range(more):
        add_chapter(work)

    with django_assert_num_queries(6):
        answer = client.get(reverse("chapters_manage", args=[work.pk]))

    assert len(answer.context["rows"]) == Chapter.objects.filter(work=work).count()
