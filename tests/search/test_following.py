"""The follower: what it tells the index, in which order it reads the log, and what it does when something stands in its way."""

import shutil
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from archive.search.index import building, following, log, offering, schema, shelf
from archive.search.index.following import Follower
from archive.search.selections import Facet, Selection
from archive.tags import wrangling
from archive.tags.models import Kind, Tag
from archive.works import deleting
from archive.works.models import Work
from archive.works.taggings import Tagging
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, author_of, make_work
from tests.search.indexed import GUEST, by_index, cut, settle, whole
from tests.search.naively import Archive

SECONDS_OF_PATIENCE = 60  # other tests may keep the machine busy

# A follower reads what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def index(index_folder):
    """An index of one work."""
    make_work(title="Ebb", tags={"freeform": ["Fog"]})
    return building.build()


@pytest.fixture
def follower(index):
    """The follower of that index."""
    return Follower.of_current()


def held():
    """How many documents of works and of tags the index holds, what is deleted not counted."""
    return tuple(schema.opened(str(shelf.current() / part)).searcher().num_docs for part in (shelf.WORKS, shelf.TAGS))


def test_what_is_told_again_stands_in_the_index_once(follower):
    add_chapter(Work.objects.get())
    follower.step()
    wrangling.make_canonical(Tag.objects.get(name="Fog"), by=UserFactory())
    settle(follower)

    assert held() == (1, Tag.objects.count())
    assert by_index().count == 1


def test_what_is_gone_leaves_the_index(follower):
    make_work()
    deleting.delete(Work.objects.get(title="Ebb"), by=author_of(Work.objects.get(title="Ebb")))
    Work.objects.filter(title="Ebb").update(title="Gone")
    settle(follower)

    assert by_index().ids == list(Work.objects.exclude(title="Gone").values_list("pk", flat=True))
    assert held() == (1, Tag.objects.count())


