"""The worker: duties fall due once, and the task of a worker that died is run again."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.ops import duties, presence
from archive.search.models import SearchChange
from archive.transfer.bringing import tasks as bringing
from archive.transfer.taking import tasks as taking

pytestmark = pytest.mark.django_db


def running_task(*workers: str) -> DBTaskResult:
    duties.prune_task_results.enqueue()
    result = DBTaskResult.objects.get()
    for worker in workers:
        result.claim(worker)
    return result


def test_duties_fall_due_once_however_many_ask() -> None:
    first = duties.enqueue_due()
    second = duties.enqueue_due()

    assert (first, second) == ([duty.deed.name for duty in duties.DUTIES if duty.is_wanted()], [])


def test_nothing_waits_for_the_files_that_guests_order() -> None:
    for work in (1, 2):
        taking.make_file.enqueue(work, "a-1.pdf", "pdf", None, False)
    bringing.work_on_batch.enqueue(1)
    duties.post_scheduled.enqueue()

    order = [result.task.name for result in DBTaskResult.objects.ready()]

    assert order == ["post_scheduled", "work_on_batch", "make_file", "make_file"]


def test_expired_sessions_are_forgotten_and_others_kept() -> None:
    now = timezone.now()
    Session.objects.create(session_key="gone", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="here", expire_date=now + timedelta(days=1))

    duties.clear_expired_sessions.call()

    assert list(Session.objects.values_list("pk", flat=True)) == ["here"]


def test_old_results_are_forgotten_and_failures_later() -> None:
    for status, days in [("SUCCESSFUL", 15), ("SUCCESSFUL", 1), ("FAILED", 15), ("FAILED", 61)]:
        task = duties.prune_task_results.enqueue()
        DBTaskResult.objects.filter(pk=task.id).update(status=status, finished_at=timezone.now() - timedelta(days=days))

    duties.prune_task_results.call()

    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]


def test_changes_that_every_index_was_told_are_forgotten() -> None:
    for days in (8, 1):
        SearchChange.objects.create(work_id=days, at=timezone.now() - timedelta(days=days))

    duties.prune_search_changes.call()

    assert list(SearchChange.objects.values_list("work_id", flat=True)) == [1]


def test_the_task_of_a_dead_worker_goes_back_into_the_queue() -> None:
    task = running_task("dead")

    with presence.Presence("alive") as alive:
        alive.recover_abandoned()

    task.refresh_from_db()
    assert (task.status, task.worker_ids) == (TaskResultStatus.READY, ["dead"])


def test_the_task_of_a_living_worker_is_left_to_it() -> None:
    task = running_task("other")

    with presence.Presence("other"), presence.Presence("alive") as alive:
        alive.recover_abandoned()

    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


def test_a_task_that_three_workers_died_with_is_given_up() -> None:
    task = running_task("first", "second", "third")

    with presence.Presence("alive") as alive:
        alive.recover_abandoned()

    task.refresh_from_db()
    assert (task.status, task.exception_class_path) == (TaskResultStatus.FAILED, "archive.ops.presence.Abandoned")
