"""Works that came from others: named above a text, linked back with consent, and nothing leaks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from archive.works import crediting, deleting
from archive.works.models import Work
from archive.works.related import Relation
from tests.factories.people import UserFactory
from tests.factories.works import make_draft, make_work

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    "address": "https://stories.example/lamp?id=7", "title": "The Old Lamp", "author": "Somebody Else", "language": "de",
}  # fmt: skip


@pytest.fixture
def parent():
    return make_work(title="The First Lamp", by=UserFactory(username="first_author"))


@pytest.fixture
def child(author):
    return make_work(by=author, title="The Second Lamp")


def name(client, work, **fields):
    return client.post(reverse("work_sources", args=[work.pk]), fields)


def credit(child, parent, *, is_translation=False, by=None):
    by = by or child.pseuds.first().user
    return crediting.credit(child, crediting.Source(address=parent.get_absolute_url(), is_translation=is_translation), by=by)


def shown(client, work):
    """What stands in the notes above a text, and what behind it."""
    page = LexborHTMLParser(client.get(f"{work.get_absolute_url()}?view_adult=true").content.decode())
    said = [" ".join(item.text().split()) for item in page.css("div.preface div.notes.module ul.associations > li")]
    return said, [" ".join(item.text().split()) for item in page.css("div.afterword div#children li")]


def test_a_work_of_the_archive_is_named_by_its_address(client, child, parent):
    name(client, child, address=f"http://127.0.0.1:8000{parent.get_absolute_url()}/chapters/1?view_adult=true")

    assert shown(client, child)[0] == ["Inspired by The First Lamp by first_author"]


def test_a_work_elsewhere_is_named_by_address_title_author_and_language(client, child):
    name(client, child, **ELSEWHERE, is_translation="on")

    assert shown(client, child)[0] == ["A translation of The Old Lamp by Somebody Else (Deutsch)"]
    page = LexborHTMLParser(client.get(child.get_absolute_url()).content.decode())
    assert page.css_first("ul.associations a").attributes == {
        "href": ELSEWHERE["address"], "rel": "nofollow noreferrer", "dir": "auto",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"address": ""}, "address", "address of the work"),
        ({"address": "the old lamp"}, "address", "whole address"),
        ({"address": "javascript:alert(1)"}, "address", "whole address"),
        ({"address": "//stories.example/lamp"}, "address", "whole address"),
        ({"address": f"https://stories.example/{'x' * 2000}"}, "address", "at most 2000"),
        ({"address": "/works/999999999999999999"}, "address", "no posted work"),
        ({"address": "/works/99999999999999999999999"}, "address", "no posted work"),
        ({"address": "/works/new"}, "address", "no posted work"),
        ({"title": ""}, "title", "its title"),
        ({"author": ""}, "author", "its author"),
        ({"language": "tlh-x"}, "language", "not one of the available"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(client, child, sent, field, sentence):
    answer = name(client, child, **(ELSEWHERE | sent))

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]
    assert not Relation.objects.exists()


@pytest.mark.parametrize("state", ["draft", "deleted", "itself"])
def test_what_cannot_be_named_is_not_there(client, child, state):
    other = UserFactory()
    target = {"draft": make_draft, "deleted": make_work, "itself": lambda **_: child}[state](by=other)
    if state == "deleted":
        deleting.delete(target, by=other)

    answer = name(client, child, address=target.get_absolute_url())

    sentence = "This is the work itself." if state == "itself" else "There is no posted work at this address."
    assert answer.context["form"].errors["address"] == [sentence]


def test_nothing_is_named_twice(client, child, parent):
    for sent in (ELSEWHERE, ELSEWHERE, {"address": parent.get_absolute_url()}, {"address": parent.get_absolute_url()}):
        answer = name(client, child, **sent)

    assert answer.context["form"].errors["address"] == ["This work is named already."]
    assert Relation.objects.count() == 2


def test_a_work_names_no_more_than_it_may(client, child):
    for number in range(crediting.MOST_SOURCES):
        crediting.credit(
            child, crediting.Source(address=f"https://stories.example/{number}", title="T", author="A"), by=child.pseuds.get().user
        )

    assert name(client, child, **ELSEWHERE).context["form"].errors["address"] == ["A work can name 30 others."]


# Consent


def test_a_link_back_waits_for_its_author(client, child, parent):
    relation = credit(child, parent)
    before = shown(client, parent)
    client.force_login(parent.pseuds.get().user)
    page = client.get(reverse("related_works", args=["first_author"])).content.decode()

    client.post(reverse("relation_answer", args=[relation.pk]), {"answer": "accept"})

    assert "inspired by your “The First Lamp”" in page
    assert (before, shown(client, parent)) == (([], []), ([], [f"The Second Lamp by {child.pseuds.get()}"]))


def test_a_translation_is_told_above_the_text(client, child, parent):
    relation = credit(child, parent, is_translation=True)

    crediting.accept(relation, by=parent.pseuds.get().user)

    assert shown(client, parent) == ([f"Translation into English available: The Second Lamp by {child.pseuds.get()}"], [])


def test_a_refused_link_stands_on_the_other_work_alone_and_can_be_accepted_after_all(client, child, parent):
    relation = credit(child, parent)
    owner = parent.pseuds.get().user
    crediting.accept(relation, by=owner)
    client.force_login(owner)

    client.post(reverse("relation_answer", args=[relation.pk]), {"answer": "refuse"})

    assert (shown(client, parent)[1], shown(client, child)[0]) == ([], ["Inspired by The First Lamp by first_author"])
    client.post(reverse("relation_answer", args=[relation.pk]), {"answer": "accept"})
    assert len(shown(client, parent)[1]) == 1


def test_whoever_made_both_is_not_asked(client, author, child):
    mine = make_work(by=author, title="Mine")

    credit(child, mine)

    assert shown(client, mine)[1] == [f"The Second Lamp by {author.username}"]
    assert client.get(reverse("related_works", args=[author.username])).context["waiting"] == []


def test_what_is_no_longer_named_is_no_longer_linked_back(client, child, parent):
    relation = credit(child, parent)
    crediting.accept(relation, by=parent.pseuds.get().user)

    client.post(reverse("source_removal", args=[child.pk, relation.pk]))

    assert (shown(client, child), shown(client, parent)) == (([], []), ([], []))


# Nothing leaks

HIDDEN = ["Inspired by a work of this archive that is not open to you."]
OPEN = ["Inspired by The First Lamp by first_author"]
STATES = {
    ("open", "guest"): OPEN, ("open", "member"): OPEN,
    ("restricted", "guest"): HIDDEN, ("restricted", "member"): OPEN,
    ("deleted", "guest"): HIDDEN, ("deleted", "member"): HIDDEN,
    ("purged", "guest"): HIDDEN, ("purged", "member"): HIDDEN,
}  # fmt: skip


def become(work, state):
    by = work.pseuds.get().user
    match state:
        case "restricted":
            Work.objects.filter(pk=work.pk).update(is_restricted=True)
        case "deleted":
            deleting.delete(work, by=by)
        case "purged":
            work.delete()


@pytest.mark.parametrize(("state", "who"), STATES)
def test_a_parent_is_named_to_those_who_may_open_it(client, child, parent, state, who):
    credit(child, parent)
    become(parent, state)
    client.logout()
    if who == "member":
        client.force_login(UserFactory())

    assert shown(client, child)[0] == STATES[state, who]
    page = client.get(child.get_absolute_url()).content.decode()
    assert ("The First Lamp" in page, "first_author" in page) == ((STATES[state, who] == OPEN,) * 2)


@pytest.mark.parametrize(("state", "who"), [key for key in STATES if key[0] != "purged"])
def test_a_child_is_linked_back_to_for_those_who_may_open_it(client, child, parent, state, who):
    crediting.accept(credit(child, parent), by=parent.pseuds.get().user)
    become(child, state)
    client.logout()
    if who == "member":
        client.force_login(UserFactory())

    assert bool(shown(client, parent)[1]) == (STATES[state, who] == OPEN)
    assert ("The Second Lamp" in client.get(parent.get_absolute_url()).content.decode()) == (STATES[state, who] == OPEN)


def test_a_draft_asks_for_nothing_until_it_is_posted(client, author, parent):
    draft = make_draft(by=author, title="A Secret")
    credit(draft, parent)
    owner = parent.pseuds.get().user
    client.force_login(owner)

    page = client.get(reverse("related_works", args=["first_author"])).content.decode()

    assert "A Secret" not in page
    assert not Relation.objects.answerable_by(owner).exists()


def test_an_author_is_not_told_the_name_of_a_parent_that_was_taken_away(client, child, parent):
    credit(child, parent)
    become(parent, "deleted")

    for address in (reverse("work_sources", args=[child.pk]), reverse("related_works", args=[child.pseuds.get().user.username])):
        page = client.get(address).content.decode()
        assert ("gone, or not open to you" in page, "The First Lamp" in page) == (True, False)


# The doors


@pytest.mark.parametrize("who", ["guest", "member", "child", "parent", "staff"])
def test_each_side_has_its_own_door(client, child, parent, who):
    relation = credit(child, parent)
    viewer = {
        "guest": AnonymousUser(), "member": UserFactory(), "staff": UserFactory(is_staff=True),
        "child": child.pseuds.get().user, "parent": parent.pseuds.get().user,
    }[who]  # fmt: skip
    client.logout()
    if who != "guest":
        client.force_login(viewer)

    doors = (Relation.objects.editable_by(viewer).exists(), Relation.objects.answerable_by(viewer).exists())
    answers = [
        client.post(reverse("relation_answer", args=[relation.pk]), {"answer": "accept"}).status_code,
        client.post(reverse("source_removal", args=[child.pk, relation.pk])).status_code,
        client.get(reverse("work_sources", args=[child.pk])).status_code,
    ]

    assert doors == (who == "child", who == "parent")
    expected = {"guest": [302, 302, 302], "child": [404, 302, 200], "parent": [302, 404, 404]}
    assert answers == expected.get(who, [404, 404, 404])


def test_nobody_sees_anothers_page_of_related_works(client, author):
    assert client.get(reverse("related_works", args=[UserFactory().username])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_requests_asks_as_much_for_many_as_for_few(client, author, parent, count, django_assert_num_queries):
    for _ in range(count):
        credit(make_work(), parent)
    client.force_login(parent.pseuds.get().user)

    with django_assert_num_queries(11):
        answer = client.get(reverse("related_works", args=["first_author"]))

    assert len(answer.context["waiting"]) == count


@pytest.mark.parametrize("count", [0, 3])
def test_related_works_cost_a_reader_no_query_more(client, child, parent, count, django_assert_num_queries):
    for _ in range(count):
        crediting.accept(credit(make_work(), child), by=child.pseuds.get().user)
        credit(child, make_work())
    client.logout()

    with django_assert_num_queries(4):
        client.get(child.get_absolute_url())


def test_an_edit_leaves_what_is_named_alone(author, child, parent):
    credit(child, parent)

    deleting.delete(child, by=author)
    deleting.restore(child, by=author)

    assert Relation.objects.count() == 1