@pytest.fixture
def other():
    """Another connection, in the middle of a transaction that has written something."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    yield other
    other.close()


def test_a_transaction_that_still_runs_keeps_nothing_else_out(follower, other):
    work = make_work()
    follower.step()

    assert by_index().ids[0] == work.pk
    assert not follower.step()  # and nothing is told again and again meanwhile


@pytest.mark.parametrize("restarts", [False, True])
def test_what_is_committed_behind_others_is_not_missed(index, other, restarts):
    follower = Follower.of_current()
    with other.cursor() as cursor:
        cursor.execute("UPDATE archive_work SET language_id = 'de'")
    make_work()
    settle(follower)
    if restarts:
        del follower
        follower = Follower.of_current()
        assert follower.generation == index
        settle(follower)
    before = by_index(Selection(language="de")).count
    other.commit()
    settle(follower)

    assert (before, by_index(Selection(language="de")).count) == (0, 1)


def test_tags_wrangled_behind_a_transaction_that_still_runs_are_counted_right(follower, other):
    fog = wrangling.canonical_named("Mist", Kind.objects.get(pk="freeform"), by=UserFactory())
    wrangling.merge(Tag.objects.get(name="Fog"), into=fog, by=UserFactory())
    settle(follower)
    meanwhile = by_index().facets["freeform"]
    other.commit()
    settle(follower)

    assert meanwhile == by_index().facets["freeform"] == [Facet(fog.pk, 1)]


def test_a_place_behind_which_much_was_told_is_kept_with_it(index, other):
    follower = Follower.of_current()
    make_work()
    settle(follower)
    del follower

    assert not Follower.of_current().step()


def test_a_work_from_before_numbers_of_moments_begin_is_found(follower):
    Work.objects.update(published_at=datetime(1850, 1, 1, tzinfo=UTC), revised_at=datetime(1850, 1, 1, tzinfo=UTC))
    settle(follower)

    assert by_index(Selection(language="en")).count == 1
    assert building.build() != follower.generation


def test_what_is_rolled_back_is_never_told(follower, other):
    with other.cursor() as cursor:
        cursor.execute("UPDATE archive_work SET language_id = 'de'")
    follower.step()
    other.rollback()
    follower.step()

    assert by_index(Selection(language="de")).count == 0


def test_a_step_that_ended_before_its_place_was_written_down_is_done_again(index):
    follower = Follower.of_current()
    fog = Tag.objects.get(name="Fog")
    deleting.delete(Work.objects.get(), by=author_of(Work.objects.get()))
    work = make_work(tags={"freeform": ["Rain"]})
    wrangling.make_canonical(fog, by=UserFactory())
    changes = log.since(follower.state.place, but_not=follower.state.seen)
    follower.tell_works(changes.works)
    follower.works_writer.commit()
    follower.tell_tags(changes.tags, changed=changes.tags)
    del follower  # what kill -9 leaves: both parts written, or the first alone, and the place of before

    settle(Follower.of_current())

    assert whole(by_index(reader=GUEST)) == Archive().find(Selection(), GUEST)
    assert by_index().ids == [work.pk]
    assert held() == (1, Tag.objects.count())


def test_a_database_that_went_back_has_the_index_made_anew(follower):
    shelf.write_state(follower.generation, replace(follower.state, place=follower.state.place + 10_000))
    follower.state = shelf.read_state(follower.generation)

    with pytest.raises(following.Rewound):
        follower.step()
    assert following.usable() is None


def test_a_database_that_was_restored_into_the_same_cluster_is_another(follower):
    before = log.database()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE archive_searchchange RENAME TO earlier")
            cursor.execute("CREATE TABLE archive_searchchange (LIKE earlier INCLUDING ALL)")
        after = log.database()
        transaction.set_rollback(True)

    assert before == log.database() == follower.state.database != after


def test_a_tag_that_is_deleted_while_its_work_is_told_is_no_mistake(follower):
    work = Work.objects.get()
    batch = follower.drawer.read([work.pk])
    Tagging.objects.filter(tag__name="Fog").delete()
    Tag.objects.get(name="Fog").delete()

    documents = dict(follower.drawer.documents(batch))
    settle(follower)

    assert list(documents) == [work.pk]
    assert held() == (1, Tag.objects.count())


def test_tags_of_deleted_works_are_offered_no_more(follower):
    deleting.delete(Work.objects.get(), by=author_of(Work.objects.get()))
    settle(follower)

    assert offering.beginning("fog", kind="", fandoms=(), is_member=True, limit=5) == []


@pytest.fixture
def at_work(index_folder, monkeypatch):
    """A follower in a thread, as a worker has it."""
    monkeypatch.setattr(following, "SECONDS_BETWEEN_TRIES", 0.1)
    monkeypatch.setattr(following, "SECONDS_BETWEEN_LOOKS", 0.05)
    stop = Event()
    thread = Thread(target=following.follow, args=[stop])
    thread.start()
    yield
    stop.set()
    thread.join()


def soon(question):
    """Say whether something comes to hold before long."""
    deadline = time.monotonic() + SECONDS_OF_PATIENCE
    while not (holds := question()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds


def finds(count):
    """Whether the index is there and finds so many works."""
    with suppress(shelf.NoIndex):
        return by_index().count == count
    return False


@pytest.mark.usefixtures("at_work")
def test_a_follower_goes_on_after_the_database_was_away():
    make_work()
    assert soon(lambda: finds(1))
    generation = shelf.current()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s",
                       [connection.settings_dict["NAME"]])  # fmt: skip
    make_work()

    assert soon(lambda: finds(2))
    assert shelf.current() == generation


DAMAGES = {
    "a folder that is gone": lambda generation: shutil.rmtree(generation.parent),
    "a part that is gone": lambda generation: shutil.rmtree(generation / "works"),
    "a list of pieces that is cut off": lambda generation: cut(generation / "works" / "meta.json", 10),
    "a piece that is cut off": lambda generation: [cut(path, 20) for path in (generation / "works").glob("*.term")],
    "an empty piece of the tags": lambda generation: [cut(path, 0) for path in (generation / "tags").glob("*.idx")],
    "a state that is no state": lambda generation: cut(generation / "state.json", 5),
    "no state": lambda generation: (generation / "state.json").unlink(),
    "an older version": lambda generation: restate(generation, signature=[0, "fandom"]),
    "another set of kinds": lambda generation: restate(generation, signature=[schema.VERSION, "fandom"]),
    "another database": lambda generation: restate(generation, database="another"),
    "a place that is not reached yet": lambda generation: restate(generation, place=10**15),
}


def restate(generation, **changed):
    """Have an index say something else of itself."""
    shelf.write_state(generation, replace(shelf.read_state(generation), **changed))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew_though_nobody_asks_it(index_folder, request, damage):
    work = make_work()
    generation = building.build()
    DAMAGES[damage](generation)

    request.getfixturevalue("at_work")

    assert soon(lambda: shelf.current() not in {None, generation} and not shelf.is_broken())
    assert by_index().ids == [work.pk]


def test_two_followers_exclude_each_other(index_folder):
    make_work()
    with shelf.locked("follower") as is_ours, shelf.locked("follower") as is_theirs:
        assert (is_ours, is_theirs) == (True, False)
    building.build()
    first = Follower.of_current()

    with pytest.raises(ValueError, match="Lock"):  # and were there no lock of ours, tantivy has its own
        Follower.of_current()
    del first
    Follower.of_current()
