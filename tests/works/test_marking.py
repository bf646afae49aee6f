"""What passages are marked with is known to the archive, ticked by the author, and goes on to mean what it meant."""

import pytest
from django.urls import reverse

from archive.ops import defining
from archive.tags.models import Kind, Tag
from archive.works import publishing, writing
from archive.works.chapters import Chapter, PassageWarning
from archive.works.models import Work
from archive.works.texts import ChapterText
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work, work_entry
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

DEATH, VIOLENCE = "Major Character Death", "Graphic Depictions Of Violence"
MARKED = "[warning: {}]\nThe lamp goes out, and nobody lights it.\n[end warning]\n\nMorning came."


def refused(client, author, text, **sent):
    response = client.post(reverse("work_new"), form_of(author) | {"action": "post", "text": text} | sent)
    assert response.status_code == 422
    return response.context["form"]


def test_a_warning_of_the_work_can_mark_a_passage(client, author):
    client.post(reverse("work_new"), form_of(author) | {"action": "post", "text": MARKED.format("major character death")})

    marked = PassageWarning.objects.get()
    assert marked.chapter == Work.objects.get().chapters.get()
    assert marked.tag.name == DEATH


@pytest.mark.parametrize(("name", "words"), [("self-harm", "own words"), ("No Archive Warnings Apply", "whole work")])
def test_what_is_no_warning_is_told_beside_the_text_and_nothing_is_lost(client, author, name, words):
    form = refused(client, author, MARKED.format(name))

    assert name in form.errors["text"][0]
    assert words in form.errors["text"][0]
    assert form["text"].value() == MARKED.format(name)
    assert not Work.objects.exists()


def test_a_warning_that_is_not_ticked_is_told_beside_the_warnings_and_never_added(client, author):
    form = refused(client, author, MARKED.format(VIOLENCE))

    assert form.errors["tags_warning"] == [
        f"A passage is marked “{VIOLENCE}”, but that is not ticked. Please tick it, or mark the passage otherwise."
    ]
    assert not Work.objects.exists()


def test_a_preview_shows_the_note(client, author):
    sent = form_of(author) | {"action": "preview", "text": MARKED.format(DEATH)}

    page = client.post(reverse("work_new"), sent).text

    assert f"In this passage: <strong>{DEATH}</strong>" in page


def test_a_comparison_shows_that_a_note_has_changed(client, author):
    work = make_work(by=author, text=MARKED.format(DEATH), warnings=(DEATH, VIOLENCE))
    edited(work, MARKED.format(VIOLENCE))

    response = client.get(reverse("versions_compare", args=[work.pk, work.chapters.get().pk]), {"older": 1, "newer": 2})

    shown = response.context["comparison"].stretches
    changed = [piece.text for stretch in shown for paragraph in stretch.paragraphs for piece in paragraph if piece.is_removed]
    assert DEATH in " ".join(changed)


def test_a_draft_can_be_kept_before_its_warnings_are_ticked(client, author):
    client.post(reverse("work_new"), form_of(author) | {"action": "save", "text": MARKED.format(VIOLENCE)})

    with pytest.raises(publishing.NotReady):
        publishing.publish(Work.objects.get(), by=author)


def test_what_a_chapter_warns_of_itself_can_mark_its_passages_and_no_other_chapters(client, author):
    work = make_work(by=author, expected_chapters=None, warnings=("Creator Chose Not To Use Archive Warnings",))
    add_chapter(work, text=MARKED.format(VIOLENCE), warnings=[VIOLENCE])
    sent = {"text": MARKED.format(VIOLENCE), "action": "post"}

    response = client.post(reverse("chapter_new", args=[work.pk]), sent)

    assert "is not ticked" in response.context["form"].errors["warnings"][0]


def test_a_warning_and_the_passage_marked_with_it_come_and_go_together(client, author):
    work = make_work(by=author, warnings=(DEATH,))
    edit, form = reverse("work_edit", args=[work.pk]), form_of(author)

    for text, warnings in [(MARKED.format(VIOLENCE), [DEATH, VIOLENCE]), ("Morning came.", [DEATH])]:
        work = Work.objects.get()
        versions = {"version": work.version, "text_version": ChapterText.objects.get().version}
        response = client.post(edit, form | versions | {"text": text, "tags_warning": warnings})
        assert response.status_code == 302


def test_a_tick_stays_while_a_posted_passage_needs_it():
    author = UserFactory()
    work = make_work(by=author, text=MARKED.format(DEATH), warnings=(DEATH, VIOLENCE), expected_chapters=None)
    add_chapter(work)

    with pytest.raises(publishing.NotReady, match=DEATH):
        writing.edit(work, work_entry(author, warnings=(VIOLENCE,)), version=Work.objects.get().version, by=author)


def renamed(name, to):
    tag, admin = Tag.objects.get(name=name), UserFactory(is_superuser=True)
    entry = defining.ValueEntry(name=to, explanation="", is_accepted=True, asks_consent=True, place=1)
    defining.change_value(tag, entry, by=admin)
    return admin


def edited(work, text):
    chapter = Chapter.objects.get(work=work)
    version = ChapterText.objects.get(chapter=chapter).version
    writing.edit_chapter(chapter, chapter_entry(text), version=version, by=work.pseuds.get().user)


def test_a_warning_that_is_called_otherwise_now_keeps_its_passages():
    work = make_work(text=MARKED.format(DEATH), warnings=(DEATH,))
    renamed(DEATH, to="Somebody Dies")

    edited(work, MARKED.format(DEATH) + " It rained.")

    assert [(row.folded, row.tag.name) for row in PassageWarning.objects.all()] == [("major character death", "Somebody Dies")]


def test_a_version_from_before_a_warning_was_called_otherwise_can_come_back():
    work = make_work(text=MARKED.format(DEATH), warnings=(DEATH,))
    edited(work, "Morning came at last.")
    renamed(DEATH, to="Somebody Dies")

    writing.restore_text(Chapter.objects.get(), 1, version=2, by=work.pseuds.get().user)

    assert PassageWarning.objects.get(is_in_text=True).tag.name == "Somebody Dies"


def test_the_old_name_of_a_warning_cannot_become_another_ones():
    make_work(text=MARKED.format(DEATH), warnings=(DEATH,))
    admin = renamed(DEATH, to="Somebody Dies")
    entry = defining.ValueEntry(name=DEATH, explanation="", is_accepted=True, asks_consent=True, place=1)

    with pytest.raises(defining.NamesPassages):
        defining.add_value(Kind.objects.get(pk="warning"), entry, by=admin)


def test_a_retired_warning_stays_on_a_passage_and_can_be_edited():
    work = make_work(text=MARKED.format(DEATH), warnings=(DEATH,))
    defining.retire(Tag.objects.get(name=DEATH), by=UserFactory(is_superuser=True))

    edited(work, MARKED.format(DEATH) + " It rained.")

    assert PassageWarning.objects.get().is_in_text


def test_a_text_without_passages_costs_its_keeping_nothing(django_assert_max_num_queries):
    work = make_draft()

    edited(work, "Morning came at last.")

    assert not PassageWarning.objects.exists()
