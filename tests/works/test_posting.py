import threading
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from archive.works import deleting, publishing, writing
from archive.works.models import Work
from archive.works.series import Series
from archive.works.texts import ChapterText
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work, work_entry
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db


def test_posting_makes_a_work_that_everybody_can_read(client, author):
    response = client.post(reverse("work_new"), form_of(author) | {"action": "post", "tags_freeform": "Fog, Letters"})

    work = Work.objects.get()
    assert response.url == work.get_absolute_url()
    assert [tag.name for tag in work.tags.order_by("taggings__position")] == [
        "Mature", "Major Character Death", "The Lighthouse Keepers (TV)", "Fog", "Letters",
    ]  # fmt: skip
    assert not work.is_draft


def test_a_draft_needs_nothing_but_to_be_kept(client, author):
    response = client.post(reverse("work_new"), {"action": "save", "pseuds": [author.pseuds.get().pk]})

    assert response.status_code == 302
    assert Work.objects.editable_by(author).drafts().count() == 1


def test_a_preview_keeps_nothing_and_loses_nothing(client, author):
    response = client.post(reverse("work_new"), form_of(author) | {"action": "preview", "text": "One\n\nTwo"})

    assert "<p>One</p>" in response.content.decode()
    assert response.context["form"]["text"].value() == "One\n\nTwo"
    assert not Work.objects.exists()


def test_a_passage_that_does_not_end_is_told_beside_the_text(client, author):
    text = "[warning: Major Character Death]\nThe lamp goes out."

    response = client.post(reverse("work_new"), form_of(author) | {"action": "post", "text": text})

    form = response.context["form"]
    assert response.status_code == 422
    assert "[warning: Major Character Death]" in form.errors["text"][0]
    assert form["text"].value() == text


def test_the_same_form_sent_twice_makes_one_work(client, author):
    sent = form_of(author) | {"action": "post", "key": str(uuid.uuid4())}

    first = client.post(reverse("work_new"), sent)
    second = client.post(reverse("work_new"), sent)

    assert first.url == second.url
    assert Work.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_work(client):
    author = UserFactory()
    client.force_login(author)
    sent = form_of(author) | {"action": "post", "key": str(uuid.uuid4())}
    answers = []

    def press():
        answers.append(client.post(reverse("work_new"), sent).url)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Work.objects.count() == 1
    assert len(set(answers)) == 1


@pytest.mark.parametrize("letter", ["字", "\N{FIRE}", "a"])
def test_a_chapter_of_full_length_is_taken_in_any_script(client, author, letter):
    response = client.post(reverse("work_new"), form_of(author) | {"action": "post", "text": (letter * 49 + "\n") * 10_000})

    assert response.status_code == 302, response.context["form"].errors
    assert len(ChapterText.objects.get().source) == 500_000


def test_one_character_too_many_is_said_with_the_count_and_all_is_kept(client, author):
    response = client.post(reverse("work_new"), form_of(author) | {"action": "post", "text": "a" * 500_001})

    assert response.status_code == 422
    assert "500001 characters long, 1 more" in response.context["form"].errors["text"][0]
    assert len(response.context["form"]["text"].value()) == 500_001


def test_other_pages_keep_the_ordinary_limit(client, author):
    response = client.post(reverse("warning_preferences"), {"left_out": "a" * 3_000_000})

    assert response.status_code == 413


def test_saving_over_a_newer_version_answers_409_with_both_texts(client, author):
    work = make_work(by=author, text="The first words of all.")
    chapter = work.chapters.get()
    edit = reverse("work_edit", args=[work.pk])
    stale = form_of(author) | {"version": 1, "text_version": 1, "action": "save"}
    client.post(edit, stale | {"text": "Saved in the other tab."})

    response = client.post(edit, stale | {"text": "Typed in this tab."})

    assert response.status_code == 409
    assert "Saved in the other tab." in response.content.decode()
    assert "Typed in this tab." in response.content.decode()
    assert ChapterText.objects.get(chapter=chapter).source == "Saved in the other tab."


