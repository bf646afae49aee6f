"""No published work without rating, fandom and warning choice: by form, deed, ORM and raw SQL."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from archive.tags.models import Tag
from archive.works import publishing, tagging, writing
from archive.works.models import Work
from archive.works.taggings import Tagging
from tests.factories.people import UserFactory
from tests.factories.works import TEXT, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

LACKING = {
    "rating": {"rating": ""},
    "warning": {"warnings": ()},
    "fandom": {"fandoms": ()},
}


def check_now():
    """Have the deferred constraints looked at, as a commit does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("lacking", LACKING)
def test_the_deed_refuses_to_publish_without(lacking):
    draft = make_draft(**LACKING[lacking])

    with pytest.raises(publishing.NotReady) as refusal:
        publishing.publish(draft, by=draft.pseuds.get().user)

    assert list(refusal.value.missing) == [lacking]


@pytest.mark.parametrize("lacking", LACKING)
def test_the_form_says_what_is_missing_and_keeps_what_was_typed(client, lacking):
    author = UserFactory()
    client.force_login(author)
    sent = form_of(author) | {f"tags_{lacking}": ""}
    if lacking != "fandom":
        del sent[f"tags_{lacking}"]

    response = client.post(reverse("work_new"), sent | {"action": "post"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"tags_{lacking}"]
    assert "A harbour at night" in response.content.decode()
    assert not Work.objects.exists()


def form_of(author):
    return {
        "title": "A harbour at night",
        "language": "en",
        "tags_rating": "Mature",
        "tags_warning": ["Major Character Death"],
        "tags_fandom": "The Lighthouse Keepers (TV)",
        "text": TEXT,
        "pseuds": [author.pseuds.get().pk],
        "expected_chapters": "1",
    }


@pytest.mark.parametrize("lacking", LACKING)
def test_the_database_refuses_a_draft_published_by_the_orm(lacking):
    draft = make_draft(**LACKING[lacking])

    with pytest.raises(IntegrityError, match="needs one rating"), transaction.atomic():
        Work.objects.filter(pk=draft.pk).update(published_at=timezone.now(), revised_at=timezone.now())
        check_now()


@pytest.mark.parametrize("kind", LACKING)
def test_the_database_refuses_to_let_raw_sql_take_it_away(kind):
    work = make_work()

    with pytest.raises(IntegrityError, match="needs one rating"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM archive_tagging WHERE work_id = %s AND tag_id IN (SELECT id FROM archive_tag WHERE kind_id = %s)",
            [work.pk, kind],
        )
        check_now()


def test_the_database_refuses_a_work_that_is_born_published():
    with pytest.raises(IntegrityError, match="needs one rating"), transaction.atomic():
        Work.objects.create(title="Bare", language_id="en", chapter_count=1, published_at=timezone.now(), revised_at=timezone.now())
        check_now()


def test_the_database_refuses_a_second_rating():
    work = make_work(rating="Mature")

    with pytest.raises(IntegrityError, match="needs one rating"), transaction.atomic():
        Tagging.objects.create(content_object=work, tag=Tag.objects.get(name="Explicit"))
        check_now()


def test_the_database_refuses_the_promise_of_no_warnings_beside_a_warning():
    work = make_work()

    with pytest.raises(IntegrityError, match="needs one rating"), transaction.atomic():
        Tagging.objects.create(content_object=work, tag=Tag.objects.get(name="Rape/Non-Con"))
        check_now()


def test_the_database_refuses_to_turn_a_warning_in_use_into_something_else():
    work = make_work(warnings=("Major Character Death",))

    with pytest.raises(IntegrityError, match="cannot change its kind"), transaction.atomic():
        Tag.objects.filter(taggings__content_object=work, kind="warning").update(kind="freeform")


def test_tags_move_to_another_work_only_where_both_stay_whole():
    from_work, to_work = make_work(), make_work()

    with pytest.raises(IntegrityError, match="needs one rating"), transaction.atomic():
        Tagging.objects.filter(content_object=from_work, tag__kind="fandom").update(
            content_object=to_work, tag=Tag.objects.create(name="Night Bus", kind_id="fandom")
        )
        check_now()


@pytest.mark.parametrize("title", ["", None])
def test_the_database_refuses_a_published_work_without_a_title(title):
    work = make_work()

    with pytest.raises(IntegrityError), transaction.atomic():
        Work.objects.filter(pk=work.pk).update(title=title)


def test_an_edit_cannot_take_the_warnings_from_a_published_work():
    author = UserFactory()
    work = make_work(by=author)

    with pytest.raises(publishing.NotReady):
        writing.edit(work, work_entry(author, warnings=()), version=1, by=author)

    assert work.taggings.filter(tag__kind="warning").exists()


def test_no_warnings_beside_a_warning_is_refused_with_a_sentence():
    with pytest.raises(tagging.Contradiction, match="cannot stand beside"):
        make_draft(warnings=("No Archive Warnings Apply", "Underage Sex"))


def test_what_the_archive_does_not_accept_is_refused_in_its_own_words():
    Tag.objects.filter(name="Explicit").update(is_accepted=False)

    with pytest.raises(publishing.NotAccepted, match="does not take works marked “Explicit”"):
        make_work(rating="Explicit")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_each_take_what_the_other_left():
    work = make_work(warnings=("Underage Sex", "Major Character Death"))
    first, second = work.taggings.filter(tag__kind="warning")
    gate, outcomes = threading.Barrier(2), []

    def take(tagging):
        try:
            with transaction.atomic():
                Tagging.objects.filter(pk=tagging.pk).delete()
                gate.wait(timeout=60)
            outcomes.append("taken")
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[tagging]) for tagging in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "taken"]
    assert work.taggings.filter(tag__kind="warning").count() == 1
