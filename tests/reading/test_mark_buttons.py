"""The buttons of a work: mark for later, as read, follow; as tools know them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from archive.reading import marks
from archive.reading.models import Subscription
from archive.tags.models import Tag
from archive.works.series import Series
from tests.factories.people import UserFactory
from tests.factories.works import author_of, make_draft, make_work
from tests.reading.tools import page

pytestmark = pytest.mark.django_db

KIND, NUMBER = "subscription[subscribable_type]", "subscription[subscribable_id]"


@pytest.fixture
def reader(client):
    reader = UserFactory()
    client.force_login(reader)
    return reader


def forms(client, work):
    """The addresses of the forms among a work's actions, and whether a tool finds that it is followed."""
    shown = page(client.get(work.get_absolute_url()))
    actions = [form.attributes["action"] for form in shown.css("ul.work.navigation.actions form")]
    return actions, shown.css_first("input[value=Unsubscribe]") is not None


def test_a_work_is_marked_and_unmarked_by_its_buttons(client, reader):
    work = make_work()
    follow = reverse("subscriptions", args=[reader.username])
    before = forms(client, work)

    client.post(before[0][0], {"_method": "patch"})
    after = forms(client, work)
    client.post(after[0][0])

    assert before == ([f"/works/{work.pk}/mark_for_later", follow], False)
    assert after == ([f"/works/{work.pk}/mark_as_read", follow], False)
    assert not marks.marked_by(reader)


def test_tools_find_that_a_work_is_followed(client, reader):
    work = make_work()
    client.post(reverse("subscriptions", args=[reader.username]), {KIND: "Work", NUMBER: work.pk})

    actions, is_followed = forms(client, work)
    client.post(actions[1], {"_method": "delete"})

    assert is_followed
    assert re.fullmatch(rf"/users/{reader.username}/subscriptions/\d+", actions[1])
    assert not Subscription.objects.exists()


def test_guests_and_authors_have_no_such_buttons(client):
    work = make_work()
    as_guest = forms(client, work)
    client.force_login(author_of(work))

    assert (as_guest, forms(client, work)) == (([], False), ([], False))


@pytest.mark.parametrize("name", ["mark_for_later", "mark_as_read", "work_stop"])
def test_what_is_not_there_cannot_be_marked(client, reader, name):
    draft = make_draft()

    assert client.post(reverse(name, args=[draft.pk]), {}).status_code == 404


def test_everything_that_can_be_followed_shows_it(client, reader):
    work = make_work(series="Tides")
    tag = Tag.objects.get(name="The Lighthouse Keepers (TV)")
    subjects = [("Series", Series.objects.get()), ("User", author_of(work)), ("Tag", tag)]

    for kind, subject in subjects:
        client.post(reverse("subscriptions", args=[reader.username]), {KIND: kind, NUMBER: subject.pk})

    shown = [page(client.get(subject.get_absolute_url())).css_first("input[value=Unsubscribe]") for _kind, subject in subjects]
    assert [one is not None for one in shown] == [True, True, True]


@pytest.mark.parametrize(
    ("kind", "number"),
    [("Work", "0"), ("Work", "9" * 40), ("Work", "-1"), ("Work", "x\0"), ("Chapter", "1"), ("", ""), ("Tag", "12345678")],
)
def test_what_is_not_there_cannot_be_followed(client, reader, kind, number):
    make_work()

    answer = client.post(reverse("subscriptions", args=[reader.username]), {KIND: kind, NUMBER: number})

    assert (answer.status_code, Subscription.objects.count()) == (404, 0)


def test_a_draft_cannot_be_followed(client, reader):
    answer = client.post(reverse("subscriptions", args=[reader.username]), {KIND: "Work", NUMBER: make_draft().pk})

    assert answer.status_code == 404


def test_nobody_follows_or_unfollows_for_another(client, reader):
    other, work = UserFactory(), make_work()
    theirs = Subscription.objects.create(user=other, work=work)

    answers = [
        client.post(reverse("subscriptions", args=[other.username]), {KIND: "Work", NUMBER: work.pk}),
        client.post(reverse("subscription", args=[other.username, theirs.pk])),
        client.post(reverse("subscription", args=[reader.username, theirs.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 302]
    assert list(Subscription.objects.all()) == [theirs]


@pytest.mark.parametrize("button", ["mark_for_later", "mark_as_read", "follow"])
def test_whoever_is_logged_out_meanwhile_comes_back_to_the_page_of_the_button(client, reader, button):
    work = make_work()
    came_from = f"http://testserver{work.get_absolute_url()}?view_full_work=true"
    path = reverse("subscriptions", args=[reader.username]) if button == "follow" else reverse(button, args=[work.pk])
    client.logout()

    answer = client.post(path, {KIND: "Work", NUMBER: work.pk}, headers={"referer": came_from})
    elsewhere = client.post(path, headers={"referer": "https://elsewhere.example/works/1"})

    assert parse_qs(urlsplit(answer.url).query) == {"next": [came_from], "pressed": ["true"]}
    assert parse_qs(urlsplit(elsewhere.url).query) == {"next": [path], "pressed": ["true"]}
