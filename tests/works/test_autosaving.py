import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.works import autosaving
from archive.works.models import Work
from archive.works.texts import Autosave, ChapterText
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, make_draft, make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

NOW = 1_795_000_000_000  # milliseconds, as a browser counts them


def autosave(client, author, place, *, key=None, typed_at=NOW, **typed):
    """Send what was typed so far, as the page's script does."""
    key = key or uuid.uuid4()
    sent = {"author": author.pk, "place": place, "key": str(key), "typed_at": typed_at, **typed}
    return key, client.post(reverse("unsent"), sent)


def taken_back(client, place, key):
    """Answer the page of a form that takes writing back."""
    return client.get(f"{place}?unsent={key}")


def forms(author):
    """Answer the addresses of every posting form."""
    work = make_work(by=author, text="As it stands.", expected_chapters=None)
    chaptered = make_work(by=author, expected_chapters=None)
    chapter = add_chapter(chaptered, text="As it stands.")
    return {
        "new work": reverse("work_new"),
        "work": reverse("work_edit", args=[work.pk]),
        "new chapter": reverse("chapter_new", args=[work.pk]),
        "chapter": reverse("chapter_edit", args=[chaptered.pk, chapter.pk]),
    }


@pytest.mark.parametrize("which", ["new work", "work", "new chapter", "chapter"])
def test_what_is_typed_into_a_form_is_kept_and_given_back(client, author, which):
    place = forms(author)[which]
    words = {"text": "Typed, and \0 never sent.", "chapter_title": "The Lamp", "notes": "Thanks."}

    key, answer = autosave(client, author, place, **words)

    page = client.get(place)
    form = taken_back(client, place, key).context["form"]
    assert answer.json() == {"is_unsent": True}
    assert "You have unsaved writing" in page.content.decode()
    assert "Typed, and" in page.content.decode()
    assert {name: form[name].value() for name in words if name in form.fields} == {
        n: w for n, w in words.items() if n in form.fields
    }


def test_it_is_no_draft_and_changes_no_text(client, author):
    work = make_work(by=author, text="As it stands.")
    autosave(client, author, reverse("work_edit", args=[work.pk]), text="Typed, and never sent.")
    autosave(client, author, reverse("work_new"), text="Typed, and never sent.", action="post")

    assert [text.source for text in ChapterText.objects.all()] == ["As it stands."]
    assert Work.objects.get().version == work.version


def test_choices_and_ticks_come_back_as_they_were(client, author):
    chosen = {"tags_rating": "Mature", "tags_warning": ["Major Character Death", "Underage Sex"], "tags_fandom": "A, B"}
    key, _ = autosave(client, author, reverse("work_new"), **chosen, is_restricted="on", language="de")

    form = taken_back(client, reverse("work_new"), key).context["form"]

    assert {name: form[name].value() for name in chosen} == chosen
    assert (form["is_restricted"].value(), form["language"].value(), form["pseuds"].value()) == (True, "de", [])
    assert not form.is_bound


def test_what_was_typed_earlier_never_comes_after_what_was_typed_later(client, author):
    key, _ = autosave(client, author, reverse("work_new"), text="Later.", typed_at=NOW + 5)

    autosave(client, author, reverse("work_new"), text="Earlier, and long under way.", key=key, typed_at=NOW)

    assert autosaving.find(key, by=author).text == "Later."


def test_two_tabs_never_write_over_each_other(client, author):
    for words in ("In the first tab.", "In the second tab."):
        autosave(client, author, reverse("work_new"), text=words)

    assert {writing.text for writing in autosaving.unsent(by=author)} == {"In the first tab.", "In the second tab."}


def test_what_is_sent_is_unsent_no_longer_not_even_where_it_arrives_late(client, author):
    key, _ = autosave(client, author, reverse("work_new"), text="The words of the work.")
    sent = form_of(author) | {"key": str(key), "typed_at": NOW + 1, "action": "post"}

    client.post(reverse("work_new"), sent)
    _, late = autosave(client, author, reverse("work_new"), key=key, text="The words of the", typed_at=NOW)

    assert late.json() == {"is_unsent": False}
    assert autosaving.unsent(by=author) == []
    assert bytes(Autosave.objects.get().packed) == b""