def test_after_a_look_at_both_versions_the_form_saves(client, author):
    work = make_work(by=author)
    edit = reverse("work_edit", args=[work.pk])
    stale = form_of(author) | {"version": 1, "text_version": 1, "action": "save"}
    client.post(edit, stale | {"text": "Saved in the other tab."})
    conflict = client.post(edit, stale | {"text": "Typed in this tab."}).context["form"]

    client.post(edit, stale | {name: conflict.data[name] for name in ("version", "text_version")} | {"text": "Both together now."})

    assert ChapterText.objects.get().source == "Both together now."


def test_an_edit_does_not_move_a_work_in_listings(author):
    work = make_work(by=author)
    before = work.revised_at

    writing.edit(work, work_entry(author, title="Another title"), version=1, by=author)

    assert Work.objects.get().revised_at == before


def test_a_posted_chapter_moves_the_work_and_counts(author):
    work = make_work(by=author, expected_chapters=None, text="One two three, the lamp is free.")
    before = work.revised_at

    add_chapter(work, text="Four more words here.")

    posted = Work.objects.get()
    assert (posted.chapter_count, posted.word_count) == (2, 11)
    assert posted.revised_at > before


def test_a_draft_chapter_neither_moves_nor_counts(author):
    work = make_work(by=author, expected_chapters=None)

    add_chapter(work, posts=False)

    posted = Work.objects.get()
    assert (posted.chapter_count, posted.revised_at) == (1, work.revised_at)


def test_a_chapters_warnings_are_its_works_once_it_is_posted(author):
    work = make_work(by=author, warnings=("Underage Sex",), expected_chapters=None)
    chapter = writing.add_chapter(work, chapter_entry(warnings=["Major Character Death"]), by=author)
    before = set(work.tags.filter(kind="warning").values_list("name", flat=True))

    publishing.publish_chapter(chapter, by=author)

    assert before == {"Underage Sex"}
    assert set(work.tags.filter(kind="warning").values_list("name", flat=True)) == {"Underage Sex", "Major Character Death"}


def test_a_chapter_with_a_warning_cannot_join_a_work_that_promises_none(client, author):
    work = make_work(by=author, expected_chapters=None)

    response = client.post(
        reverse("chapter_new", args=[work.pk]),
        {"action": "post", "text": "The lamp goes out.", "warnings": ["Major Character Death"]},
    )

    assert response.status_code == 422
    assert "cannot stand beside" in response.context["form"].errors["warnings"][0]


def test_chapters_are_ordered_by_the_numbers_beside_them(client, author):
    work = make_work(by=author, expected_chapters=None)
    second, third = add_chapter(work, title="Second"), add_chapter(work, title="Third")

    client.post(reverse("chapters_manage", args=[work.pk]), {f"position_{third.pk}": "1", f"position_{second.pk}": "2"})

    assert list(work.chapters.in_order().values_list("title", flat=True)) == ["Third", "", "Second"]


def test_the_only_posted_chapter_cannot_be_deleted(author):
    work = make_work(by=author, expected_chapters=None)
    add_chapter(work, posts=False)

    with pytest.raises(deleting.LastChapter):
        deleting.delete_chapter(work.chapters.in_order().first(), by=author)


def test_a_deleted_work_is_gone_for_all_and_comes_back_whole(client, author):
    work = make_work(by=author)
    client.post(reverse("work_delete", args=[work.pk]))
    gone = client.get(work.get_absolute_url()).status_code

    client.post(reverse("work_restore", args=[work.pk]))

    assert gone == 404
    assert client.get(work.get_absolute_url()).status_code == 200


def test_what_was_deleted_long_ago_is_purged(author):
    kept, old = make_work(by=author), make_work(by=author)
    for work in (kept, old):
        deleting.delete(work, by=author)
    Work.objects.filter(pk=old.pk).update(deleted_at=old.published_at - deleting.KEPT)

    deleting.purge_expired()

    assert list(Work.objects.values_list("pk", flat=True)) == [kept.pk]


