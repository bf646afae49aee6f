"""What a filter means (facts/ao3.md 5.2 and 5.3), asked of the index, of the database, and of a filter in plain Python."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import tantivy
from django.contrib.auth.models import AnonymousUser

from archive.search import finding, in_database, in_index
from archive.search.index import building, shelf
from archive.search.query.parsing import parse
from archive.search.query.tree import TagId
from archive.search.selections import Column, Period, Selection, Span
from archive.tags.models import Tag
from archive.warnings.readers import Reader
from archive.works.models import Tally, Work
from archive.works.series import Series
from tests.factories.people import PseudFactory, UserFactory
from tests.factories.works import add_chapter, make_draft, make_work
from tests.search.indexed import GUEST, by_index, in_pages, titles, whole
from tests.search.naively import Archive

pytestmark = pytest.mark.django_db

DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)


def wrangle(name, kind="", *, of=(), under=()):
    """Make a tag canonical, with these other spellings, under these metatags."""
    tag = Tag.objects.named(name).first() or Tag.objects.create(name=name, kind_id=kind)
    Tag.objects.filter(pk=tag.pk).update(is_canonical=True, synonym_of=None)
    for other in of:
        Tag.objects.filter(name=other).update(synonym_of=tag, is_canonical=False)
    tag.metatags.add(*Tag.objects.filter(name__in=under))
    return tag


def pk(name):
    return Tag.objects.get(name=name).pk


@pytest.fixture
def archive(index_folder):
    """Some works whose titles are letters, tagged with families of tags; the first is the oldest."""
    ines, tomas = UserFactory(username="ines"), UserFactory(username="tomas")
    lighthouse, tv, year = "Lighthouse - All Media Types", "Lighthouse (TV)", "Lighthouse (TV 2020)"
    open_ended = {"expected_chapters": None}
    works = {
        "A": make_work(by=ines, title="A", fandoms=(tv,), tags={"freeform": ["Fluff"]}, expected_chapters=1),
        "B": make_work(
            by=ines, title="B", fandoms=(year,), tags={"freeform": ["Fluff", "fluffy goodness"]}, series="The Lamp", **open_ended
        ),
        "C": make_work(
            by=ines, title="C", fandoms=("LH2020",), tags={"freeform": ["fluffy goodness"]}, language="de", **open_ended
        ),
        "D": make_work(by=tomas, title="D", fandoms=("The Lighthouse",), tags={"relationship": ["Ines/Tomas"]}, **open_ended),
        "E": make_work(
            by=tomas, title="E", fandoms=("Harbour Fic",), tags={"relationship": ["Tomas/Ines", "Ines/Tomas"]}, **open_ended
        ),
        "F": make_work(by=tomas, title="F", fandoms=("Harbour Fic", "Sherlock"), tags={"relationship": ["Ines/Ana"]}, **open_ended),
        "G": make_work(by=tomas, title="G", fandoms=(tv, year), tags={"relationship": ["Ines/Ana", "Ines/Tomas"]}, **open_ended),
        "H": make_work(by=tomas, title="H", fandoms=(tv, "Sherlock"), tags={"freeform": ["Angst", "Fog"]}, expected_chapters=2),
        "I": make_work(
            by=ines, title="I", fandoms=("Sherlock",), is_restricted=True, warnings=("Major Character Death",), **open_ended
        ),
    }
    wrangle(lighthouse, "fandom")
    wrangle(tv, of=["The Lighthouse"], under=[lighthouse])
    wrangle(year, of=["LH2020"], under=[tv])
    wrangle("Sherlock")
    wrangle("Ines/Tomas", of=["Tomas/Ines"])
    wrangle("Fluff", of=["fluffy goodness"])
    wrangle("Angst")
    add_chapter(works["H"])
    for number, work in enumerate(works.values()):
        Work.objects.filter(pk=work.pk).update(
            published_at=DAY + timedelta(days=number), revised_at=DAY + timedelta(days=100 - number // 2), word_count=number * 100
        )
    Tally.objects.create(work=works["A"], hits=100, kudos=9)
    Tally.objects.create(work=works["D"], hits=50, kudos=9, comments=2, bookmarks=1)
    make_draft(by=ines, title="Draft", fandoms=(tv,))
    building.build()
    return works


def test_a_tag_stands_for_its_synonyms_its_sub_tags_at_any_depth_and_their_synonyms(archive):
    expected = {
        "Lighthouse - All Media Types": "ABCDGH",  # which nobody bears
        "Lighthouse (TV)": "ABCDGH",
        "The Lighthouse": "ABCDGH",  # its synonym
        "Lighthouse (TV 2020)": "BCG",
        "LH2020": "BCG",
        "Harbour Fic": "EF",  # unwrangled
        "Ines/Tomas": "DEG",
        "Tomas/Ines": "DEG",
        "Ines/Ana": "FG",
        "Fluff": "ABC",
        "fluffy goodness": "ABC",
    }

    assert {name: "".join(titles(include=(pk(name),))) for name in expected} == expected
    assert {name: "".join(titles(exclude=(pk(name),))) for name in expected} == {
        name: "".join(letter for letter in "ABCDEFGH" if letter not in found) for name, found in expected.items()
    }


def test_all_tags_that_are_asked_for_must_be_borne_and_none_that_is_excluded(archive):
    fluff, tv, year, pairing = map(pk, ("Fluff", "Lighthouse (TV)", "Lighthouse (TV 2020)", "Ines/Tomas"))

    assert titles(include=(fluff, year)) == ["B", "C"]
    assert titles(include=(tv, pairing)) == ["D", "G"]
    assert titles(include=(tv,), exclude=(fluff, pairing)) == ["H"]
    assert titles(include=(tv,), exclude=(tv,)) == []
    assert titles(include=(0,)) == []
    assert titles(exclude=(0,)) == list("ABCDEFGH")


def test_states_are_told_apart(archive):
    ines, lamp = archive["A"].pseuds.get(), Series.objects.get()

    assert titles(is_crossover=True) == ["F", "H"]  # G bears a fandom with its sub-tag
    assert titles(is_crossover=False) == list("ABCDEG")
    assert titles("crossover:true") == ["F", "H"]
    assert titles("otp:true") == ["D", "E", "F"]  # E bears two spellings of one
    assert titles("otp:false") == ["A", "B", "C", "G", "H"]
    assert titles(is_complete=True) == ["A", "H"]
    assert titles("complete:false") == list("BCDEFG")
    assert titles(is_single=True) == list("ABCDEFG")
    assert titles("single_chapter:false") == ["H"]
    assert titles(language="de") == ["C"]
    assert titles("language:DE") == ["C"]
    assert titles("-language:de -language:xx") == list("ABDEFGH")
    assert titles(user=ines.user_id) == ["A", "B", "C"]
    assert titles(pseud=ines.pk) == ["A", "B", "C"]
    assert titles(series=lamp.pk) == ["B"]
    assert titles("restricted:true") == []
    assert titles("restricted:true", Reader(UserFactory())) == ["I"]


def test_ranges_hold_both_ends_and_dates_end_before_the_last_moment(archive):
    assert titles("words:100-300") == ["B", "C", "D"]
    assert titles("words>300 words<600") == ["E", "F"]
    assert titles(spans=(Span(Column.WORDS, 300, 100),)) == []
    assert titles(spans=(Span(Column.WORDS, -5, None), Span(Column.HITS, None, 10**15))) == list("ABCDEFGH")
    assert titles(spans=(Span(Column.WORDS, None, -1),)) == []
    assert titles("kudos:9 hits<100") == ["D"]
    assert titles("kudos:0") == list("BCEFGH")
    assert titles("comments>=2 bookmarks:1") == ["D"]
    assert titles("chapters:2 expected_number_of_chapters:2") == ["H"]
    assert titles("posted:2024-03-02") == ["B"]
    assert titles("posted:2024-03-02..2024-03-04") == ["B", "C", "D"]
    assert titles("posted:1900 OR posted:2199") == []
    period = Period(Column.POSTED, DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert titles(periods=(period,)) == ["B"]
    assert titles(periods=(Period(Column.POSTED, DAY + timedelta(days=1, microseconds=1)),)) == list("CDEFGH")


def test_facets_count_canonical_tags_directly_and_by_synonyms_and_each_work_once(archive):
    names = dict(Tag.objects.values_list("pk", "name"))

    found = by_index()

    counted = {kind: {names[facet.tag]: facet.works for facet in facets} for kind, facets in found.facets.items()}
    assert counted == {
        "rating": {"General Audiences": 8},
        "warning": {"No Archive Warnings Apply": 8},
        "fandom": {"Lighthouse (TV)": 4, "Lighthouse (TV 2020)": 3, "Harbour Fic": 2, "Sherlock": 2},  # no metatag
        "relationship": {"Ines/Tomas": 3},  # nothing that is not wrangled, but for fandoms
        "freeform": {"Fluff": 3, "Angst": 1},
    }
    assert by_index(Selection(include=(0,))).facets == {}


def test_a_facet_has_the_ten_most_common_tags_and_of_equally_common_ones_the_first(index_folder):
    author = UserFactory()
    for number in range(3):
        make_work(by=author, tags={"character": [f"Sailor {one}" for one in range(70) if number == 0 or one > 67]})
    Tag.objects.filter(kind="character").update(is_canonical=True)
    building.build()

    facets = by_index().facets["character"]

    common = [pk("Sailor 68"), pk("Sailor 69")]
    rest = list(Tag.objects.filter(kind="character").exclude(pk__in=common).order_by("pk").values_list("pk", flat=True)[:8])
    assert [facet.tag for facet in facets] == sorted(common) + rest
    assert [facet.works for facet in facets] == [3, 3] + [1] * 8


def test_the_tags_of_many_works_are_counted_once_until_the_index_changes(archive, monkeypatch):
    monkeypatch.setattr(in_index, "WORTH_REMEMBERING", 1)
    folded = replace(GUEST, left_out=frozenset({pk("Angst")}), folds_left_out=True)

    first = by_index()
    again = [by_index(), by_index(Selection(sort=Column.TITLE, is_ascending=True), start=2), by_index(reader=folded)]

    assert [found.facets for found in again] == [first.facets] * 3
    assert len(shelf.SHELF.refreshed().counted.young) == 1
    by_index(reader=replace(folded, folds_left_out=False))
    assert len(shelf.SHELF.refreshed().counted.young) == 2
    building.build()
    assert len(shelf.SHELF.refreshed().counted.young) == 0


@pytest.mark.parametrize("wrangled", [["Ines", "Tomas", "Flood"], ["Ebb", "Flood"]])
@pytest.mark.usefixtures("index_folder")
def test_no_fandom_is_missing_however_many_tags_were_wrangled_just_now(monkeypatch, wrangled):
    monkeypatch.setattr(in_index, "MOST_OFF_TAGS", 1)
    make_work(fandoms=("Ebb", "Flood"), tags={"character": ["Ines", "Tomas"]})
    building.build()
    Tag.objects.filter(name__in=wrangled).update(is_canonical=True)

    assert finding.counts("fandom", viewer=GUEST.user) == {pk("Ebb"): 1, pk("Flood"): 1}


@pytest.mark.usefixtures("index_folder")
def test_no_fandom_is_missing_however_many_there_are(monkeypatch):
    monkeypatch.setattr(in_index, "MOST_COUNTED", 2)
    make_work(fandoms=("Ebb", "Flood", "Slack"))
    building.build()

    assert finding.counts("fandom", viewer=GUEST.user) == {pk("Ebb"): 1, pk("Flood"): 1, pk("Slack"): 1}
    assert not shelf.is_broken()


def test_tantivy_names_as_many_tags_as_it_is_asked_for():
    fields = tantivy.SchemaBuilder()
    fields.add_unsigned_field("tag", fast=True)
    index = tantivy.Index(fields.build())
    document = tantivy.Document()
    for tag in range(in_index.MOST_COUNTED + 1):
        document.add_unsigned("tag", tag)
    writer = index.writer()
    writer.add_document(document)
    writer.commit()
    index.reload()
    asked = {"terms": {"field": "tag", "size": in_index.MOST_COUNTED}}

    answer = index.searcher().aggregate(tantivy.Query.all_query(), {"tags": asked})

    assert len(answer["tags"]["buckets"]) == in_index.MOST_COUNTED


def test_names_that_no_tag_has_are_words_in_the_names_of_tags(archive):
    assert titles(include_words=("lighthouse",)) == list("ABCDGH")  # by the names of its canonical tag and its metatags
    assert titles(include_words=("LIGHTHOUSE tv",)) == list("ABCDGH")
    assert titles(include_words=("tv lighthouse",)) == []
    assert titles(exclude_words=("fluffy",)) == list("ADEFGH")
    assert titles(include_words=("no tag of this name",)) == []
    assert titles(exclude_words=("no tag of this name",)) == list("ABCDEFGH")


def test_typed_names_of_tags_find_their_families(archive):
    assert titles("fluffy goodness") == ["A", "B", "C"]
    assert titles('"fluffy goodness"') == ["A", "B", "C"]
    assert titles("tag:LH2020") == ["B", "C", "G"]
    assert titles("Tomas/Ines") == ["D", "E", "G"]
    assert titles(f"filter_ids:{pk('LH2020')} -Fluff") == ["G"]
    assert titles("filter_ids:999999999999999") == []
    assert titles("-fluff -filter_ids:999") == list("DEFGH")


def test_arabic_is_found_with_and_without_its_vowel_marks_and_an_emoji_by_itself(index_folder):
    make_work(title="كِتَابٌ قديم", language="ar")
    make_work(title="كتاب جديد", language="ar")
    make_work(title="Moths 🦋 at the lamp")
    make_work(title="Moths ✨ at the window")
    building.build()

    assert titles("كتاب") == titles("كِتاب") == titles("كتـــاب") == ["كتاب جديد", "كِتَابٌ قديم"]
    assert (titles("🦋"), titles("moths ✨"), titles("🌙")) == (["Moths 🦋 at the lamp"], ["Moths ✨ at the window"], [])


SORTS = list(product(Column, (True, False)))


def test_an_ending_of_one_language_is_none_in_another(index_folder):
    make_work(title="They go", language="en")
    make_work(title="The goats", language="en")
    make_work(title="Házak", language="hu")
    building.build()

    assert titles("goat") == ["The goats"]  # in Hungarian "go" would be its stem
    assert titles("házat") == titles("házakat") == ["Házak"]


def test_the_index_the_database_and_plain_python_find_the_same(archive):
    member, author = Reader(UserFactory()), Reader(archive["A"].pseuds.get().user)
    fluff, year, death = map(pk, ("Fluff", "Lighthouse (TV 2020)", "Major Character Death"))
    left_out = {"left_out": frozenset(Tag.objects.family_ids([fluff, death])), "left_out_languages": frozenset({"de"})}
    readers = [
        GUEST,
        member,
        author,
        Reader(AnonymousUser(), **left_out),
        Reader(member.user, **left_out),
        Reader(author.user, **left_out),
        Reader(author.user, folds_left_out=True, **left_out),
        Reader(member.user, left_out_authors=frozenset({author.user.pk})),
        Reader(author.user, left_out_authors=frozenset({author.user.pk, archive["D"].pseuds.get().user_id})),
    ]
    selections = [
        Selection(),
        Selection(include=(year,)),
        Selection(include=(year, fluff), exclude=(pk("Fog"),)),
        Selection(exclude=(fluff, 0)),
        Selection(include=(0,)),
        Selection(user=author.user.pk, is_complete=False),
        Selection(language="en", is_single=True, is_complete=True),
        Selection(spans=(Span(Column.HITS, 1, None), Span(Column.KUDOS, None, 9))),
        Selection(spans=(Span(Column.WORDS, 100, 400), Span(Column.COMMENTS, 0, 0), Span(Column.CHAPTERS, 0, 1))),
        Selection(spans=(Span(Column.EXPECTED_CHAPTERS, None, 1),)),
        Selection(spans=(Span(Column.EXPECTED_CHAPTERS, 0, 0),)),
        Selection(periods=(Period(Column.POSTED, DAY + timedelta(days=2), DAY + timedelta(days=6)),)),
        Selection(periods=(Period(Column.UPDATED, None, DAY + timedelta(days=98)),)),
    ]
    rows = Archive()

    expected = {(one, who): whole(rows.find(one, reader)) for one in selections for who, reader in enumerate(readers)}

    def answers(find):
        return {
            (one, who): whole(find(one, reader=reader, start=0, limit=100))
            for one in selections
            for who, reader in enumerate(readers)
        }

    assert answers(in_index.find) == expected
    assert answers(in_database.find) == expected
    crossover = Selection(is_crossover=True)
    assert [whole(finding.find(crossover, reader=reader, start=0, limit=100)) for reader in readers] == [
        rows.find(crossover, reader) for reader in readers
    ]


def test_every_order_goes_both_ways_and_equal_works_stand_once_across_the_edges_of_pages(index_folder):
    ines, tomas = UserFactory(username="ines"), UserFactory(username="tomas")
    luck = random.Random(3)
    beginnings = ["The Tide", "The Tide Leaves", "the tide leaves", "Ébb", "Zebra", "9 Lamps", "10 Lamps", "漂流", "…"]
    for number in range(24):
        work = make_work(by=luck.choice([ines, tomas]), title=luck.choice(beginnings))
        if number % 5 == 0:
            work.creatorships.create(pseud=PseudFactory(user=tomas, name=f"{luck.choice('ÉeĖ')}douard {number}"), position=2)
        day = DAY + timedelta(days=luck.randrange(3))
        Work.objects.filter(pk=work.pk).update(published_at=day, revised_at=day, word_count=luck.randrange(3))
        Tally.objects.create(work=work, hits=luck.randrange(2), kudos=luck.randrange(4), bookmarks=1)
    building.build()
    rows = Archive()

    for column, is_ascending in SORTS:
        selection = Selection(sort=column, is_ascending=is_ascending)
        expected = rows.find(selection, GUEST).ids
        if column is Column.SCORE:
            expected = rows.find(Selection(), GUEST).ids if not is_ascending else expected
        for size in (1, 3, 7, 100):
            told = (column, is_ascending, size)
            assert (*told, in_pages(in_index.find, selection, size=size)) == (*told, expected)
        assert in_pages(in_database.find, selection, size=7) == expected


def test_best_match_pages_hold_every_work_once(index_folder):
    author = UserFactory()
    for number in range(12):
        make_work(by=author, title="The same tide" if number % 2 else "A tide")
    building.build()
    selection = Selection(query=parse("tide").root, sort=Column.SCORE)

    assert sorted(in_pages(in_index.find, selection, size=5)) == sorted(Work.objects.values_list("pk", flat=True))


def test_ranges_of_any_number_and_tags_of_any_number_are_no_error(archive):
    for number in (0, 1, 2**31, 10**15, 2**63 - 1):
        assert titles(include=(number,)) is not None
        by_index(Selection(query=TagId(min(number, 10**15)), user=number, pseud=number, series=number))
        for column in set(Column) - {Column.SCORE, Column.TITLE, Column.CREATORS, Column.POSTED, Column.UPDATED}:
            by_index(Selection(spans=(Span(column, number, None), Span(column, None, number), Span(column, -number, -1))))
    for year in (1900, 1969, 1970, 2199):
        by_index(Selection(periods=(Period(Column.POSTED, datetime(year, 1, 1, tzinfo=UTC), None),)))
        by_index(Selection(periods=(Period(Column.POSTED, None, datetime(year, 1, 1, tzinfo=UTC)),)))


def test_a_story_that_is_older_than_computers_count_is_found_by_its_date(index_folder):
    old, new = make_work(title="Old"), make_work(title="New")
    Work.objects.filter(pk=old.pk).update(
        published_at=datetime(1955, 5, 1, tzinfo=UTC), revised_at=datetime(1955, 5, 1, tzinfo=UTC)
    )
    building.build()
    fifties = Period(Column.UPDATED, datetime(1950, 1, 1, tzinfo=UTC), datetime(1960, 1, 1, tzinfo=UTC))

    assert (by_index().ids, by_index(Selection(periods=(fifties,))).ids) == ([new.pk, old.pk], [old.pk])