def test_a_form_come_back_to_and_typed_in_is_kept_again(client, author):
    key, _ = autosave(client, author, reverse("work_new"), text="The words of the work.")
    client.post(reverse("work_new"), form_of(author) | {"key": str(key), "typed_at": NOW + 1, "action": "save"})

    autosave(client, author, reverse("work_new"), key=key, text="Something else now.", typed_at=NOW + 9)

    assert autosaving.find(key, by=author).text == "Something else now."


def test_what_is_refused_stays_kept(client, author):
    key, _ = autosave(client, author, reverse("work_new"), text="No rating yet.")

    response = client.post(reverse("work_new"), {"key": str(key), "typed_at": NOW, "text": "No rating yet.", "action": "post"})

    assert response.status_code == 422
    assert response.context["unsent"] == []  # the form itself holds it
    assert autosaving.find(key, by=author).text == "No rating yet."


def test_what_is_taken_back_and_gone_on_with_is_there_once(client, author):
    old, _ = autosave(client, author, reverse("work_new"), text="Begun.")
    form = taken_back(client, reverse("work_new"), old).context["form"]

    new, _ = autosave(
        client,
        author,
        reverse("work_new"),
        text="Begun, and gone on with.",
        taken_from=form["taken_from"].value(),
        typed_at=NOW + 9,
    )

    assert [writing.key for writing in autosaving.unsent(by=author)] == [new]


def test_what_was_typed_on_in_the_first_tab_outlives_the_second(client, author):
    old, _ = autosave(client, author, reverse("work_new"), text="Begun.")
    form = taken_back(client, reverse("work_new"), old).context["form"]
    autosave(client, author, reverse("work_new"), key=old, text="Begun, and still typed.", typed_at=NOW + 5)

    autosave(client, author, reverse("work_new"), text="Elsewhere.", taken_from=form["taken_from"].value(), typed_at=NOW + 9)

    assert {writing.text for writing in autosaving.unsent(by=author)} == {"Begun, and still typed.", "Elsewhere."}


def test_writing_that_was_taken_back_and_sent_is_unsent_no_longer(client, author):
    old, _ = autosave(client, author, reverse("work_new"), text="Begun.")
    form = taken_back(client, reverse("work_new"), old).context["form"]

    client.post(reverse("work_new"), form_of(author) | {"key": str(uuid.uuid4()), "taken_from": form["taken_from"].value()})

    assert autosaving.unsent(by=author) == []


def test_nobody_else_ever_sees_it(client, author):
    other = UserFactory(is_staff=True, is_superuser=True)
    key, _ = autosave(client, author, reverse("work_new"), text="For nobody's eyes.")
    client.force_login(other)

    pages = [client.get(address) for address in (reverse("unsent"), reverse("work_new"), reverse("unsent_show", args=[key]))]
    pages.append(taken_back(client, reverse("work_new"), key))
    client.post(reverse("unsent_remove", args=[key]))

    assert ["For nobody" in page.content.decode() for page in pages] == [False] * 4
    assert autosaving.find(key, by=author).text == "For nobody's eyes."


def test_a_page_of_somebody_who_logged_out_meanwhile_keeps_nothing_under_another_name(client, author):
    client.force_login(UserFactory())

    _, answer = autosave(client, author, reverse("work_new"), text="Of the first.")

    assert (answer.status_code, answer.json()) == (409, {"refused": "author"})
    assert not Autosave.objects.exists()


def test_without_a_session_it_is_refused_in_a_word_and_stays_in_the_browser(client):
    author = UserFactory()

    _, answer = autosave(client, author, reverse("work_new"), text="After the session ended.")

    assert (answer.status_code, answer.json()) == (401, {"refused": "session"})