@pytest.mark.parametrize("name", ["work_edit", "work_delete", "chapters_manage", "chapter_new"])
def test_nobody_elses_work_can_be_written_on(client, author, name):
    assert client.get(reverse(name, args=[make_work().pk])).status_code == 404


def test_guests_are_sent_to_log_in_before_they_write(client):
    assert client.get(reverse("work_new")).url == f"{reverse('account_login')}?next={reverse('work_new')}"


def test_tags_alike_but_for_case_and_accents_are_one(author):
    make_draft(by=author, tags={"freeform": ["Café Night"]})
    work = make_draft(by=author, tags={"freeform": ["cafe night"]})

    assert [tag.name for tag in work.tags.filter(kind="freeform")] == ["Café Night"]


def test_more_than_75_free_tags_are_too_many(client, author):
    response = client.post(
        reverse("work_new"), form_of(author) | {"tags_freeform": ", ".join(f"Tag {n}" for n in range(75)), "action": "save"}
    )

    assert response.status_code == 422
    assert "a work can have 75" in str(response.context["form"].errors)


def test_a_series_begins_with_its_first_work_and_goes_with_its_last(author):
    work = make_work(by=author, series="Letters to the Mainland")
    second = make_work(by=author, series="letters to the mainland")
    places = [(entry.series.title, entry.position) for entry in second.series_entries.all()]

    for one in (work, second):
        writing.edit(one, work_entry(author), version=1, by=author)

    assert places == [("Letters to the Mainland", 2)]
    assert not Series.objects.exists()


def test_a_form_come_back_to_and_changed_is_another_sending(client, author):
    sent = form_of(author) | {"key": str(uuid.uuid4())}
    client.post(reverse("work_new"), sent | {"action": "save"})

    client.post(reverse("work_new"), sent | {"action": "post", "text": "Typed after going back to the form."})

    assert sorted(ChapterText.objects.values_list("source", flat=True))[1] == "Typed after going back to the form."


def test_a_conflict_shows_a_warning_that_the_other_tab_added(client, author):
    work = make_work(by=author, warnings=("Major Character Death",))
    edit = reverse("work_edit", args=[work.pk])
    stale = form_of(author) | {"version": 1, "text_version": 1, "action": "save"}
    client.post(edit, stale | {"tags_warning": ["Major Character Death", "Underage Sex"]})

    response = client.post(edit, stale | {"text": "Typed in the older tab."})

    shown = {str(difference.label): difference.kept for difference in response.context["conflict"].differences}
    assert shown["Archive Warnings"] == "Major Character Death, Underage Sex"


def test_a_text_typed_while_a_chapter_was_added_is_given_back(client, author):
    work = make_work(by=author, expected_chapters=None)
    add_chapter(work)

    response = client.post(
        reverse("work_edit", args=[work.pk]),
        form_of(author) | {"version": 1, "text_version": 1, "action": "save", "text": "Not to be lost."},
    )

    assert response.status_code == 409
    assert "Not to be lost." in response.content.decode()


def test_a_form_without_a_text_never_empties_one(client, author):
    work = make_work(by=author, text="The words that stay.")
    sent = form_of(author) | {"version": 1, "action": "save"}
    del sent["text"]

    client.post(reverse("work_edit", args=[work.pk]), sent)

    assert ChapterText.objects.get().source == "The words that stay."


def test_a_text_sent_after_the_session_ended_is_given_back(client):
    response = client.post(reverse("work_new"), {"text": "Words that took a night. " * 20})

    assert response.status_code == 401
    assert "Words that took a night." in response.content.decode()


def test_a_chapter_edited_while_it_was_posted_stays_posted(author):
    work = make_work(by=author, expected_chapters=None)
    stale = add_chapter(work, posts=False)
    publishing.publish_chapter(work.chapters.get(pk=stale.pk), by=author)

    writing.edit_chapter(stale, chapter_entry(text="A few other words."), version=1, by=author)

    assert not work.chapters.get(pk=stale.pk).is_draft
