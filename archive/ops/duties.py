"""What the archive does by itself from time to time. Each duty is a task like any other, so its failures are recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.tasks import Task, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.charter.models import Charter
from archive.community.models import Bookmark
from archive.people.models import Pseud
from archive.search.index import log
from archive.text.cleaning import Profile
from archive.transfer.answering import limits
from archive.transfer.bringing import keeping, tasks
from archive.transfer.taking import shelf
from archive.works import autosaving, changing_many, cleaning_again, deleting, revising, scheduling, tallying
from archive.works.cleaning_again import Stored

ENQUEUEING = 0x44757479  # the number of the advisory lock: "Duty"

# Longer than the longest time between two runs of a duty, since the last run is read from the result.
DAYS_TO_KEEP_RESULTS = 14
DAYS_TO_KEEP_FAILURES = 60

BEHIND = -10  # the priority of what mail and other duties go before

# All that was cleaned once, and is cleaned again when the rules have changed.
CLEAN_WORDS = (
    *cleaning_again.OF_WORKS,
    Stored(Bookmark, {"notes": Profile.SUMMARY}),
    Stored(Pseud, {"about": Profile.PROFILE}),
    Stored(Charter, {"policy": Profile.PROFILE}),
)


@task()
def purge_deleted_works() -> None:
    """Remove for good what was deleted longer ago than it can be restored."""
    deleting.purge_expired()
    changing_many.purge_expired()


@task()
def clear_expired_sessions() -> None:
    """Forget the sessions of those who have not been back."""
    call_command("clearsessions")


@task()
def recount_uses_of_tags() -> None:
    """Count how much each tag is used, for what is ranked by it."""
    tallying.recount_uses()


@task()
def thin_versions() -> None:
    """Let go of old versions of texts, by the rule of how many stay."""
    revising.thin()


@task()
def forget_sent_keys() -> None:
    """Forget the keys of forms that were sent long ago; what was not sent stays."""
    autosaving.forget_sent()


@task()
def forget_expired_files() -> None:
    """Throw away files that authors brought along and never finished with."""
    keeping.forget_expired()


@task()
def go_on_with_files() -> None:
    """Work on files that still wait though no task is about them, as after a time without a database."""
    tasks.go_on_with_all()


@task()
def forget_askings() -> None:
    """Forget who asked the API in windows of time that are over."""
    limits.forget()


@task()
def sweep_files() -> None:
    """Remove files of works that nobody asked for longest, where there are too many."""
    shelf.sweep()


@task()
def prune_search_changes() -> None:
    """Forget changes that every search index has been told."""
    log.prune()


@task()
def post_scheduled() -> None:
    """Post the works and chapters whose time has come."""
    scheduling.post_due()


@task(priority=BEHIND)
def clean_words_again() -> None:
    """Clean again for a moment what was cleaned by older rules, and come again behind what waits where more is left."""
    if cleaning_again.clean_some(CLEAN_WORDS):
        clean_words_again.enqueue()


@task()
def prune_task_results() -> None:
    """Forget the results of old tasks."""
    call_command(
        "prune_db_task_results",
        min_age_days=DAYS_TO_KEEP_RESULTS,
        failed_min_age_days=DAYS_TO_KEEP_FAILURES,
        verbosity=0,
    )


@dataclass(frozen=True)
class Duty:
    """A task without arguments, how much time lies between two runs, and whether there is anything for it to do."""

    deed: Task[[], Any]
    every: timedelta
    is_wanted: Callable[[], bool] = lambda: True


DUTIES = [
    Duty(post_scheduled, timedelta(seconds=30), is_wanted=scheduling.is_any_due),
    Duty(purge_deleted_works, timedelta(hours=1)),
    Duty(clear_expired_sessions, timedelta(days=1)),
    Duty(recount_uses_of_tags, timedelta(days=1)),
    Duty(thin_versions, timedelta(days=1)),
    Duty(forget_sent_keys, timedelta(days=1)),
    Duty(forget_expired_files, timedelta(hours=1)),
    Duty(go_on_with_files, timedelta(minutes=10)),
    Duty(forget_askings, timedelta(hours=1)),
    Duty(sweep_files, timedelta(days=1)),
    Duty(clean_words_again, timedelta(hours=1)),
    Duty(prune_search_changes, timedelta(days=1)),
    Duty(prune_task_results, timedelta(days=1)),
]


@transaction.atomic
def enqueue_due() -> list[str]:
    """Put every duty that is due into the queue, once however many workers ask, and answer their names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ENQUEUEING])
        if cursor.fetchone() == (False,):
            return []
    due = [duty for duty in DUTIES if duty.is_wanted() and not _has_run(duty)]
    for duty in due:
        duty.deed.enqueue()
    return [duty.deed.name for duty in due]


def _has_run(duty: Duty) -> bool:
    """Say whether the duty was put into the queue within its time."""
    recent = DBTaskResult.objects.filter(enqueued_at__gt=timezone.now() - duty.every)
    return recent.filter(task_path=duty.deed.module_path).exists()