@pytest.mark.parametrize("place", ["", "/", "/nowhere", "https://elsewhere.example/works/new", "/unsent", "/works/1", "\0"])
def test_only_posting_forms_are_kept(client, author, place):
    assert autosave(client, author, place, text="?")[1].status_code == 400


@pytest.mark.parametrize(("field", "value"), [("key", "spoilt"), ("key", "")])
def test_a_form_without_its_key_is_not_kept(client, author, field, value):
    sent = {"author": author.pk, "place": "/works/new", "key": str(uuid.uuid4()), "typed_at": NOW, "text": "?"} | {field: value}

    assert client.post(reverse("unsent"), sent).status_code == 400


@pytest.mark.parametrize("stamp", ["", "soon", "-5", "9" * 400, "½"])
def test_a_spoilt_time_is_none_and_loses_nothing(client, author, stamp):
    key, answer = autosave(client, author, reverse("work_new"), text="Kept all the same.", typed_at=stamp)

    assert answer.status_code == 200
    assert autosaving.find(key, by=author).typed_at <= timezone.now()


def test_it_is_thrown_away_only_by_its_author(client, author):
    key, _ = autosave(client, author, reverse("work_new"), text="Not needed.")

    response = client.post(reverse("unsent_remove", args=[key]), {"place": reverse("work_new")})

    assert response.url == reverse("work_new")
    assert not Autosave.objects.exists()


def test_writing_outlives_the_work_that_it_was_for(client, author):
    work = make_draft(by=author)
    key, _ = autosave(client, author, reverse("work_edit", args=[work.pk]), text="Not to be lost.")

    work.delete()

    assert "Not to be lost." in client.get(reverse("unsent_show", args=[key])).content.decode()


def test_what_is_gone_is_said_to_be_gone(client, author):
    responses = [client.get(reverse("unsent_show", args=[uuid.uuid4()])), taken_back(client, reverse("work_new"), "spoilt")]

    assert ["no longer kept" in response.content.decode() for response in responses] == [True, True]


def test_a_text_for_a_work_that_has_several_chapters_by_now_is_given_back(client, author):
    work = make_work(by=author, expected_chapters=None)
    place = reverse("work_edit", args=[work.pk])
    key, _ = autosave(client, author, place, text="Not to be lost.", title="T")
    add_chapter(work)

    assert "Not to be lost." in taken_back(client, place, key).content.decode()


def test_with_too_much_unsent_writing_the_next_is_refused_and_nothing_makes_room(client, author):
    for number in range(autosaving.MOST_OF_AN_AUTHOR):
        Autosave.objects.create(
            user=author, key=uuid.uuid4(), place="/works/new", packed=b"x", stamp=number, typed_at=timezone.now()
        )

    _, answer = autosave(client, author, reverse("work_new"), text="One more.")

    assert answer.status_code == 422
    assert "throw some away" in answer.json()["sentence"]
    assert Autosave.objects.count() == autosaving.MOST_OF_AN_AUTHOR


def test_keys_of_what_was_sent_are_forgotten_and_unsent_writing_never(author):
    long_ago = timezone.now() - autosaving.SENT_KEYS_KEPT - timedelta(days=3650)
    for packed in (b"", b"x"):
        Autosave.objects.create(user=author, key=uuid.uuid4(), place="/works/new", packed=packed, stamp=1, typed_at=long_ago)

    assert autosaving.forget_sent() == 1
    assert bytes(Autosave.objects.get().packed) == b"x"


def test_keeping_is_one_short_transaction(client, author, django_assert_num_queries):
    key, _ = autosave(client, author, reverse("work_new"), text="word " * 5_000)

    with django_assert_num_queries(5):  # the session, the account; a transaction of one statement
        autosave(client, author, reverse("work_new"), key=key, text="word " * 5_001, typed_at=NOW + 1)


def test_the_token_of_a_page_that_stood_open_can_be_had_anew(client, author):
    assert client.get(reverse("unsent_token")).json()["author"] == str(author.pk)

    client.logout()

    assert client.get(reverse("unsent_token")).status_code == 401
