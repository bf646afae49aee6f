"""Real workers, two at a time, killed with -9 at any moment: all that is due is posted, each once."""

import random
import time

import pytest
from django.db import connection
from django.utils import timezone

from archive.works.chapters import Chapter
from archive.works.scheduled import ScheduledPosting
from tests.factories.people import UserFactory
from tests.factories.works import make_draft
from tests.search.children import child

# Other processes see what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

WORKS, KILLS = 40, 3
SECONDS_OF_PATIENCE = 90
# Every posting that is ever committed leaves a row, also one that is taken back and done again.
LOG = """
CREATE TABLE posted_log (chapter bigint, at timestamptz);
CREATE FUNCTION log_posted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO posted_log VALUES (NEW.id, NEW.published_at); PERFORM pg_sleep(0.02); RETURN NULL; END $$;
CREATE TRIGGER log_posted AFTER UPDATE OF published_at ON archive_chapter FOR EACH ROW
    WHEN (OLD.published_at IS DISTINCT FROM NEW.published_at) EXECUTE FUNCTION log_posted();
"""
NO_LOG = "DROP TRIGGER log_posted ON archive_chapter; DROP FUNCTION log_posted; DROP TABLE posted_log"


@pytest.fixture
def posted():
    """Answer what was posted, and of which time."""

    def posted():
        with connection.cursor() as cursor:
            cursor.execute("SELECT chapter, at FROM posted_log ORDER BY chapter")
            return cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute(LOG)
    yield posted
    with connection.cursor() as cursor:
        cursor.execute(NO_LOG)


def test_each_is_posted_once_whatever_is_killed(index_folder, posted):
    luck, author = random.Random(9), UserFactory()
    for _ in range(WORKS):
        chapter = make_draft(by=author).chapters.get()
        ScheduledPosting.objects.create(chapter=chapter, due_at=timezone.now(), zone="UTC", set_by=author)
    due = list(ScheduledPosting.objects.order_by("pk").values_list("pk", "due_at"))

    for _ in range(KILLS):
        before = len(posted())
        with child("work"), child("work"):
            wait_until(lambda seen=before: len(posted()) > seen or len(posted()) == WORKS)
            time.sleep(luck.random() / 10)
    with child("work"), child("work"):
        wait_until(lambda: not ScheduledPosting.objects.exists())

    assert posted() == due
    assert not Chapter.objects.filter(published_at=None).exists()


def wait_until(it_is_so):
    """Wait for something that workers do."""
    deadline = time.monotonic() + SECONDS_OF_PATIENCE
    while not it_is_so():
        assert time.monotonic() < deadline, "The workers have not done it."
        time.sleep(0.05)
