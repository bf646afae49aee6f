"""C1 of the house's list of faults: two tabs, or two authors, at one text."""

import pytest
from django.urls import reverse

from archive.works import autosaving, revising, skinning, writing
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind
from archive.works.texts import ChapterText, Revision
from tests.factories.works import add_chapter, chapter_entry, co_author_of, make_work
from tests.works.test_published_works_are_warned import form_of

pytestmark = pytest.mark.django_db

WAS = "The lamp was lit.\n\nThe ship was seen.\n\nThe keeper slept."
KEPT = WAS.replace("lit", "trimmed").replace("seen", "heard")
YOURS = WAS.replace("lit", "dark").replace("slept", "woke")
KEY = "6f7a1c1e-2d7a-4c57-9f0e-111111111111"


@pytest.fixture
def chapter(author):
    """A chapter that somebody has saved since this author opened it."""
    work = make_work(by=author, text=WAS, expected_chapters=None)
    chapter = add_chapter(work, text=WAS)
    writing.edit_chapter(chapter, chapter_entry(KEPT, title="Kept"), version=1, by=co_author_of(chapter.work))
    return chapter


def edit(chapter):
    return reverse("chapter_edit", args=[chapter.work_id, chapter.pk])


def save(client, chapter, text=YOURS, **sent):
    return client.post(
        edit(chapter), {"text": text, "text_version": 1, "chapter_title": "Mine", "key": KEY, "action": "save"} | sent
    )


def again(client, chapter, conflicted, action, **chosen):
    """Send the form of a conflict once more, with a choice."""
    form, conflict = conflicted.context["form"], conflicted.context["conflict"]
    sent = {name: form[name].value() for name in ("text", "text_version", "chapter_title", "key")}
    sent |= {"merge_base": conflict.base, "merge_seal": conflict.seal, "action": action}
    return client.post(edit(chapter), sent | chosen)


def test_the_second_save_shows_both_and_changes_nothing(client, chapter):
    response = save(client, chapter)

    shown = [passage for passage in response.context["conflict"].shown() if not passage.is_same]
    assert response.status_code == 409
    assert [passage.proposed for passage in shown] == ["both", "kept", "yours"]
    assert {"chapter_title", "text"} <= {difference.name for difference in response.context["conflict"].differences}
    assert ChapterText.objects.get(chapter=chapter).source == KEPT


def test_what_only_one_changed_is_chosen_already(client, chapter):
    together = again(client, chapter, save(client, chapter), "put-together", **{"passage-0": "yours"})

    assert together.context["form"]["text"].value() == "The lamp was dark.\n\nThe ship was heard.\n\nThe keeper woke."
    assert ChapterText.objects.get(chapter=chapter).source == KEPT


def test_what_was_put_together_is_saved_as_a_version_after_the_other(client, author, chapter):
    together = again(client, chapter, save(client, chapter), "put-together", **{"passage-0": "kept", "field-chapter_title": "kept"})
    form = together.context["form"]

    response = save(client, chapter, form["text"].value(), **{n: form[n].value() for n in ("text_version", "chapter_title")})

    assert response.status_code == 302
    assert ChapterText.objects.get(chapter=chapter).source == KEPT.replace("slept", "woke")
    assert [revising.source_of(chapter, number) for number in (1, 2, 3)] == [WAS, KEPT, KEPT.replace("slept", "woke")]
    chapter.refresh_from_db()
    assert chapter.title == "Kept"


@pytest.mark.parametrize("chosen", ["", "neither", "\0"])
def test_where_nothing_is_chosen_both_stay(client, chapter, chosen):
    together = again(client, chapter, save(client, chapter), "put-together", **{"passage-0": chosen})

    assert together.context["form"]["text"].value().startswith("The lamp was trimmed dark.")


def test_a_choice_for_passages_that_have_changed_since_is_asked_for_anew(client, chapter):
    conflicted = save(client, chapter)
    writing.edit_chapter(chapter, chapter_entry("Saved once more."), version=2, by=co_author_of(chapter.work))

    response = again(client, chapter, conflicted, "put-together", **{"passage-0": "kept"})

    assert response.status_code == 409
    assert "Please choose again" in response.content.decode()
    assert response.context["form"]["text"].value() == YOURS


def test_what_is_kept_can_be_left_as_it_is_and_what_was_typed_is_not_lost(client, author, chapter):
    response = again(client, chapter, save(client, chapter), "leave")

    assert (response.status_code, response.url) == (302, edit(chapter))
    assert ChapterText.objects.get(chapter=chapter).source == KEPT
    assert [writing.text for writing in autosaving.unsent(by=author)] == [YOURS]
    assert "The lamp was dark" in client.get(response.url).content.decode()


