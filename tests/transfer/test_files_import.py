"""Bringing files along, from the form to the posted work."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.tags.models import Tag
from archive.transfer.bringing import keeping
from archive.transfer.bringing.models import Batch, BroughtFile, FilePiece, Origin
from archive.works.models import Work
from archive.works.series import Series
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import TEXT
from tests.transfer.bringing import IMPORT, bring, decide, post_all, send, states, work_on
from tests.transfer.downloads import NEWEST, STORY, Part, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    author = UserFactory(username="ada")
    client.force_login(author)
    return author


def row_of(client, batch):
    return client.get(batch.get_absolute_url()).context["rows"][0]


def test_a_download_becomes_a_draft_that_only_its_author_sees(client, author):
    bring(client, ("eel.html", NEWEST.html()))

    work = Work.objects.get()
    assert (work.title, work.is_draft, work.language_id, work.chapters.count()) == ("The Eel Catcher’s Daughter", True, "en", 2)
    assert list(Work.objects.editable_by(author)) == [work]
    assert list(Work.objects.visible_to(UserFactory())) == []


def test_the_draft_bears_what_the_file_says_and_nothing_else(client, author):
    bring(client, ("eel.html", NEWEST.html(Story(categories=(), characters=()))))

    tags = {(tag.kind_id, tag.name) for tag in Work.objects.get().tags.all()}
    assert tags == {
        ("rating", "Mature"),
        ("warning", "Major Character Death"),
        ("warning", "Graphic Depictions Of Violence"),
        ("fandom", "The Lighthouse Keepers (TV)"),
        ("relationship", "Ines Calder/Verity Marsh"),
        ("freeform", "Fog"),
        ("freeform", "Eels?"),
    }
    assert list(Series.objects.values_list("title", "entries__position")) == [("Lamps", 2)]


def test_nothing_is_chosen_that_the_file_does_not_say(client, author):
    html = NEWEST.html(Story(warnings=(), series=())).replace("<dt>Rating:</dt>\n", "<dt>Nothing:</dt>")

    batch = bring(client, ("eel.html", html))

    assert Work.objects.get().tags.filter(kind__in=["rating", "warning"]).count() == 0
    assert row_of(client, batch).missing == ["Rating", "Archive Warning"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Choose Not To Use Archive Warnings", "Creator Chose Not To Use Archive Warnings"),
        ("Author Chose Not To Use Archive Warnings", "Creator Chose Not To Use Archive Warnings"),
        ("Underage", "Underage Sex"),
        ("No Archive Warnings Apply", "No Archive Warnings Apply"),
    ],
)
def test_warnings_are_known_by_the_names_that_they_had(client, author, told, name):
    bring(client, ("eel.html", NEWEST.html(Story(warnings=(told,)))))

    assert [tag.name for tag in Work.objects.get().tags.filter(kind="warning")] == [name]


def test_a_promise_beside_a_warning_is_not_kept_and_that_is_said(client, author):
    batch = bring(client, ("eel.html", NEWEST.html(Story(warnings=("No Archive Warnings Apply", "Major Character Death")))))

    assert [tag.name for tag in Work.objects.get().tags.filter(kind="warning")] == ["Major Character Death"]
    assert "no warnings apply and names some" in row_of(client, batch).file.claims["remarks"][0]


@pytest.mark.parametrize(
    ("story", "remark"),
    [
        (Story(rating="Spicy"), "this archive has no such value"),
        (Story(language="Harbourish"), "We do not know the language “Harbourish”"),
        (Story(freeforms=("a" * 151,)), "151 characters long"),
        (Story(freeforms=("half * done",)), "cannot hold the character *"),
        (Story(freeforms=tuple(f"Tag {number}" for number in range(80))), "These were left out: Tag 71"),
        (Story(freeforms=("Moths",)), "tag of another kind (Character)"),
        (Story(title="T" * 300), "was cut"),
        (Story(summary=f"<p>{'s' * 1_250}</p>"), "The summary is longer than fits"),
        (Story(notes=f"<p>{'n' * 5_000}</p>"), "The notes are longer than fit"),
    ],
)
def test_what_cannot_be_kept_as_it_is_is_said(client, author, story, remark):
    Tag.objects.create(name="Moths", kind_id="character")

    batch = bring(client, ("eel.html", NEWEST.html(story)))

    assert states(batch) == ["read"]
    assert [one for one in row_of(client, batch).file.claims["remarks"] if remark in one]


def test_a_summary_that_is_too_long_is_not_lost(client, author):
    bring(client, ("eel.html", NEWEST.html(Story(summary=f"<p>{'s' * 1_250}</p>"))))

    page = client.get(reverse("chapter_edit", args=[Work.objects.get().pk, Work.objects.get().chapters.first().pk]))
    assert page.context["form"]["text"].value().startswith(f"<p>{'s' * 1_250}</p>\n<hr>\n<p>The lamp was lit.")


def test_a_pseud_that_the_file_names_signs_the_draft(client, author):
    PseudFactory(user=author, name="lampwick")
    UserFactory(username="cyd")

    bring(client, ("eel.html", NEWEST.html(Story(author="lampwick"))), ("b.html", NEWEST.html(Story(number=2, author="cyd"))))

    assert [str(pseud) for work in Work.objects.order_by("pk") for pseud in work.pseuds.all()] == ["lampwick (ada)", "ada"]


def test_what_came_before_is_not_doubled(client, author):
    bring(client, ("eel.html", NEWEST.html()))
    http = NEWEST.html().replace("https://archiveofourown.org/works/4711", "http://www.archiveofourown.org/works/4711/chapters/1")

    batch = bring(client, ("again.html", http))

    assert (states(batch), Work.objects.count(), Origin.objects.count()) == (["known"], 1, 1)


def test_the_same_file_twice_at_once_is_one_work(client, author):
    batch = bring(client, ("a.html", NEWEST.html()), ("b.html", NEWEST.html()))

    assert (states(batch), Work.objects.count()) == (["read", "known"], 1)


def test_the_same_work_of_somebody_else_is_another(client, author):
    bring(client, ("a.html", NEWEST.html()))
    client.force_login(UserFactory())

    assert states(bring(client, ("a.html", NEWEST.html()))) == ["read"]


def test_a_work_that_was_deleted_can_come_again(client, author):
    bring(client, ("a.html", NEWEST.html()))
    client.post(reverse("work_delete", args=[Work.objects.get().pk]))

    assert states(bring(client, ("a.html", NEWEST.html()))) == ["read"]
    assert Work.objects.kept().count() == 1


def test_a_known_work_can_be_left_as_it_is(client, author):
    bring(client, ("a.html", NEWEST.html()))
    batch = bring(client, ("a.html", NEWEST.html()))

    decide(client, batch.files.get(), action="skip")

    assert (states(work_on(batch)), FilePiece.objects.count()) == (["skipped"], 0)


def test_a_known_work_can_be_brought_up_to_date(client, author):
    batch = post_all(client, bring(client, ("a.html", NEWEST.html())))
    parts = (Part("<p>Another beginning of it all.</p>", "New"), STORY.parts[1], Part("<p>And one thing more.</p>", "Three"))
    batch = bring(client, ("a.html", NEWEST.html(Story(parts=parts, title="Another"))))

    decide(client, batch.files.get(), action="update")
    batch = work_on(batch)

    work = Work.objects.get()
    assert (states(batch), work.title) == (["updated"], "The Eel Catcher’s Daughter")
    chapters = [(chapter.title, chapter.is_draft) for chapter in work.chapters.in_order()]
    assert chapters == [("Low Water", False), ("", False), ("Three", True)]
    assert "Another beginning" in client.get(f"{work.chapters.in_order()[0].get_absolute_url()}?view_adult=true").content.decode()


def test_a_draft_is_posted_whole(client, author):
    batch = bring(client, ("a.html", NEWEST.html()))

    batch = post_all(client, batch)

    work = Work.objects.get()
    assert (states(batch), work.is_draft, work.chapters.posted().count()) == (["posted"], False, 2)


def test_a_posted_work_is_of_the_days_that_the_file_names(client, author):
    post_all(client, bring(client, ("a.html", NEWEST.html())))

    work = Work.objects.get()
    days = [chapter.published_at.date().isoformat() for chapter in work.chapters.in_order()]
    assert (days, work.published_at.date().isoformat(), work.revised_at.date().isoformat()) == (
        ["2009-04-03", "2011-12-30"],
        "2009-04-03",
        "2011-12-30",
    )


def test_a_draft_that_is_posted_from_its_own_page_keeps_its_day_too(client, author):
    bring(client, ("a.html", NEWEST.html()))

    client.post(reverse("work_publication", args=[Work.objects.get().pk]))

    assert Work.objects.get().published_at.date().isoformat() == "2009-04-03"


def test_a_day_that_is_yet_to_come_is_not_believed(client, author):
    post_all(client, bring(client, ("a.html", NEWEST.html(Story(published="2999-01-01", updated="2999-01-02")))))

    assert Work.objects.get().published_at <= timezone.now()


def test_drafts_that_lack_something_are_not_posted_with_the_others(client, author):
    batch = bring(client, ("a.html", NEWEST.html()), ("b.html", NEWEST.html(Story(number=2, warnings=()))))

    batch = post_all(client, batch)

    assert states(batch) == ["posted", "read"]
    assert Work.objects.published().count() == 1


def test_a_file_whose_draft_is_not_ready_cannot_be_posted_by_its_number(client, author):
    batch = bring(client, ("b.html", NEWEST.html(Story(warnings=()))))

    response = client.post(reverse("batch_posting", args=[batch.pk]), {"file": batch.files.get().pk}, follow=True)

    assert "No draft was chosen" in response.content.decode()
    assert states(work_on(batch)) == ["read"]


def test_what_the_archive_does_not_take_is_said_at_posting_and_stays_a_draft(client, author):
    Tag.objects.filter(name="Mature").update(is_accepted=False)
    batch = post_all(client, bring(client, ("a.html", NEWEST.html())))

    assert (states(batch), Work.objects.get().is_draft) == (["read"], True)
    assert "does not take works marked “Mature”" in row_of(client, batch).file.sentence


def test_a_file_that_fails_says_why_and_the_others_go_on(client, author):
    batch = bring(
        client, ("a.html", NEWEST.html()), ("p.png", b"\x89PNG\r\n\x1a\n\x00\x00"), ("c.html", NEWEST.html(Story(number=3)))
    )

    assert states(batch) == ["read", "failed", "read"]
    assert batch.files.in_order()[1].sentence


def test_bytes_are_let_go_as_soon_as_a_draft_is_made(client, author):
    bring(client, ("a.html", NEWEST.html()))

    assert FilePiece.objects.count() == 0


def test_no_chapter_is_left_without_its_words(client, author):
    long = "".join(f"<p>{number} {'w' * 990}</p>" for number in range(600))

    batch = bring(client, ("a.html", NEWEST.html(Story(parts=(Part(long, "Long"),), promised="1"))))

    assert list(Work.objects.get().chapters.in_order().values_list("title", flat=True)) == ["", ""]
    assert Work.objects.get().word_count == 1_200
    assert "stands in 2 parts" in row_of(client, batch).file.claims["remarks"][0]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_files_asks_a_fixed_number_of_questions(client, author, django_assert_num_queries, count):
    batch = bring(client, *((f"{number}.html", NEWEST.html(Story(number=number + 1))) for number in range(count)))
    client.get(batch.get_absolute_url())

    with django_assert_num_queries(12):
        client.get(batch.get_absolute_url())


# The form


def test_sent_twice_it_is_kept_once(client, author):
    key = client.get(IMPORT).context["form"]["key"].value()

    first = send(client, ("a.html", NEWEST.html()), key=str(key))
    second = send(client, ("a.html", NEWEST.html()), key=str(key))
    other = send(client, ("b.html", NEWEST.html()), key=str(key))

    assert (first["Location"] == second["Location"], first["Location"] == other["Location"]) == (True, False)
    assert (Batch.objects.count(), DBTaskResult.objects.count()) == (2, 2)


def test_without_a_file_it_is_said_beside_the_field(client, author):
    response = client.post(IMPORT, {"makes": "works", "title": "Typed"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"chosen": ["Choose one file or more."]}
    assert response.context["form"]["title"].value() == "Typed"


def test_a_request_that_is_too_long_is_refused_before_it_is_read(client, author):
    response = client.post(
        IMPORT, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(keeping.LONGEST_REQUEST + 1)
    )

    assert response.status_code == 413
    assert "That is more than fits" in response.content.decode()


def test_a_file_that_is_too_long_is_named(client, author, settings):
    response = send(client, ("long.txt", b"x" * (keeping.LONGEST_FILE + 1)))

    assert "“long.txt” is longer than the" in response.context["form"].errors["chosen"][0]


def test_one_person_has_room_for_so_much_and_no_more(client, author, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BYTES", 10_000)
    send(client, ("a.html", b"x" * 9_000))

    response = send(client, ("b.html", b"x" * 2_000))

    assert (response.status_code, Batch.objects.count()) == (422, 1)
    assert "Finish or forget an import first" in response.context["form"].errors["chosen"][0]


def test_the_name_of_a_file_is_only_shown(client, author):
    batch = bring(client, ("../../etc/pass\u2028wd.html", NEWEST.html()))

    assert batch.files.get().name == "passwd.html"


def test_guests_are_sent_to_log_in(client):
    assert client.get(IMPORT)["Location"] == "/users/login?next=/works/import"


def test_the_batch_of_somebody_else_is_not_there(client, author):
    batch = bring(client, ("a.html", NEWEST.html()))
    client.force_login(UserFactory())

    answers = [client.get(batch.get_absolute_url()), client.get(reverse("batch_posting", args=[batch.pk]))]
    answers += [client.post(reverse("batch_delete", args=[batch.pk])), decide(client, batch.files.get(), action="skip")]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_an_import_can_be_forgotten_and_its_drafts_stay(client, author):
    batch = bring(client, ("a.html", NEWEST.html()))

    client.post(reverse("batch_delete", args=[batch.pk]))

    assert (Batch.objects.count(), Work.objects.count(), Origin.objects.count()) == (0, 1, 1)


def test_what_nobody_finishes_goes_after_its_time(client, author):
    send(client, ("a.html", NEWEST.html()))
    Batch.objects.update(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))

    assert (keeping.forget_expired(), FilePiece.objects.count(), BroughtFile.objects.count()) == (1, 0, 0)


def test_how_far_it_is_can_be_asked_for_alone(client, author):
    location = send(client, ("a.html", NEWEST.html()))["Location"]

    before = client.get(f"{location}?part=progress").content.decode()
    work_on(Batch.objects.get())
    after = client.get(f"{location}?part=progress").content.decode()

    assert ('data-waiting="1"' in before, 'data-waiting="0"' in after, TEXT in after) == (True, True, False)
