"""What the index finds, the database finds, and a filter in plain Python: tried with random deeds and a follower in between."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.search import in_database, in_index
from archive.search.index import building, following
from archive.search.index.following import Follower
from archive.search.selections import Column, Period, Selection, Span
from archive.tags import undoing, wrangling
from archive.tags.models import Tag, WranglingAct
from archive.warnings.readers import Reader
from archive.works import deleting, publishing, writing
from archive.works.models import Work
from archive.works.series import Series
from archive.works.texts import ChapterText
from tests.factories.people import UserFactory
from tests.factories.works import add_chapter, chapter_entry, make_draft, work_entry
from tests.search.indexed import GUEST, settle, whole
from tests.search.naively import Archive

# A follower reads what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

FANDOMS = ["Fandom 0", "Fandom 1", "Fandom 2"]
TAGS = ["Tag 0", "Tag 1", "Tag 2", "Tag 3"]
WARNINGS = ["No Archive Warnings Apply", "Major Character Death"]
WORKS_TOLD_AT_ONCE = 2  # of tags that changed, so that they are told in several steps

which = st.integers(0, 5)
entries = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Ebb", "The Ebb", "Flood"]),
        "fandoms": st.lists(st.sampled_from(FANDOMS), min_size=1, max_size=2, unique=True).map(tuple),
        "tags": st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(lambda names: {"freeform": names}),
        "warnings": st.sampled_from(WARNINGS).map(lambda name: (name,)),
        "language": st.sampled_from(["en", "de"]),
        "series": st.sampled_from(["", "The Lamp"]),
        "is_restricted": st.booleans(),
        "expected_chapters": st.sampled_from([None, 1, 2]),
    }
)
POST = st.tuples(st.just("post"), st.integers(0, 1), entries)
WRITING = st.one_of(
    POST,
    st.tuples(st.just("draft"), st.integers(0, 1), entries),
    st.tuples(st.just("edit"), which, entries),
    st.tuples(st.just("chapter"), which, st.booleans()),
    st.tuples(st.just("rewrite"), which, st.integers(3, 30)),
    st.tuples(st.sampled_from(["delete", "restore", "publish", "share"]), which),
)
one, other = st.sampled_from(FANDOMS + TAGS), st.sampled_from(FANDOMS + TAGS)
WRANGLING = st.one_of(
    st.tuples(st.sampled_from(["make_canonical", "unmake_canonical", "split", "step"]), one),
    st.tuples(st.just("merge"), one, other),
    st.tuples(st.just("change_metatags"), one, other, st.sampled_from(["add", "remove"])),
    st.tuples(st.just("undo"), st.integers(0, 2)),
)
STEP = st.tuples(st.just("step"), st.none())


def write(deed, authors):
    """Do something to works."""
    verb, number, *more = deed
    if verb in {"post", "draft"}:
        work = make_draft(by=authors[number], **more[0])
        return publishing.publish(work, by=authors[number]) if verb == "post" else None
    works = list(Work.objects.order_by("pk"))
    if number >= len(works):
        return None
    work, by = works[number], works[number].pseuds.order_by("pk").first().user
    match verb:
        case "edit":
            writing.edit(work, work_entry(by, **more[0]), version=work.version, by=by)
        case "chapter":
            add_chapter(work, posts=more[0])
        case "rewrite":
            chapter = work.chapters.in_order().first()
            text = chapter_entry(f"<p>{'word ' * more[0]}</p>")
            writing.edit_chapter(chapter, text, version=ChapterText.objects.get(chapter=chapter).version, by=by)
        case "share":
            work.creatorships.get_or_create(pseud=authors[number % 2].pseuds.get(), defaults={"position": 5})
        case "publish":
            publishing.publish(work, by=by)
        case _:
            getattr(deleting, verb)(work, by=by)
    return None


def wrangle(deed, by):
    """Do something to tags."""
    verb, subject, *more = deed
    if verb == "undo":
        acts = WranglingAct.objects.filter(undone_at=None)[subject : subject + 1]
        return [undoing.undo(act, by=by) for act in acts]
    tag = Tag.objects.get(name=subject)
    if verb == "merge":
        return wrangling.merge(tag, into=Tag.objects.get(name=more[0]), by=by)
    if verb == "change_metatags":
        return wrangling.change_metatags(tag, **{more[1]: [Tag.objects.get(name=more[0])]}, by=by)
    return getattr(wrangling, verb)(tag, by=by)


def begin():
    """Empty the archive, and let there be tags of which some are canonical."""
    Work.objects.all().delete()
    Series.objects.all().delete()
    WranglingAct.objects.all().delete()
    Tag.objects.filter(kind__is_closed=False).exclude(kind="media").delete()
    for name in FANDOMS + TAGS:
        Tag.objects.create(name=name, kind_id="fandom" if name in FANDOMS else "freeform", is_canonical=name[-1] in "01")


def readers(authors, member):
    """Guests, members and authors, and those who leave out."""
    death = Tag.objects.get(name="Major Character Death").pk
    family = Tag.objects.family_ids(Tag.objects.filter(name="Tag 1").values_list("pk", flat=True))
    left_out = frozenset({*family, death})
    return [
        GUEST,
        Reader(member),
        Reader(authors[0], left_out=left_out),
        Reader(member, left_out=left_out, left_out_languages=frozenset({"de"})),
        Reader(member, left_out_authors=frozenset({authors[1].pk})),
    ]


def selections(authors):
    """Some of what can be asked of both; in no order of moments, of which the index knows but the seconds."""
    words = {"sort": Column.WORDS}
    pk = dict(Tag.objects.filter(name__in=FANDOMS + TAGS).values_list("name", "pk"))
    return [
        Selection(**words),
        Selection(include=(pk["Fandom 0"],), **words),
        Selection(include=(pk["Fandom 1"],), exclude=(pk["Tag 2"],), **words),
        Selection(exclude=(pk["Fandom 2"], pk["Tag 0"]), sort=Column.TITLE, is_ascending=True),
        Selection(user=authors[0].pk, is_complete=True, sort=Column.CREATORS, is_ascending=True),
        Selection(language="de", is_single=True, sort=Column.CHAPTERS),
        Selection(spans=(Span(Column.WORDS, 5, 20), Span(Column.CHAPTERS, 1, None)), **words),
        Selection(periods=(Period(Column.POSTED, datetime(2020, 1, 1, tzinfo=UTC)),), sort=Column.CHAPTERS),
        *(Selection(series=series, **words) for series in Series.objects.values_list("pk", flat=True)),
    ]


def answers(find, asked):
    """What one way to find works answers to all that is asked."""
    return [whole(find(selection, reader=reader, start=0, limit=100)) for selection, reader in asked]


def check(authors, member, *, settled):
    """Compare everything. Crossovers are told by documents alone, so they are right once all is settled."""
    rows = Archive()
    who = readers(authors, member)
    asked = [(selection, reader) for selection in selections(authors) for reader in who]
    expected = [rows.find(selection, reader) for selection, reader in asked]

    assert answers(in_index.find, asked) == expected
    for viewer, kind in product((GUEST.user, member), ("fandom", "freeform")):
        told, counted = in_index.counts(kind, reader=Reader(viewer)), in_database.counts(kind, viewer=viewer)
        assert list(told.items()) == list(counted.items())
    if settled:
        assert answers(in_database.find, asked) == expected
        more = [Selection(), Selection(is_crossover=True), Selection(is_crossover=False)]
        asked = [(selection, reader) for selection in more for reader in who]
        assert answers(in_index.find, asked) == [rows.find(selection, reader) for selection, reader in asked]


@pytest.fixture
def people():
    """Two authors, a member who has written nothing, and somebody who wrangles."""
    return UserFactory(), UserFactory(), UserFactory(), UserFactory(is_staff=True)


@pytest.fixture
def some_at_once(index_folder, monkeypatch):
    """An index that is told few works at a time of tags that changed, so that it takes several steps."""
    monkeypatch.setattr(following, "SETTLED_AT_ONCE", WORKS_TOLD_AT_ONCE)


# Half a minute to find a mistake; to make it small would take many.
@pytest.mark.usefixtures("some_at_once")
@given(
    many=st.sampled_from([1, in_index.WORTH_REMEMBERING]),  # works from which on counts are remembered until the index changes
    first=st.lists(POST, min_size=3, max_size=5),
    deeds=st.lists(st.one_of(WRITING, WRITING, WRANGLING, STEP), min_size=5, max_size=12),
    late=st.lists(WRANGLING, min_size=1, max_size=5),
)
@settings(max_examples=10, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_whatever_is_done_the_index_finds_what_is_there(people, monkeypatch, *, many, first, deeds, late):
    monkeypatch.setattr(in_index, "WORTH_REMEMBERING", many)
    *authors, member, wrangler = people
    begin()
    for deed in first[:1]:
        write(deed, authors)
    building.build()
    follower = Follower.of_current()

    for deed in [*first[1:], *deeds]:
        try:
            if deed[0] == "step":
                follower.step()
            elif isinstance(deed[1], int) and deed[0] != "undo":
                write(deed, authors)
            else:
                wrangle(deed, wrangler)
        except ArchiveError:
            continue
    settle(follower)
    check(authors, member, settled=True)

    # What wranglers do holds at once, and at every moment until the works have been told of it.
    for deed in late:
        try:
            follower.step() if deed[0] == "step" else wrangle(deed, wrangler)
        except ArchiveError:
            continue
        check(authors, member, settled=False)
    settle(follower)
    check(authors, member, settled=True)