def test_without_the_version_that_both_began_from_all_is_asked(client, chapter):
    Revision.objects.filter(chapter=chapter).delete()

    response = save(client, chapter)

    shown = [passage for passage in response.context["conflict"].shown() if not passage.is_same]
    assert [passage.proposed for passage in shown] == ["both", "both", "both"]


def test_a_work_in_one_piece_is_put_together_with_its_tags(client, author):
    work = make_work(by=author, text=WAS)
    place = reverse("work_edit", args=[work.pk])
    stale = form_of(author) | {"version": 1, "text_version": 1, "key": KEY, "action": "save"}
    client.post(place, stale | {"text": KEPT, "tags_warning": ["Underage Sex"], "tags_freeform": "Fog", "language": "de"})
    conflicted = client.post(place, stale | {"text": YOURS, "is_restricted": "on"})
    form, conflict = conflicted.context["form"], conflicted.context["conflict"]

    taken = {f"field-{difference.name}": "kept" for difference in conflict.differences}
    versions = {name: form[name].value() for name in ("version", "text_version")}
    seals = {"merge_base": conflict.base, "merge_seal": conflict.seal, "action": "put-together", "passage-0": "kept"}
    together = client.post(place, stale | {"text": YOURS, "is_restricted": "on"} | versions | seals | taken).context["form"]

    values = {name: together[name].value() for name in ("tags_warning", "tags_freeform", "language", "is_restricted")}
    assert values == {"tags_warning": ["Underage Sex"], "tags_freeform": "Fog", "language": "de", "is_restricted": False}
    assert together["text"].value() == KEPT.replace("slept", "woke")


def test_an_autosave_counts_for_nothing_beside_what_was_saved(client, author, chapter):
    """C2: the last save wins, every saved version is in the history, and what was only typed is in neither."""
    typed = {"author": author.pk, "place": edit(chapter), "key": KEY, "typed_at": 5, "text": "Only typed.", "text_version": 2}
    client.post(reverse("unsent"), typed)

    writing.edit_chapter(chapter, chapter_entry("Saved last."), version=2, by=co_author_of(chapter.work))
    client.post(reverse("unsent"), typed | {"typed_at": 6})

    versions = revising.versions_of(chapter)
    assert ChapterText.objects.get(chapter=chapter).source == "Saved last."
    assert [version.number for version in versions] == [3, 2, 1]
    assert [revising.source_of(chapter, version.number) for version in versions] == ["Saved last.", KEPT, WAS]


def test_writing_taken_back_over_a_newer_text_meets_it_when_it_is_saved(client, author, chapter):
    typed = {"author": author.pk, "place": edit(chapter), "key": KEY, "typed_at": 5, "text": YOURS, "text_version": 1}
    client.post(reverse("unsent"), typed)
    form = client.get(f"{edit(chapter)}?unsent={KEY}").context["form"]

    response = save(client, chapter, form["text"].value(), text_version=form["text_version"].value())

    assert response.status_code == 409
    assert ChapterText.objects.get(chapter=chapter).source == KEPT


def opened(client, address):
    """Answer what a browser would send of a form that was opened and left as it was."""
    form = client.get(address).context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}


def skin_of(author, title):
    return skinning.make(Kind.WORK, SkinEntry(title=title, source="p { color: red }"), by=author)


def test_two_tabs_that_dress_a_work_are_shown_both_skins_and_one_is_chosen(client, author):
    work = make_work(by=author)
    teal, red = skin_of(author, "Teal"), skin_of(author, "Red")
    address = reverse("work_edit", args=[work.pk])
    first, second = (opened(client, address) for _tab in range(2))
    client.post(address, first | {"skin": teal.pk, "action": "save"})

    conflicted = client.post(address, second | {"skin": red.pk, "action": "save"})

    [difference] = conflicted.context["conflict"].differences
    assert (conflicted.status_code, difference.name, difference.kept, difference.typed) == (409, "skin", "Teal", "Red")
    chosen = {"merge_base": conflicted.context["conflict"].base, "merge_seal": conflicted.context["conflict"].seal}
    for side, skin in (("kept", teal), ("yours", red)):
        together = client.post(address, second | chosen | {"skin": red.pk, "field-skin": side, "action": "put-together"})
        assert str(together.context["form"]["skin"].value()) == str(skin.pk)
