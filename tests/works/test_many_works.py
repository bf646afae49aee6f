"""Many works at once: only what is said changes, a look comes first, what must stay stays, and one undo puts all of it back."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.tags.models import Kind as TagKind
from archive.tags.models import Tag
from archive.works import changing_many, deleting, skinning, tagging, writing
from archive.works.bulk import KEPT, BulkChange, Deed, states_of
from archive.works.changing_many import ManyEdit
from archive.works.models import Creatorship, Work
from archive.works.series import Series, SeriesEntry
from archive.works.skinning import SkinEntry
from archive.works.skins import Kind
from archive.works.taggings import Tagging
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "replaced_rating": "Mature", "gained_freeform": "Fog, Rain", "lost_freeform": "Letters", "gained_category": ["Gen"],
    "gained_fandom": "Night Bus", "language": "de", "access": "members", "joins": "The Buoy", "leaves": "The Lamp",
}  # fmt: skip


@pytest.fixture
def works(author):
    """A work in a series, one whose chapter warns, and a draft."""
    first = make_work(by=author, title="First", series="The Lamp", tags={"freeform": ["Letters", "Tea"], "category": ["F/F"]})
    second = make_work(
        by=author, title="Second", warnings=("Graphic Depictions Of Violence",), expected_chapters=None, tags={"freeform": ["Fog"]}
    )
    add_chapter(second, warnings=["Major Character Death"])
    return [first, second, make_draft(by=author, title="Third", tags={"freeform": ["Letters"]})]


def send(client, author, works, page="works_edit_many", **fields):
    return client.post(reverse(page, args=[author.username]), {"work_ids": [work.pk for work in works], **fields})


def rows(works):
    """Every row that belongs to works, as it stands in the database, but for the versions that keep tabs apart."""
    pks = [work.pk for work in works]
    return (
        list(Work.objects.filter(pk__in=pks).order_by("pk").values_list("language", "is_restricted", "revised_at", "deleted_at")),
        list(Tagging.objects.filter(content_object__in=pks).order_by("content_object", "tag").values_list(
            "content_object", "tag", "position", "is_own")),
        list(Creatorship.objects.filter(work__in=pks).order_by("work", "pseud").values_list("work", "pseud", "position")),
        list(SeriesEntry.objects.filter(work__in=pks).order_by("work", "series").values_list("work", "series", "position")),
        list(Series.objects.order_by("pk").values_list("pk", "title", "summary", "notes", "is_complete", "created_at", "pseuds")),
    )  # fmt: skip


def names(work, kind):
    return list(work.taggings.filter(tag__kind=kind).order_by("position").values_list("tag__name", flat=True))


def test_only_what_is_said_changes(client, author, works):
    send(client, author, works, step="apply", gained_freeform="Fog, Rain")

    assert [names(work, "freeform") for work in works] == [
        ["Letters", "Tea", "Fog", "Rain"],
        ["Fog", "Rain"],
        ["Letters", "Fog", "Rain"],
    ]
    first = Work.objects.get(title="First")
    assert (names(first, "rating"), names(first, "category"), first.language_id, first.is_restricted) == (
        ["General Audiences"], ["F/F"], "en", False,
    )  # fmt: skip


def test_everything_can_be_changed_at_once(client, author, works):
    send(client, author, works, step="apply", **EVERYTHING)

    work = Work.objects.get(title="First")
    assert [names(work, kind) for kind in ("rating", "freeform", "category", "fandom")] == [
        ["Mature"], ["Tea", "Fog", "Rain"], ["F/F", "Gen"], ["The Lighthouse Keepers (TV)", "Night Bus"],
    ]  # fmt: skip
    assert (work.language_id, work.is_restricted) == ("de", True)
    assert list(Series.objects.values_list("title", "entries__position").order_by("entries__position")) == [
        ("The Buoy", 1), ("The Buoy", 2), ("The Buoy", 3),
    ]  # fmt: skip


def test_the_name_they_are_written_under_changes(client, author, works):
    pseud = PseudFactory(user=author)

    send(client, author, works, step="apply", pseuds=[pseud.pk])

    assert {name.pseud for name in Creatorship.objects.all()} == {pseud}


def test_a_look_changes_nothing_and_says_what_would(client, author, works):
    before = rows(works)

    page = send(client, author, works, step="preview", **EVERYTHING).content.decode()

    assert rows(works) == before
    assert not BulkChange.objects.exists()
    assert [part in page for part in ("Change 3 works", "Fog, Rain", "Letters", "Deutsch", "only members", "The Buoy")] == [
        True
    ] * 6


def test_one_undo_puts_everything_back_exactly(client, author, works):
    Series.objects.update(is_complete=True)
    before = rows(works)
    send(client, author, works, step="apply", pseuds=[PseudFactory(user=author).pk], **EVERYTHING)
    changed = rows(works)

    client.post(reverse("bulk_undoing", args=[author.username, BulkChange.objects.get().pk]))

    assert changed != before
    assert rows(works) == before


@pytest.mark.parametrize("fields", [{name: value} for name, value in EVERYTHING.items()], ids=EVERYTHING)
def test_each_change_is_undone_exactly(client, author, works, fields):
    before = rows(works)
    send(client, author, works, step="apply", **fields)

    changing_many.undo(BulkChange.objects.get(), by=author)

    assert rows(works) == before


def test_works_wear_a_skin_together_take_it_off_and_one_undo_puts_it_back(client, author, works):
    teal, red = (
        skinning.make(Kind.WORK, SkinEntry(title=title, source="p { color: red }"), by=author) for title in ("Teal", "Red")
    )
    skinning.wear(works[0], teal, by=author)
    look = send(client, author, works, step="preview", skin=red.pk)
    send(client, author, works, step="apply", skin=red.pk)
    worn = [Work.objects.get(pk=work.pk).skin for work in works]
    changing_many.undo(BulkChange.objects.get(), by=author)
    put_back = [Work.objects.get(pk=work.pk).skin for work in works]
    send(client, author, works, step="apply", skin="none")

    assert [(one.lost, one.gained) for _title, [one] in look.context["changed"]] == [("Teal", "Red"), ("", "Red"), ("", "Red")]
    assert worn == [red] * 3
    assert put_back == [teal, None, None]
    assert not Work.objects.exclude(skin=None).exists()


def test_other_changes_leave_skins_as_they_are(client, author, works):
    skin = skinning.make(Kind.WORK, SkinEntry(title="Teal", source="p { color: red }"), by=UserFactory())
    Work.objects.update(skin=skin)
    send(client, author, works, step="apply", language="de")
    changing_many.undo(BulkChange.objects.get(), by=author)

    assert {work.skin for work in Work.objects.all()} == {skin}


def test_a_skin_that_is_deleted_meanwhile_is_put_back_on_nobody(author, works):
    teal, red = (
        skinning.make(Kind.WORK, SkinEntry(title=title, source="p { color: red }"), by=author) for title in ("Teal", "Red")
    )
    skinning.wear(works[0], teal, by=author)
    done = changing_many.change([works[0].pk], ManyEdit(skin=red), by=author)
    skinning.delete(teal, by=author)

    assert changing_many.undo(done, by=author) == []
    assert Work.objects.get(pk=works[0].pk).skin is None


def test_no_skin_of_somebody_else_is_offered(client, author, works):
    skin = skinning.make(Kind.WORK, SkinEntry(title="Teal", source="p { color: red }"), by=UserFactory())

    answer = send(client, author, works, step="apply", skin=skin.pk)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["skin"])


def test_a_posted_work_keeps_what_it_must_have_and_the_others_change(client, author, works):
    fandom = "The Lighthouse Keepers (TV)"
    answer = send(client, author, works, step="preview", lost_fandom=fandom, gained_freeform="Fog")
    send(client, author, works, step="apply", lost_fandom=fandom, gained_freeform="Fog")

    assert answer.context["refused"] == [(title, "Please name at least one fandom.") for title in ("First", "Second")]
    assert [names(work, "fandom") for work in works] == [[fandom], [fandom], []]
    assert BulkChange.objects.get().refused == [[title, "Please name at least one fandom."] for title in ("First", "Second")]


def test_a_work_that_lacked_something_before_is_still_changed(author, works):
    TagKind.objects.filter(pk="category").update(is_required=True)

    done = changing_many.change([works[1].pk], ManyEdit(language="de"), by=author)

    assert (done.count, done.refused) == (1, [])


def test_no_work_gets_more_tags_than_it_may_have(author):
    full = make_work(by=author, tags={"freeform": [f"Tag {number}" for number in range(74)]})

    done = changing_many.change([full.pk], ManyEdit(gained={"freeform": ["One more"]}), by=author)

    assert done.refused == [[full.title, "It would have 76 tags; a work can have 75."]]
    assert len(names(full, "freeform")) == 74


def test_a_work_changed_since_is_left_and_said(client, author, works):
    send(client, author, works, step="apply", gained_freeform="Rain")
    writing.edit(works[0], work_entry(author, title="First", tags={"freeform": ["Her own"]}), version=2, by=author)

    answer = client.post(reverse("bulk_undoing", args=[author.username, BulkChange.objects.get().pk]), follow=True)

    assert "left as they are: First" in answer.content.decode()
    assert [names(work, "freeform") for work in works] == [["Her own"], ["Fog"], ["Letters"]]


def test_what_is_undone_is_not_undone_again(client, author, works):
    send(client, author, works, step="apply", gained_freeform="Rain")
    undoing = reverse("bulk_undoing", args=[author.username, BulkChange.objects.get().pk])
    client.post(undoing)
    tagging.tag(works[2], [])

    answer = client.post(undoing, follow=True)

    assert "This is undone already." in answer.content.decode()
    assert names(works[2], "freeform") == []


def test_a_tag_that_went_meanwhile_is_made_anew(author, works):
    done = changing_many.change([works[0].pk], ManyEdit(lost={"freeform": ["Tea"]}), by=author)
    Tag.objects.filter(name="Tea").delete()

    changing_many.undo(done, by=author)

    assert names(works[0], "freeform") == ["Letters", "Tea"]


def test_a_name_that_is_of_another_kind_is_refused_and_nothing_is_lost(client, author, works):
    answer = send(client, author, works, step="preview", gained_character="Tea", gained_freeform="Rain")

    assert "already a tag of another kind" in answer.context["form"].non_field_errors()[0]
    assert (answer.status_code, "Rain" in answer.content.decode()) == (422, True)


def test_an_open_tab_does_not_undo_a_change_unseen(author, works):
    changing_many.change([works[0].pk], ManyEdit(language="de"), by=author)

    with pytest.raises(writing.ChangedMeanwhile):
        writing.edit(works[0], work_entry(author), version=works[0].version, by=author)


# Deleting


def test_many_are_deleted_and_brought_back_together(client, author, works):
    before = rows(works)
    send(client, author, works, page="works_delete_many")
    asked = Work.objects.kept().count()
    send(client, author, works, page="works_delete_many", step="apply")
    gone = Work.objects.deleted_by(author).count()

    client.post(reverse("bulk_undoing", args=[author.username, BulkChange.objects.get(deed=Deed.DELETE).pk]))

    assert (asked, gone) == (3, 3)
    assert rows(works) == before


def test_of_deleted_works_one_is_brought_back_by_itself(author, works):
    done = changing_many.delete([work.pk for work in works], by=author)
    deleting.restore(works[0], by=author)

    assert changing_many.undo(done, by=author) == ["First"]
    assert Work.objects.kept().count() == 3


# Doors and limits


@pytest.mark.parametrize("page", ["works_edit_many", "works_delete_many"])
def test_works_of_others_are_not_touched(client, author, works, page):
    theirs = make_work(title="Theirs")

    send(client, author, [theirs, works[2]], page=page, step="apply", gained_freeform="Rain")

    theirs.refresh_from_db()
    assert (names(theirs, "freeform"), theirs.deleted_at) == ([], None)
    assert BulkChange.objects.get().count == 1


@pytest.mark.parametrize("page", ["works_edit_many", "works_delete_many"])
@pytest.mark.parametrize("ids", [[], ["x"], ["99999999999999999999999"], ["٣"], ["-1"]])
def test_without_a_work_one_is_asked_to_tick_some(client, author, page, ids):
    answer = client.post(reverse(page, args=[author.username]), {"work_ids": ids, "step": "apply"}, follow=True)

    assert "Please tick the works that you mean." in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "__all__"),
        ({"gained_freeform": "a" * 151}, "gained_freeform"),
        ({"replaced_rating": "Nonsense"}, "replaced_rating"),
        ({"leaves": "No such series"}, "leaves"),
        ({"pseuds": ["999999"]}, "pseuds"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(client, author, works, fields, field):
    answer = send(client, author, works, step="apply", **({"gained_character": "Ines"} if fields else {}), **fields)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert ("Ines" in answer.content.decode()) == bool(fields)
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize("name", ["works_many", "works_edit_many", "works_delete_many", "bulk_change", "bulk_undoing"])
@pytest.mark.parametrize("who", ["guest", "member", "staff"])
def test_others_have_no_part_in_it(client, author, works, name, who):
    status = 302 if who == "guest" else 404
    done = changing_many.change([works[0].pk], ManyEdit(language="de"), by=author)
    client.logout()
    viewer = UserFactory(is_staff=who == "staff")
    if who != "guest":
        client.force_login(viewer)
    more = [done.pk] if name.startswith("bulk") else []
    ask = client.post if name not in {"works_many", "bulk_change"} else client.get

    assert ask(reverse(name, args=[author.username, *more])).status_code == status
    if who != "guest" and more:
        assert ask(reverse(name, args=[viewer.username, *more])).status_code == 404
    assert Work.objects.get(title="First").language_id == "de"


def test_what_is_old_can_no_longer_be_undone(client, author, works):
    done = changing_many.change([works[0].pk], ManyEdit(language="de"), by=author)
    BulkChange.objects.update(made_at=timezone.now() - KEPT)

    assert client.get(reverse("bulk_change", args=[author.username, done.pk])).status_code == 404
    changing_many.purge_expired()
    assert not BulkChange.objects.exists()


def test_too_many_at_once_are_refused_in_a_sentence(author):
    with pytest.raises(changing_many.TooMany, match="at most 500"):
        changing_many.preview(range(1, 502), ManyEdit(language="de"), by=author)


def test_a_state_is_read_as_it_was_written(author, works):
    changing_many.change([work.pk for work in works], ManyEdit(gained={"freeform": ["Rain"]}), by=author)

    after = [state for _before, state in BulkChange.objects.get().states]

    assert after == [replace(state) for state in states_of(list(Work.objects.order_by("pk")), author=author)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_choice_asks_as_much_for_many_works_as_for_few(client, author, count, django_assert_num_queries):
    for _ in range(count):
        make_work(by=author)

    with django_assert_num_queries(7):
        answer = client.get(reverse("works_many", args=[author.username]))

    assert len(answer.context["page"].object_list) == count
