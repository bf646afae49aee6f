"""Posting by itself: when, by whose clocks, once, and never what is not ready."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from archive.ops import duties
from archive.works import deleting, publishing, scheduling, writing
from archive.works.chapters import Chapter
from archive.works.models import Creatorship, Work
from archive.works.scheduled import ScheduledPosting
from archive.works.signals import published
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, make_work, work_entry

pytestmark = pytest.mark.django_db

SOON = dt.timedelta(hours=1)


@pytest.fixture
def draft(author):
    return make_draft(by=author)


def plan(work, *, ahead=SOON, chapter=None):
    """Plan a chapter, or the first one of a work."""
    chapter = chapter or work.chapters.in_order().first()
    by = work.pseuds.first().user
    return scheduling.schedule(chapter, at=timezone.now() + ahead, zone="Europe/Vienna", by=by)


def let_time_pass(planned):
    """Have the time of what was planned come."""
    ScheduledPosting.objects.filter(pk=planned.pk).update(due_at=planned.due_at - 2 * SOON)
    return planned.due_at - 2 * SOON


def address(work):
    return reverse("chapter_schedule", args=[work.pk, work.chapters.first().pk])


def tomorrow(**fields):
    day = timezone.localdate() + dt.timedelta(days=1)
    return {"day": day.isoformat(), "time": "18:30", "zone": "Asia/Kathmandu", **fields}


def test_an_author_plans_by_their_own_clock(client, draft):
    client.post(address(draft), tomorrow())

    day = timezone.localdate() + dt.timedelta(days=1)
    assert ScheduledPosting.objects.get().due_at == dt.datetime.combine(day, dt.time(12, 45), tzinfo=dt.UTC)
    page = client.get(address(draft)).context["form"]
    assert (page["time"].value(), page["zone"].value()) == (dt.time(18, 30), "Asia/Kathmandu")


def test_a_draft_is_posted_at_its_time_and_is_of_that_time(draft):
    due_at = let_time_pass(plan(draft))

    assert scheduling.post_due() == 1
    work = Work.objects.get()
    assert (work.published_at, work.revised_at, work.chapters.get().published_at) == (due_at, due_at, due_at)
    assert not ScheduledPosting.objects.exists()


def test_nothing_is_posted_before_its_time_or_twice(draft):
    planned = plan(draft)

    assert scheduling.post_due() == 0
    let_time_pass(planned)
    assert [scheduling.post_due(), scheduling.post_due()] == [1, 0]


def test_those_who_listen_are_told_once(draft, django_capture_on_commit_callbacks):
    heard = []

    def hear(**said):
        heard.append(said["work"].pk)

    published.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        planned = plan(draft)
    assert heard == []
    let_time_pass(planned)
    with django_capture_on_commit_callbacks(execute=True):
        scheduling.post_due()
    published.disconnect(hear)

    assert heard == [draft.pk]


def test_a_chapter_of_a_posted_work_is_posted_by_itself(author):
    work = make_work(by=author, expected_chapters=None)
    chapter = add_chapter(work, posts=False)
    due_at = let_time_pass(plan(work, chapter=chapter))

    scheduling.post_due()

    chapter.refresh_from_db()
    work.refresh_from_db()
    assert (chapter.published_at, work.chapters_of_expected) == (due_at, "2/?")


def test_a_later_chapter_of_a_draft_brings_the_first_one_along(author):
    work = make_draft(by=author, expected_chapters=None)
    let_time_pass(plan(work, chapter=add_chapter(work, posts=False)))

    scheduling.post_due()

    assert not Chapter.objects.filter(published_at=None).exists()


def test_what_was_made_unready_is_not_posted_and_its_author_is_told_why(client, author, draft):
    planned = plan(draft)
    writing.edit(draft, work_entry(author, rating=""), version=1, by=author)
    let_time_pass(planned)

    assert scheduling.post_due() == 0
    assert Work.objects.get().is_draft
    page = client.get(reverse("drafts", args=[author.username])).content.decode()
    assert "and was not. Please choose a rating." in page


def test_what_was_refused_waits_until_it_is_planned_anew(author, draft):
    planned = plan(draft)
    writing.edit(draft, work_entry(author, rating=""), version=1, by=author)
    let_time_pass(planned)
    scheduling.post_due()
    writing.edit(draft, work_entry(author), version=2, by=author)

    assert scheduling.post_due() == 0
    let_time_pass(plan(Work.objects.get()))
    assert scheduling.post_due() == 1


@pytest.mark.parametrize("what", ["deleted", "left", "closed"])
def test_without_somebody_who_may_nothing_is_posted(author, draft, what):
    let_time_pass(plan(draft))
    match what:
        case "deleted":
            deleting.delete(draft, by=author)
        case "left":
            Creatorship.objects.update(pseud=UserFactory().pseuds.get())
        case "closed":
            author.is_active = False
            author.save(update_fields=["is_active"])

    assert scheduling.post_due() == 0
    assert ScheduledPosting.objects.get().refusal
    assert Work.objects.get().is_draft


def test_one_that_cannot_be_posted_does_not_keep_the_others_back(author, draft):
    let_time_pass(plan(draft))
    writing.edit(draft, work_entry(author, rating=""), version=1, by=author)
    let_time_pass(plan(make_draft(by=author)))

    assert scheduling.post_due() == 1


def test_posting_by_hand_ends_the_plan(author, draft):
    plan(draft)

    publishing.publish(draft, by=author)

    assert not ScheduledPosting.objects.exists()


def test_a_plan_is_changed_and_cancelled(client, draft):
    client.post(address(draft), tomorrow())
    client.post(address(draft), tomorrow(time="06:00"))
    changed = ScheduledPosting.objects.get().wall_clock.time()

    client.post(address(draft), {"action": "cancel"})

    assert changed == dt.time(6)
    assert not ScheduledPosting.objects.exists()
    assert Work.objects.get().is_draft


def test_editing_keeps_the_plan(author, draft):
    planned = plan(draft)

    writing.edit_chapter(draft.chapters.get(), chapter_entry("<p>Another lamp, lit later.</p>"), version=1, by=author)

    assert ScheduledPosting.objects.get().due_at == planned.due_at


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"day": "2020-01-01"}, "time", "has passed"),
        ({"day": "2999-01-01"}, "time", "too far ahead"),
        ({"day": "9999-12-31", "zone": "America/Los_Angeles"}, "day", "another day"),
        ({"day": "tomorrow"}, "day", "2004-11-30"),
        ({"time": "25:00"}, "time", "18:30"),
        ({"zone": ""}, "zone", "by which clocks"),
        ({"zone": "Middle/Earth"}, "zone", "not one of the available choices"),
        ({"zone": "../../etc/passwd"}, "zone", "not one of the available choices"),
        ({"day": "2028-03-26", "time": "02:30", "zone": "Europe/Vienna"}, "time", "there is no 02:30"),
        ({"day": "2028-10-29", "time": "02:30", "zone": "Europe/Vienna"}, "time", "02:30 comes twice"),
        ({"day": "2028-04-02", "time": "01:45", "zone": "Australia/Lord_Howe"}, "time", "01:45 comes twice"),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(client, draft, sent, field, sentence):
    answer = client.post(address(draft), tomorrow(**sent))

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]
    assert not ScheduledPosting.objects.exists()


def test_what_is_not_ready_cannot_be_planned(client, author):
    draft = make_draft(by=author, rating="")

    answer = client.post(address(draft), tomorrow())

    assert "Please choose a rating." in answer.content.decode()
    assert Work.objects.get().is_draft
    assert not ScheduledPosting.objects.exists()


def test_a_posted_chapter_cannot_be_planned(client, author):
    work = make_work(by=author)

    assert client.post(address(work), tomorrow()).url == work.chapters.get().get_absolute_url()
    assert not ScheduledPosting.objects.exists()


@pytest.mark.parametrize("who", ["guest", "member", "author", "staff"])
def test_only_authors_reach_what_is_planned(client, draft, author, who):
    plan(draft)
    viewer = {"guest": AnonymousUser(), "member": UserFactory(), "author": author, "staff": UserFactory(is_staff=True)}[who]
    if who == "guest":
        client.logout()
    else:
        client.force_login(viewer)

    assert ScheduledPosting.objects.editable_by(viewer).exists() == (who == "author")
    expected = {"guest": 302, "author": 200}.get(who, 404)
    assert [client.get(address(draft)).status_code, client.post(address(draft), tomorrow()).status_code in {302, 404}] == [
        expected, True,
    ]  # fmt: skip


def test_the_duty_is_only_there_when_something_is_due(draft):
    planned = plan(draft)
    before = duties.enqueue_due()
    let_time_pass(planned)

    assert ("post_scheduled" in before, duties.enqueue_due()) == (False, ["post_scheduled"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_drafts_page_asks_as_much_for_many_as_for_few(client, author, count, django_assert_num_queries):
    for _ in range(count):
        plan(make_draft(by=author))
        work = make_work(by=author, expected_chapters=None)
        plan(work, chapter=add_chapter(work, posts=False))

    with django_assert_num_queries(7):
        page = client.get(reverse("drafts", args=[author.username])).content.decode()

    assert page.count("Will be posted on") == 2 * count
