"""kill -9 at any moment: nothing is lost, nothing stands in the index twice, and whoever comes next goes on."""

import random
import time

import pytest
from django.contrib.auth.models import AnonymousUser

from archive.search.index import building, schema, shelf
from archive.search.index.following import Follower
from archive.search.selections import Selection
from archive.tags import wrangling
from archive.tags.models import Tag
from archive.warnings.readers import Reader
from archive.works import deleting, writing
from archive.works.models import Work
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, author_of, make_work, work_entry
from tests.search.children import as_told, ask, child
from tests.search.indexed import GUEST, MOST, by_index, settle, whole
from tests.search.naively import Archive

# Other processes see what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 3
SECONDS_OF_LIFE = 0.5  # at most, from when it begins to follow or to build
SECONDS_OF_PATIENCE = 60
TAGS = ["Fog", "Rain", "Tide"]


class Busy:
    """An author and a wrangler, who never rest."""

    def __init__(self, luck):
        self.luck = luck
        self.author, self.wrangler = UserFactory(), UserFactory(is_staff=True)

    def do_something(self):
        """Post, edit, add to, delete, restore or wrangle, at random."""
        works = list(Work.objects.all())
        deed = self.luck.choice(["post", "edit", "chapter", "delete", "restore", "wrangle"]) if works else "post"
        tags = {"freeform": self.luck.sample(TAGS, k=self.luck.randrange(3))}
        match deed:
            case "post":
                make_work(by=self.author, tags=tags, is_restricted=self.luck.random() < 0.2)
            case "edit":
                work = self.luck.choice(works)
                entry = work_entry(self.author, title=f"Edited {self.luck.random()}", tags=tags)
                writing.edit(work, entry, version=work.version, by=self.author)
            case "chapter":
                add_chapter(self.luck.choice(works))
            case "delete" | "restore":
                getattr(deleting, deed)(self.luck.choice(works), by=self.author)
            case "wrangle":
                self.wrangle()

    def wrangle(self):
        """Merge the tags into each other, or take them apart again."""
        tag = Tag.objects.filter(name__in=TAGS[1:]).order_by("?").first()
        canonical = Tag.objects.filter(name=TAGS[0]).first()
        if tag and tag.synonym_of_id:
            wrangling.split(tag, by=self.wrangler)
        elif tag and canonical:
            wrangling.merge(tag, into=canonical, by=self.wrangler)


def assert_index_is_exact():
    """Compare all that guests and members find with all rows, and the numbers of documents with those of rows."""
    rows = Archive()
    for reader in (GUEST, Reader(UserFactory())):
        for selection in (Selection(), *(Selection(include=(tag,)) for tag in Tag.objects.values_list("pk", flat=True))):
            assert whole(by_index(selection, reader, limit=MOST)) == rows.find(selection, reader)
    held = [schema.opened(str(shelf.current() / part)).searcher().num_docs for part in (shelf.WORKS, shelf.TAGS)]
    assert held == [Work.objects.published().count(), Tag.objects.count()]


def catch_up():
    """Have a fresh follower tell all that there is to tell."""
    settle(Follower.of_current())


@pytest.mark.parametrize("deed", ["follow", "build"])
def test_whatever_is_killed_whenever_the_next_follower_finds_all(index_folder, deed):
    luck = random.Random(f"{deed} 9")
    busy = Busy(luck)
    busy.do_something()

    for _ in range(KILLS):
        with child(deed):
            end = time.monotonic() + luck.random() * SECONDS_OF_LIFE
            while time.monotonic() < end:
                busy.do_something()
        if luck.random() < 0.5:  # some damage is only seen when another goes on from it
            catch_up()
    catch_up()

    assert_index_is_exact()
    assert len([path for path in index_folder.iterdir() if path.is_dir()]) <= 1 + (deed == "build")


def test_a_build_that_was_killed_leaves_the_old_index_in_use_and_its_rest_is_removed(index_folder):
    make_work()
    before = building.build()
    abandoned = shelf.new_generation()
    building.write_tags(abandoned)

    found, used = by_index().count, shelf.current()
    after = building.build()

    assert (found, used) == (1, before)
    assert sorted(path for path in index_folder.iterdir() if path.is_dir()) == [after]


def test_a_build_that_was_killed_before_all_were_told_of_it_is_no_loss(index_folder):
    make_work()
    building.build()
    finished = shelf.new_generation()
    finished.rename(index_folder / "finished")  # as `make_current` does first
    make_work()
    catch_up()

    assert_index_is_exact()
    building.build()
    assert len([path for path in index_folder.iterdir() if path.is_dir()]) == 1


def test_the_second_of_two_followers_takes_over_when_the_first_is_killed(index_folder):
    make_work()
    with child("follow") as second:
        with child("follow"):
            assert soon_finds(1)
            make_work()
            assert soon_finds(2)
        make_work()
        assert soon_finds(3)
        assert second.poll() is None
    assert_index_is_exact()


def soon_finds(count):
    """Whether guests find so many works before long."""
    deadline = time.monotonic() + SECONDS_OF_PATIENCE
    while time.monotonic() < deadline:
        try:
            if by_index().count == count:
                return True
        except shelf.NoIndex:
            pass
        time.sleep(0.1)
    return False


def test_several_processes_read_while_one_writes(index_folder):
    make_work()
    building.build()
    follower = Follower.of_current()
    with child("read") as one, child("read") as other:
        for _ in range(5):
            make_work(tags={"freeform": TAGS})
            settle(follower)
            expected = as_told(Archive().find(Selection(), GUEST))
            assert [ask(one), ask(other)] == [expected, expected]
        del follower
        building.build()  # a new index is swapped in under their hands
        deleting.delete(Work.objects.first(), by=author_of(Work.objects.first()))
        settle(Follower.of_current())
        assert ask(one) == ask(other) == as_told(Archive().find(Selection(), Reader(AnonymousUser())))


def test_what_a_kill_left_between_the_files_of_a_commit_and_its_end_is_in_nobodys_way(index_folder):
    make_work(tags={"freeform": TAGS})
    Tag.objects.create(kind=Tag.objects.get(name=TAGS[0]).kind, name="On no work")
    make_work()
    building.build()
    generation = shelf.current()
    follower = Follower.of_current()
    before = {path: path.read_bytes() for path in generation.rglob("*") if path.is_file() and path.name != ".managed.json"}
    add_chapter(Work.objects.first())
    settle(follower)
    deleted = {path.parent.name for path in generation.rglob("*.del")}
    del follower
    for path, content in before.items():  # what the commit wrote lies there still, but counts no more than after a kill
        path.write_bytes(content)

    catch_up()

    assert shelf.TAGS in deleted  # works may have been in pieces of their own, which leave whole
    assert_index_is_exact()
